"""A funder writes in its own column: one act for many dossiers, then says that it is done (PRG-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.awards.actions.decisions import decide, refuse_if_final
from faubourg.awards.actions.waiting import put_on_waiting_list
from faubourg.awards.models import FinalColumn
from faubourg.awards.permissions import can_decide_for
from faubourg.awards.queries import lock_envelope
from faubourg.awards.queries.columns import is_over, still_to_decide
from faubourg.awards.rules import Ruling, read_tried
from faubourg.awards.states import FundingOutcome
from faubourg.calls.models import Envelope
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@dataclass(frozen=True)
class Act:
    """What many decisions have in common: « délibération n° 2027-41 du 15 avril »."""

    kind: str
    number: str
    decided_on: date | None
    charged_to: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RowTyped:
    """One line: « 4 500 » grants, « 0 » refuses, « 3 000 L » puts on the waiting list, nothing leaves it."""

    text: str
    reason: str = ""
    version: int = 0


@dataclass(frozen=True)
class RowResult:
    """What became of one line: what was recorded, or why it was not."""

    request_id: int
    label: str
    told: str = ""
    problem: str = ""


@transaction.atomic
def decide_many(
    envelope: Envelope,
    act: Act,
    typed: Mapping[int, RowTyped],
    *,
    actor: User,
    now: datetime,
    all_or_nothing: bool = False,
    dry: bool = False,
) -> list[RowResult]:
    """One act for many dossiers, line by line, with the rules of `decide` and its words.

    The envelope is spent in the order of the lines. `dry` tells what would happen and changes nothing; with
    `all_or_nothing`, one refused line leaves everything as it was.
    """
    demand(can_decide_for(standing(actor, localdate(now)), envelope))
    requests = list(
        FundingRequest.objects.filter(pk__in=typed, envelope=envelope)
        .select_related("application__call", "application__applicant", "envelope__funder", "envelope__call")
        .order_by("application__number", "pk")
    )
    # All dossiers first, always in the same order, then the envelope: two clerks never wait for each other.
    keys = [request.application_id for request in requests]
    list(Application.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))
    refuse_if_final(lock_envelope(envelope.pk))
    results = [
        _decide_one(request, act, typed[request.pk], actor, now)
        for request in requests
        if typed[request.pk].text.strip()
    ]
    if dry or (all_or_nothing and any(result.problem for result in results)):
        transaction.set_rollback(True)
    return results


@transaction.atomic
def finalise_column(envelope: Envelope, *, actor: User, now: datetime) -> None:
    """The funder says that its column is done: the GIP knows, and it no longer moves by accident."""
    envelope = lock_envelope(envelope.pk)
    demand(can_decide_for(standing(actor, localdate(now)), envelope))
    if FinalColumn.objects.filter(envelope=envelope).exists():
        return  # a second click
    if number := still_to_decide(envelope).count():
        raise Refusal(
            f"Il reste {number} dossier{'s' if number > 1 else ''} sans décision de {envelope.funder} : "
            "accordez ou refusez avant de marquer votre colonne définitive."
        )
    FinalColumn.objects.create(envelope=envelope, marked_by=actor, marked_at=now)
    write(actor, "awards.finalise_column", envelope, contract_id=envelope.call.contract_id)


@transaction.atomic
def reopen_column(envelope: Envelope, *, actor: User, now: datetime) -> None:
    """Correct again, as long as the steering committee has not validated everything in it."""
    envelope = lock_envelope(envelope.pk)
    demand(can_decide_for(standing(actor, localdate(now)), envelope))
    if is_over(envelope):
        raise Refusal("Le comité de pilotage a validé tous les dossiers de cette colonne : appelez le GIP.")
    if FinalColumn.objects.filter(envelope=envelope).delete()[0]:
        write(actor, "awards.reopen_column", envelope, contract_id=envelope.call.contract_id)


# --------------------------------------------------------------------------------------------------


def _decide_one(request: FundingRequest, act: Act, typed: RowTyped, actor: User, now: datetime) -> RowResult:
    label = str(request.application)
    try:
        with transaction.atomic():
            told = _record(request, act, typed, actor, now)
    except (Refusal, PermissionDenied, ValueError) as problem:
        return RowResult(request.pk, label, problem=str(problem))
    return RowResult(request.pk, label, told)


def _record(request: FundingRequest, act: Act, typed: RowTyped, actor: User, now: datetime) -> str:
    tried = read_tried(typed.text)
    if tried.waits:
        put_on_waiting_list(request, actor=actor, amount=tried.amount, now=now)
        return f"liste complémentaire : {format_euros(tried.amount)}"
    is_granted = bool(tried.amount)
    ruling = Ruling(
        outcome=FundingOutcome.GRANTED if is_granted else FundingOutcome.REJECTED,
        awarded_amount=tried.amount if is_granted else None,
        act_kind=act.kind,
        act_number=act.number,
        decided_on=act.decided_on,
        charged_to=act.charged_to,
        covers_from=request.application.starts_on,
        covers_until=request.application.ends_on,
        reason=typed.reason or ("" if is_granted else act.reason),
    )
    decide(request, actor=actor, ruling=ruling, version=typed.version, now=now)
    return f"accordé : {format_euros(tried.amount)}" if is_granted else "refusé"
