"""The fund, its money, its rules."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from faubourg.contracts.models import Contract
from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.fph.models import Fund, FundRules, FundShare
from faubourg.fph.states import EXCLUDED, Purpose

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
    shares = list(fund.shares.select_related("funder"))
    return Money(shares, sum((share.amount for share in shares), Decimal()), Decimal())


def rules_of(contract_id: int, today: date) -> FundRules | None:
    """The version in force that day."""
    adopted = FundRules.objects.filter(contract=contract_id, adopted_on__lte=today)
    return adopted.order_by("-adopted_on", "-version").first()


def excluded_by(rules: FundRules | None) -> list[Purpose]:
    """What the fund does not pay for: as its rules say, or the usual three before any is adopted (FPH-3)."""
    return [Purpose(value) for value in (EXCLUDED if rules is None else rules.excluded)]


def ceiling_of(fund: Fund, today: date) -> Decimal | None:
    return figures(fund.contract_id, [CEILING], today).get(CEILING)
