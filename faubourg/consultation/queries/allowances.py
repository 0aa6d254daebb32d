"""The allowance of each council: granted by the parameter of the year, spent, left (CIT-4, l. 904)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import CitizenCouncil, CouncilExpense
from faubourg.consultation.states import CouncilStatus
from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing

ALLOWANCE = "conseil.dotation"
"""Code of the contract's parameter: what a council may spend in a year, in euros."""


@dataclass(frozen=True)
class Allowance:
    """One council, one year."""

    council: CitizenCouncil
    granted: Decimal | None
    spent: Decimal
    without_receipt: int

    @property
    def left(self) -> Decimal | None:
        return None if self.granted is None else self.granted - self.spent

    @property
    def is_stopped(self) -> bool:
        return self.council.status == CouncilStatus.STOPPED


@dataclass(frozen=True)
class AllowanceTotal:
    """The councils of a contract together; `if_all_lived` counts the stopped ones too."""

    if_all_lived: Decimal | None
    granted: Decimal | None
    spent: Decimal

    @property
    def left(self) -> Decimal | None:
        return None if self.granted is None else self.granted - self.spent


def council_to_fund(standing: Standing, pk: int) -> CitizenCouncil:
    """A council of a contract on which this person sits, or 404."""
    rows = CitizenCouncil.objects.filter(contract__in=standing.contracts())
    return get_object_or_404(rows.select_related("contract", "organisation"), pk=pk)


def allowances_of(contract_id: int, year: int, council: int | None = None) -> list[Allowance]:
    """Every council of a contract, or one, with what it has spent that year: two queries."""
    granted = figures(contract_id, [ALLOWANCE], date(year, 12, 31)).get(ALLOWANCE)
    that_year = Q(expenses__spent_on__year=year)
    rows = CitizenCouncil.objects.filter(contract=contract_id).select_related("organisation")
    if council:
        rows = rows.filter(pk=council)
    counted = rows.annotate(
        spent=Sum("expenses__amount", filter=that_year),
        without_receipt=Count("expenses", filter=that_year & Q(expenses__receipt=None)),
    )
    return [
        Allowance(one, granted, one.spent or Decimal(), one.without_receipt)
        for one in counted.order_by(F("neighbourhood").asc(nulls_last=True), "organisation__name")
    ]


def total_of(allowances: Sequence[Allowance]) -> AllowanceTotal:
    known = [one for one in allowances if one.granted is not None]
    spent = sum((one.spent for one in allowances), Decimal())
    if not known:
        return AllowanceTotal(None, None, spent)
    alive = [one.granted or Decimal() for one in known if not one.is_stopped]
    return AllowanceTotal(
        sum((one.granted or Decimal() for one in known), Decimal()), sum(alive, Decimal()), spent
    )


def expenses_of(council: CitizenCouncil, year: int) -> QuerySet[CouncilExpense]:
    rows = council.expenses.filter(spent_on__year=year).select_related("receipt", "recorded_by")
    return rows.order_by("-spent_on", "-pk")


def expense_for(standing: Standing, pk: int) -> CouncilExpense:
    """One expense of a contract on which this person sits, or 404."""
    rows = CouncilExpense.objects.filter(council__contract__in=standing.contracts())
    return get_object_or_404(
        rows.select_related("council__contract", "council__organisation", "receipt"), pk=pk
    )
