"""All that one may read of a neighbourhood: its outline, its past, its contracts, its funded actions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import applications_for
from faubourg.applications.states import State
from faubourg.awards.queries import DecisionLine, decisions_of
from faubourg.awards.states import FundingOutcome
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import contracts_for, standing
from faubourg.contracts.rules import Standing
from faubourg.portal.queries.application import shows_decisions
from faubourg.territories.models import Neighbourhood
from faubourg.territories.queries import neighbourhoods as register

SHOWN = 50
"""Funded actions shown, the latest first."""
FUNDED = (State.VALIDATED, State.NOTIFIED)


@dataclass(frozen=True)
class Funded:
    """An action the steering committee validated, and what the funders grant it in all, euros."""

    application: Application
    awarded_amount: Decimal


@dataclass(frozen=True)
class NeighbourhoodPage:
    place: Neighbourhood
    outline: register.Mapped | None
    relatives: list[register.Relative]
    contracts: list[Contract]
    """Those that cover it, among those this person reads."""
    funded: list[Funded]


def neighbourhood_page(user: User, code: str, today: date) -> NeighbourhoodPage:
    """The page of a neighbourhood, or 404."""
    place = register.neighbourhood_by_code(code)
    return NeighbourhoodPage(
        place=place,
        outline=register.mapped(place),
        relatives=register.relatives(place) if place.is_qpv else [],
        contracts=list(contracts_for(user, today).filter(neighbourhoods=place).order_by("name")),
        funded=_funded(standing(user, today), place),
    )


def _funded(held: Standing, place: Neighbourhood) -> list[Funded]:
    """Three queries; nobody learns here a decision that the page of the dossier keeps from them (B2.5)."""
    validated = applications_for(held).filter(state__in=FUNDED, territories__neighbourhood=place)
    latest = validated.prefetch_related("objectives").order_by("-call__year", "-pk")[:SHOWN]
    shown = [one for one in latest if shows_decisions(held, one)]
    decisions = decisions_of(shown)
    funded = [Funded(one, _granted(decisions[one.pk])) for one in shown]
    return [one for one in funded if one.awarded_amount]


def _granted(lines: list[DecisionLine]) -> Decimal:
    amounts = (line.awarded for line in lines if line.outcome == FundingOutcome.GRANTED)
    return sum((amount for amount in amounts if amount), Decimal(0))
