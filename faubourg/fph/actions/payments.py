"""Paying a request, or buying for it, then settling it (FPH-4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.documents.actions import store
from faubourg.fph.models import Payment, Proof, Request, Settlement
from faubourg.fph.permissions import can_pay
from faubourg.fph.queries import account_of, lock_request, receipts_days
from faubourg.fph.rules import Paying, payment_errors, receipts_due_on, settlement_errors
from faubourg.fph.states import REQUEST_FLOW, ProofKind, RequestState
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def pay(
    request: Request, *, means: str, amount: Decimal, paid_on: date, actor: User, now: datetime,
    supplier: str = "", bought: str = "", signed: "UploadedFile[Any] | None" = None,
) -> Payment:  # fmt: skip
    """One payment or one purchase, among several. The same again is a second click."""
    known, contract_id = _locked(request, actor, now)
    said: dict[str, Any] = {
        "means": means,
        "amount": amount,
        "paid_on": paid_on,
        "supplier": supplier,
        "bought": bought,
    }
    if twin := known.payments.filter(**said).first():
        return twin
    before, state = known.state, REQUEST_FLOW.after("pay", RequestState(known.state))
    account = account_of(known)
    paying = Paying(has_signed=signed is not None, **said)
    refuse_if(
        payment_errors(
            paying, granted=account.granted, paid=account.paid, decided_on=known.decided_on,
            today=localdate(now),
        )
    )  # fmt: skip
    due_on = receipts_due_on(
        paid_on=paid_on, planned_on=known.planned_on, days=receipts_days(contract_id, paid_on)
    )
    if signed is not None:
        document = store(signed, actor=actor, now=now, field="signed")
        Proof.objects.create(
            request=known, kind=ProofKind.SIGNED, document=document, sent_by=actor, sent_at=now
        )
    payment = Payment.objects.create(
        request=known, receipts_due_on=due_on, recorded_by=actor, recorded_at=now, **said
    )
    known.state = state
    known.save(update_fields=["state"])
    changes = {"state": [before, state], "means": [None, means], "amount": [None, amount]}
    write(actor, "fph.pay", known, contract_id=contract_id, changes=changes)
    return payment


@transaction.atomic
def settle(
    request: Request, *, spent_amount: Decimal, returned_on: date | None, actor: User, now: datetime
) -> Settlement:
    """What was spent is proved; what was not has come back to the fund, for others."""
    known, contract_id = _locked(request, actor, now)
    before, state = known.state, REQUEST_FLOW.after("settle", RequestState(known.state))
    account, today = account_of(known), localdate(now)
    refuse_if(
        settlement_errors(
            spent_amount, granted=account.granted, paid=account.paid, has_receipt=bool(account.receipts),
            returned_on=returned_on, today=today,
        )
    )  # fmt: skip
    returned = account.paid - spent_amount
    settlement = Settlement.objects.create(
        request=known, spent_amount=spent_amount, returned_amount=returned,
        returned_on=returned_on if returned else None, settled_on=today, recorded_by=actor,
    )  # fmt: skip
    known.state = state
    known.save(update_fields=["state"])
    changes = {
        "state": [before, state], "spent_amount": [None, spent_amount], "returned_amount": [None, returned],
    }  # fmt: skip
    write(actor, "fph.settle", known, contract_id=contract_id, changes=changes)
    return settlement


def _locked(request: Request, actor: User, now: datetime) -> tuple[Request, int]:
    known = lock_request(request)
    contract_id = known.fund.contract_id
    demand(can_pay(standing(actor, localdate(now)), contract_id))
    return known, contract_id
