"""A funder decides for itself, within its envelope. The GIP decides for nobody (PRG-9, PRG-10)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import actions as applications
from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.queries import lock
from faubourg.applications.states import State
from faubourg.awards.actions.waiting import forget_waiting
from faubourg.awards.models import FinalColumn, FundingDecision
from faubourg.awards.permissions import can_decide
from faubourg.awards.queries import decision_of, decisions_of, limits_of, lock_envelope
from faubourg.awards.rules import ZERO, Ruling, check_decision, is_settled
from faubourg.awards.states import FundingOutcome
from faubourg.calls.models import Envelope
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.days import format_day
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

RECORDED = (
    "outcome", "awarded_amount", "act_kind", "act_number", "decided_on", "charged_to", "covers_from",
    "covers_until", "reason", "conditions",
)  # fmt: skip


@transaction.atomic
def decide(
    request: FundingRequest, *, actor: User, ruling: Ruling, version: int, now: datetime
) -> FundingDecision:
    """Record, or correct before the COPIL has validated, what this funder grants.

    `version` is that of the decision one has read, 0 when there was none. When all funders have granted or
    refused, the dossier is decided; a correction opens it again.
    """
    today = localdate(now)
    application = request.application
    lock(application)
    envelope = lock_envelope(request.envelope_id)
    demand(can_decide(standing(actor, today), application, envelope))
    refuse_if_final(envelope)
    decision = decision_of(request)
    values = _values(ruling)
    if decision is not None and not _differences(decision, values):
        return decision  # the same form sent twice
    _refuse_if_changed(decision, version)
    refuse_if(check_decision(ruling, limits_of(request, envelope), today))
    changes = _differences(decision, values)
    decision = decision or FundingDecision(funding_request=request, version=0)
    for name, value in values.items():
        setattr(decision, name, value)
    decision.recorded_by, decision.recorded_at = actor, now
    decision.version += 1
    decision.save()
    if ruling.outcome == FundingOutcome.GRANTED:
        forget_waiting(request)
    _advance(application, actor, {"financeur": str(envelope), **changes})
    return decision


def refuse_if_final(envelope: Envelope) -> None:
    """A column its funder has marked final is opened again before it changes."""
    final = FinalColumn.objects.filter(envelope=envelope).first()
    if final is not None:
        day = format_day(localdate(final.marked_at))
        raise Refusal(
            f"La colonne de {envelope} est définitive depuis le {day} : rouvrez-la avant de la changer."
        )


def _values(ruling: Ruling) -> dict[str, Any]:
    is_granted = ruling.outcome == FundingOutcome.GRANTED
    return {
        "outcome": ruling.outcome,
        "awarded_amount": ruling.awarded_amount if is_granted else ZERO,
        "act_kind": ruling.act_kind,
        "act_number": ruling.act_number.strip(),
        "decided_on": ruling.decided_on,
        "charged_to": ruling.charged_to.strip() if is_granted else "",
        "covers_from": ruling.covers_from if is_granted else None,
        "covers_until": ruling.covers_until if is_granted else None,
        "reason": ruling.reason.strip(),
        "conditions": ruling.conditions.strip(),
    }


def _differences(decision: FundingDecision | None, values: dict[str, Any]) -> dict[str, list[Any]]:
    return differences(snapshot(decision, RECORDED) if decision else {}, values)


def _refuse_if_changed(decision: FundingDecision | None, version: int) -> None:
    kept = decision.version if decision else 0
    if decision is not None and kept != version:
        raise Refusal(
            f"{decision.recorded_by} a enregistré entre-temps : « {decision.get_outcome_display()}"
            f"{f', {decision.awarded_amount} €' if decision.awarded_amount else ''} ». Ouvrez de nouveau la "
            "décision dans un autre onglet, comparez, puis corrigez."
        )


def _advance(application: Application, actor: User, changes: dict[str, Any]) -> None:
    """One line of journal on the dossier, with the step it made when it made one."""
    verb = "awards.decide"
    settled = is_settled([line.verdict for line in decisions_of([application])[application.pk]])
    if settled and application.state == State.REVIEWED:
        applications.advance(application, "decide", verb=verb, actor=actor, changes=changes)
    elif not settled and application.state == State.DECIDED:
        applications.advance(application, "reopen", verb=verb, actor=actor, changes=changes)
    else:
        write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
