"""The waiting list of an envelope: who is served next if money is freed; an order, not a decision (PRG-9)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import FundingRequest
from faubourg.applications.permissions import can_take_part
from faubourg.appraisal.rules import proposal_problem
from faubourg.awards.models import WaitingRequest
from faubourg.awards.permissions import can_arrange_waiting_list
from faubourg.awards.queries import decision_of, lock_envelope
from faubourg.awards.states import FundingOutcome
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def put_on_waiting_list(
    request: FundingRequest, *, actor: User, amount: Decimal | None, now: datetime
) -> WaitingRequest:
    """At the end of the list; putting the same dossier again changes the amount it waits for."""
    rows = _locked(request, actor, now)
    decision = decision_of(request)
    if decision is not None and decision.outcome == FundingOutcome.GRANTED:
        raise Refusal("Ce financeur a déjà accordé : il n'y a rien à attendre de lui.")
    problem = "" if amount else "Écrivez le montant attendu."
    problem = problem or proposal_problem(proposed=amount or Decimal(), requested=request.requested_amount)
    refuse_if({"amount": [problem] if problem else []})
    row = next((one for one in rows if one.funding_request_id == request.pk), None)
    before = format_euros(row.amount) if row else None
    row = row or WaitingRequest(funding_request=request, rank=len(rows) + 1)
    row.amount = amount or Decimal()
    row.save()
    _write(actor, "awards.put_on_waiting_list", request, {"montant attendu": [before, format_euros(amount)]})
    return row


@transaction.atomic
def move_up_waiting_list(request: FundingRequest, *, actor: User, now: datetime) -> None:
    """Served before the one that was just above."""
    rows = _locked(request, actor, now)
    place = next((n for n, one in enumerate(rows) if one.funding_request_id == request.pk), 0)
    if place == 0:
        return  # already first, or no longer on the list
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    _number(rows)
    _write(actor, "awards.move_up_waiting_list", request, {"rang": [place + 1, place]})


@transaction.atomic
def take_off_waiting_list(request: FundingRequest, *, actor: User, now: datetime) -> None:
    """It waits no longer; those below go up one place."""
    _locked(request, actor, now)
    if forget_waiting(request):
        _write(actor, "awards.take_off_waiting_list", request, {})


def forget_waiting(request: FundingRequest) -> bool:
    """Whoever is granted waits no longer; `decide` calls this."""
    gone, _ = WaitingRequest.objects.filter(funding_request=request).delete()
    if gone:
        _number(list(WaitingRequest.objects.filter(funding_request__envelope=request.envelope_id)))
    return gone > 0


# --------------------------------------------------------------------------------------------------


def _locked(request: FundingRequest, actor: User, now: datetime) -> list[WaitingRequest]:
    """The list, in order, under the lock of its envelope, for whoever may arrange it."""
    envelope = lock_envelope(request.envelope_id)
    held = standing(actor, localdate(now))
    demand(can_arrange_waiting_list(held, envelope))
    demand(can_take_part(held, request.application))
    return list(WaitingRequest.objects.filter(funding_request__envelope=envelope))


def _number(rows: list[WaitingRequest]) -> None:
    for rank, row in enumerate(rows, start=1):
        row.rank = rank
    WaitingRequest.objects.bulk_update(rows, ["rank"])


def _write(actor: User, verb: str, request: FundingRequest, changes: dict[str, object]) -> None:
    write(
        actor, verb, request.application, contract_id=request.application.call.contract_id,
        changes={"financeur": str(request.envelope), **changes},
    )  # fmt: skip
