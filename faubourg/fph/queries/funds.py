"""The fund, its money, its rules."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from faubourg.contracts.models import Contract
from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.fph.models import ExaminedRequest, Fund, FundRules, FundShare
from faubourg.fph.states import ENGAGED, EXCLUDED, Purpose, RequestState, SessionState

CEILING = "fph.max_action"
"""Code of the contract's parameter: the most one action may be given, in euros."""


@dataclass(frozen=True)
class Money:
    """The envelope of a year, and what is left of it."""

    shares: list[FundShare]
    envelope: Decimal
    engaged: Decimal

    @property
    def left(self) -> Decimal:
        return self.envelope - self.engaged


def funds_to_show(today: date) -> QuerySet[Fund]:
    """The funds of this year and of the last: everyone may know of them."""
    recent = Fund.objects.filter(year__gte=today.year - 1)
    return recent.select_related("contract", "neighbourhood").order_by("-year", "contract__name", "pk")


def contracts_to_keep(standing: Standing) -> QuerySet[Contract]:
    """Those on which this person opens a fund and records its rules."""
    return Contract.objects.filter(pk__in=standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER))


def fund_for(pk: int) -> Fund:
    """A fund is public."""
    return get_object_or_404(Fund.objects.select_related("contract", "neighbourhood", "manager"), pk=pk)


def lock_fund(fund: Fund) -> Fund:
    return (
        Fund.objects.select_for_update(of=("self",))
        .select_related("contract", "neighbourhood")
        .get(pk=fund.pk)
    )


def money_of(fund: Fund) -> Money:
    """What is granted counts as soon as the committee says it; once settled, only what was spent does."""
    told = money_told(fund)
    being_granted = ExaminedRequest.objects.filter(
        session__fund=fund, session__state=SessionState.PLANNED, request__state=RequestState.FILED
    )
    noted = being_granted.aggregate(total=Sum("granted_amount"))["total"] or Decimal()
    return replace(told, engaged=told.engaged + noted)


def money_told(fund: Fund) -> Money:
    """What everyone may read: a session counts once it is closed, and its answers given."""
    shares = list(fund.shares.select_related("funder"))
    granted = fund.requests.filter(state__in=ENGAGED)
    engaged = granted.aggregate(total=Sum(Coalesce("settlement__spent_amount", "granted_amount")))["total"]
    return Money(shares, sum((share.amount for share in shares), Decimal()), engaged or Decimal())


def days_to_decide(fund: Fund) -> list[int]:
    """From filing to decision, a number for each request decided (FPH-4); 0 for a paper typed after it."""
    decided = fund.requests.filter(decided_on__isnull=False).values_list("filed_at", "decided_on")
    return [max((day - localdate(filed_at)).days, 0) for filed_at, day in decided if day]


def rules_of(contract_id: int, today: date) -> FundRules | None:
    """The version in force that day."""
    adopted = FundRules.objects.filter(contract=contract_id, adopted_on__lte=today)
    return adopted.order_by("-adopted_on", "-version").first()


def excluded_by(rules: FundRules | None) -> list[Purpose]:
    """What the fund does not pay for: as its rules say, or the usual three before any is adopted (FPH-3)."""
    return [Purpose(value) for value in (EXCLUDED if rules is None else rules.excluded)]


def ceiling_of(fund: Fund, today: date) -> Decimal | None:
    return figures(fund.contract_id, [CEILING], today).get(CEILING)
