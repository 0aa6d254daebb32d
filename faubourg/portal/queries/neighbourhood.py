"""All that one may read of a neighbourhood: outline, past, figures, who works on it, funded actions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import applications_for
from faubourg.applications.states import State
from faubourg.awards.queries import DecisionLine, decisions_of
from faubourg.awards.states import FundingOutcome
from faubourg.consultation.models import CitizenCouncil
from faubourg.consultation.states import CouncilStatus
from faubourg.contracts.queries import contracts_for, standing
from faubourg.contracts.rules import Standing
from faubourg.governance.models import Body
from faubourg.observation.models import Equipment
from faubourg.observation.queries.figures import Line, latest_figures
from faubourg.observation.states import EquipmentKind
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
class Beside:
    """A contract, an equipment, a citizen council or a body: its name, and the contract it is read in."""

    what: str
    name: str
    detail: str
    slug: str
    contract_id: int


@dataclass(frozen=True)
class NeighbourhoodPage:
    place: Neighbourhood
    outline: register.Mapped | None
    relatives: list[register.Relative]
    contracts: list[Beside]
    """Those that cover it, among those this person reads; what follows is read in them."""
    equipment: list[Beside]
    councils: list[Beside]
    bodies: list[Beside]
    figures: list[Line]
    funded: list[Funded]


def neighbourhood_page(user: User, code: str, today: date) -> NeighbourhoodPage:
    """The page of a neighbourhood, or 404."""
    place = register.neighbourhood_by_code(code)
    beside = _beside(user, place, today)
    contracts = [one for one in beside if one.what == "contract"]
    return NeighbourhoodPage(
        place=place,
        outline=register.mapped(place),
        relatives=register.relatives(place) if place.is_qpv else [],
        contracts=contracts,
        equipment=[one for one in beside if one.what == "equipment"],
        councils=[one for one in beside if one.what == "council"],
        bodies=[one for one in beside if one.what == "body"],
        figures=latest_figures(place, [one.contract_id for one in contracts]),
        funded=_funded(standing(user, today), place),
    )


def _beside(user: User, place: Neighbourhood, today: date) -> list[Beside]:
    """Four lists in one query, by name; a committee without a scope of its own examines every place."""
    read = contracts_for(user, today).filter(neighbourhoods=place).order_by()
    keys = read.values("pk")
    equipment = Equipment.objects.filter(contract__in=keys, neighbourhood=place, archived_on=None)
    alive = CitizenCouncil.objects.exclude(status=CouncilStatus.STOPPED)
    councils = alive.filter(contract__in=keys, neighbourhood=place)
    bodies = Body.objects.filter(contracts__in=keys).filter(Q(neighbourhoods=place) | Q(neighbourhoods=None))
    rows = _lines(read, "contract", "name", "period", "").union(
        _lines(equipment, "equipment", "name", "kind", "contract__"),
        _lines(councils, "council", "organisation__name", "place", "contract__"),
        _lines(bodies, "body", "name", "kind", "contracts__"),
    )
    return [
        Beside(what, name, EquipmentKind(detail).label if what == "equipment" else detail, slug, key)
        for what, name, detail, slug, key in sorted(rows, key=lambda row: row[1])
    ]


def _lines(rows: QuerySet[Any], what: str, name: str, detail: str, contract: str) -> QuerySet[Any, Any]:
    texts = {"line_name": name, "line_detail": detail, "line_slug": f"{contract}slug"}
    columns = {alias: Cast(column, TextField()) for alias, column in texts.items()}
    named: QuerySet[Any, Any] = rows.order_by().annotate(line_what=Value(what, TextField()), **columns)
    lines: QuerySet[Any, Any] = named.values_list("line_what", *texts, f"{contract}pk")
    return lines


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
