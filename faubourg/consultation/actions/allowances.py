"""What a council spends of its yearly allowance, never more than is left (CIT-4)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import CitizenCouncil, CouncilExpense
from faubourg.consultation.permissions import can_keep_allowance
from faubourg.consultation.queries import ALLOWANCE
from faubourg.consultation.rules import allowance_errors
from faubourg.consultation.states import ExpensePurpose
from faubourg.contracts.queries import parameter, standing
from faubourg.documents.actions import store
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.twice import TWICE
from faubourg.toolkit.verdict import demand


@transaction.atomic
def record_expense(
    council: CitizenCouncil,
    *,
    actor: User,
    spent_on: date,
    purpose: ExpensePurpose | str,
    label: str,
    amount: Decimal,
    now: datetime,
    receipt: "UploadedFile[Any] | None" = None,
    is_fictitious: bool = False,
) -> CouncilExpense:
    """Counted on the allowance of the year it is paid in; its receipt may come later."""
    known = _lock(council, actor, now)
    said: dict[str, Any] = {
        "spent_on": spent_on, "purpose": purpose, "label": label.strip(), "amount": amount,
        "recorded_by": actor,
    }  # fmt: skip
    twin = known.expenses.filter(**said, recorded_at__gte=now - TWICE).first()
    if twin is not None:
        return twin
    refuse_if(
        {
            "spent_on": ["Cette date est à venir."] if spent_on > localdate(now) else [],
            "label": [] if label.strip() else ["Dites ce qui est payé."],
            "amount": allowance_errors(amount, _left(known, spent_on)),
        }
    )
    document = store(receipt, actor=actor, now=now, field="receipt") if receipt else None
    expense = CouncilExpense.objects.create(
        council=known, receipt=document, recorded_at=now, is_fictitious=is_fictitious, **said
    )
    _write(actor, "record_expense", expense, amount=[None, amount])
    return expense


@transaction.atomic
def attach_receipt(
    expense: CouncilExpense, *, actor: User, receipt: "UploadedFile[Any]", now: datetime
) -> None:
    """The bill, when it comes after; another one replaces it, and the journal keeps both names."""
    _lock(expense.council, actor, now)
    known = CouncilExpense.objects.select_related("council", "receipt").get(pk=expense.pk)
    before = known.receipt.name if known.receipt else None
    known.receipt = store(receipt, actor=actor, now=now, field="receipt")
    known.save(update_fields=["receipt"])
    _write(actor, "attach_receipt", known, receipt=[before, known.receipt.name])


@transaction.atomic
def withdraw_expense(expense: CouncilExpense, *, actor: User, now: datetime) -> None:
    """Noted by mistake: it goes, the journal keeps what it said. Pressed twice, nothing more is said."""
    _lock(expense.council, actor, now)
    known = CouncilExpense.objects.filter(pk=expense.pk).select_related("council").first()
    if known is not None:
        _write(actor, "withdraw_expense", known, amount=[known.amount, None])
        known.delete()


def _lock(council: CitizenCouncil, actor: User, now: datetime) -> CitizenCouncil:
    """One at a time: what is left of the allowance is read under this lock."""
    known = CitizenCouncil.objects.select_for_update().get(pk=council.pk)
    demand(can_keep_allowance(standing(actor, localdate(now)), known.contract_id))
    return known


def _left(council: CitizenCouncil, day: date) -> Decimal | None:
    """None when nothing is known of the allowance, or when its figure may not block yet."""
    granted = parameter(council.contract_id, ALLOWANCE, day)
    if granted is None or granted.value is None or not granted.may_block:
        return None
    spent = council.expenses.filter(spent_on__year=day.year).aggregate(sum=Sum("amount"))["sum"]
    return granted.value - (spent or Decimal())


def _write(actor: User, verb: str, expense: CouncilExpense, **changes: Any) -> None:
    write(actor, f"consultation.{verb}", expense, contract_id=expense.council.contract_id, changes=changes)
