"""What is paid, proved and settled: of one request, of a fund, and what is late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.shortcuts import get_object_or_404

from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing
from faubourg.fph.models import Fund, FundShare, Payment, Proof, Request, Settlement
from faubourg.fph.queries.funds import Money
from faubourg.fph.rules import months_before, shared_out
from faubourg.fph.states import ENGAGED, ProofKind, RequestState

RECEIPTS_DAYS = "fph.receipts_days"
"""Code of the contract's parameter: how many days after the payment or the action receipts are due."""
CONTACT_MONTHS = "fph.contact_months"
"""Code of the contract's parameter: how many months a contact is kept once the request has ended."""
ENDED = (RequestState.SETTLED, RequestState.REFUSED, RequestState.WITHDRAWN)


@dataclass(frozen=True)
class Account:
    """Where the money of a request stands."""

    granted: Decimal
    payments: list[Payment]
    proofs: list[Proof]
    settlement: Settlement | None

    @property
    def paid(self) -> Decimal:
        return sum((one.amount for one in self.payments), Decimal())

    @property
    def left(self) -> Decimal:
        return self.granted - self.paid

    @property
    def due_on(self) -> date | None:
        return max((one.receipts_due_on for one in self.payments if one.receipts_due_on), default=None)

    @property
    def receipts(self) -> list[Proof]:
        return [one for one in self.proofs if one.kind == ProofKind.RECEIPT]

    @property
    def proved(self) -> Decimal:
        return sum((one.amount or Decimal() for one in self.receipts), Decimal())


def account_of(request: Request) -> Account:
    return Account(
        request.granted_amount or Decimal(),
        list(request.payments.all()),
        list(request.proofs.select_related("document")),
        getattr(request, "settlement", None),
    )


@dataclass(frozen=True)
class Sums:
    """Money of a year, or the part of it that is a co-funder's."""

    asked: Decimal
    granted: Decimal
    paid: Decimal
    spent: Decimal
    returned: Decimal
    left: Decimal


@dataclass(frozen=True)
class Ledger:
    """What became of the envelope; `parts` splits each sum between the co-funders as their shares do."""

    whole: Sums
    parts: list[tuple[FundShare, Sums]]
    supported: int
    first: int


def ledger_of(fund: Fund, money: Money) -> Ledger:
    engaged = Q(state__in=ENGAGED)
    asked = fund.requests.aggregate(
        asked=Sum("asked_amount", filter=~Q(state=RequestState.WITHDRAWN)),
        granted=Sum("granted_amount", filter=engaged),
        supported=Count("pk", filter=engaged),
        first=Count("pk", filter=engaged & Q(is_first=True)),
    )
    paid = Payment.objects.filter(request__fund=fund).aggregate(paid=Sum("amount"))
    settled = Settlement.objects.filter(request__fund=fund).aggregate(
        spent=Sum("spent_amount"), returned=Sum("returned_amount")
    )
    names = ("asked", "granted", "paid", "spent", "returned")
    found = {name: (asked | paid | settled)[name] or Decimal() for name in names} | {"left": money.left}
    amounts = [share.amount for share in money.shares]
    split = {name: shared_out(amount, amounts) for name, amount in found.items()}
    parts = [
        (share, Sums(**{name: of_each[rank] for name, of_each in split.items()}))
        for rank, share in enumerate(money.shares)
    ]
    return Ledger(Sums(**found), parts, asked["supported"], asked["first"])


def receipts_days(contract_id: int, today: date) -> Decimal | None:
    return figures(contract_id, [RECEIPTS_DAYS], today).get(RECEIPTS_DAYS)


def proof_for(standing: Standing, pk: int) -> Proof:
    visible = Request.objects.visible_to(standing)
    proofs = Proof.objects.filter(request__in=visible).select_related("document", "request__fund")
    return get_object_or_404(proofs, pk=pk)


def overdue_requests(contracts: Collection[int], today: date) -> QuerySet[Request]:
    """Paid, not settled, past the day receipts were due."""
    told = Payment.objects.filter(request=OuterRef("pk"), receipts_due_on__isnull=False)
    paid = Request.objects.filter(fund__contract__in=contracts, state=RequestState.PAID)
    return paid.filter(Exists(told), ~Exists(told.filter(receipts_due_on__gte=today)))


def requests_to_export(standing: Standing, fund: Fund) -> QuerySet[Request]:
    paid = Payment.objects.filter(request=OuterRef("pk")).order_by().values("request")
    return (
        Request.objects.visible_to(standing)
        .filter(fund=fund)
        .select_related("neighbourhood", "settlement")
        .annotate(paid=paid.annotate(total=Sum("amount")).values("total"))
        .order_by("number")
    )


def contact_months(contract_id: int, today: date) -> int | None:
    kept = figures(contract_id, [CONTACT_MONTHS], today).get(CONTACT_MONTHS)
    return None if kept is None else int(kept)


def contacts_to_erase(today: date) -> list[Request]:
    """Those whose request ended so many months ago; a delay nobody has confirmed erases nothing (B8)."""
    ended = Request.objects.annotate(
        ended_on=Coalesce("settlement__settled_on", "decided_on", TruncDate("filed_at"))
    ).filter(state__in=ENDED, contact__isnull=False)
    found: list[Request] = []
    for contract_id in ended.order_by().values_list("fund__contract", flat=True).distinct():
        months = contact_months(contract_id, today)
        if months is not None:
            due = ended.filter(fund__contract=contract_id, ended_on__lte=months_before(today, months))
            found += due.order_by("pk")[:100]
    return found


def letters_about(request: Request) -> list[str]:
    """The keys of the letters written to whoever asked."""
    examined = request.examined.values_list("pk", flat=True)
    return [f"fph.receipt:{request.pk}", *(f"fph.decision:{pk}" for pk in examined)]
