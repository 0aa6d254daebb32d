"""Scenarios: whose they are, what they start from, how two ways of sharing compare."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, FilteredRelation, OuterRef, Q, Subquery, Value
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application, FundingRequest
from faubourg.appraisal.models import FundingProposal
from faubourg.awards.models import Scenario, ScenarioAmount
from faubourg.awards.queries.programme import target_rate, with_target
from faubourg.awards.queries.programme.rows import applications_of, on_the_table, opened_objectives
from faubourg.awards.rules import (
    ZERO,
    MultiYearShare,
    Purse,
    Side,
    Tried,
    gains_and_losses,
    multi_year_share,
)
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.rules import Standing
from faubourg.toolkit.fields import read_key

REQUESTS, PROPOSALS, DECISIONS, NOTHING = "demandes", "propositions", "decisions", "vide"
SOURCES = {
    REQUESTS: "les demandes",
    PROPOSALS: "les propositions retenues",
    DECISIONS: "les décisions réelles",
    NOTHING: "rien : toutes les cases vides",
}
"""What a scenario may start from, beside another scenario."""


def scenarios_for(standing: Standing, call: Call) -> Any:
    """One's own and those shared, the newest first, with their number of amounts."""
    return Scenario.objects.visible_to(standing).filter(call=call).select_related("owner", "adopted_by")


def scenario_for(standing: Standing, pk: int, today: date) -> Scenario:
    """One scenario with its call, or 404 for whoever it is not shared with."""
    seen = Scenario.objects.visible_to(standing).select_related("call__contract", "owner", "adopted_by")
    scenario: Scenario = get_object_or_404(with_target(seen, today, contract="call__contract"), pk=pk)
    scenario.call.multi_year_target = scenario.multi_year_target  # type: ignore[attr-defined]
    return scenario


def lock_scenario(scenario: Scenario) -> None:
    """Re-read under a row lock: two people writing at once are served one after the other."""
    scenario.refresh_from_db(from_queryset=Scenario.objects.select_for_update(of=("self",)))


def start_from(
    standing: Standing, call: Call, source: str
) -> tuple[str, dict[int, Tried], dict[int, int | None]]:
    """(name of the source, {request: what it gives}, {request: its rank on the waiting list, if any})."""
    if source in SOURCES:
        name = SOURCES[source]
    else:
        scenario = get_object_or_404(scenarios_for(standing, call), pk=read_key(source))
        name = f"le scénario « {scenario.name} »"
    requests = FundingRequest.objects.filter(application__in=on_the_table(call).values("pk"))
    requests, value, rank = _gives(requests, source, "start")
    rows = [row for row in requests.values_list("pk", value, rank) if row[1] is not None]
    return (
        name,
        {pk: Tried(given, place is not None) for pk, given, place in rows},
        {pk: place for pk, _, place in rows},
    )


def _gives(requests: Any, source: str, alias: str) -> tuple[Any, Any, Any]:
    """(the requests, what a source gives to each, its rank on the waiting list): no query of its own."""
    nothing: Any = Value(None, output_field=DecimalField())
    proposal = FundingProposal.objects.filter(
        application=OuterRef("application"), envelope=OuterRef("envelope")
    )
    given = {
        REQUESTS: F("requested_amount"),
        PROPOSALS: Subquery(proposal.values("proposed_amount")[:1]),
        DECISIONS: F("decision__awarded_amount"),
        NOTHING: nothing,
    }
    requests = requests.order_by()
    if source in given:
        return requests, given[source], nothing
    tried = FilteredRelation("tried", condition=Q(tried__scenario=read_key(source)))
    return requests.annotate(**{alias: tried}), F(f"{alias}__amount"), F(f"{alias}__waiting_rank")


@dataclass(frozen=True)
class RowOfScenario:
    """One dossier of a scenario as a form edits it."""

    request_id: int
    label: str
    requested: Decimal
    tried: Tried
    version: int


def row_of(scenario: Scenario, application: Application) -> list[RowOfScenario]:
    """Its cells, funder by funder, in the order of the call."""
    rows = FundingRequest.objects.filter(application=application).select_related("envelope__funder")
    kept = {
        one.funding_request_id: one
        for one in ScenarioAmount.objects.filter(scenario=scenario, funding_request__application=application)
    }
    return [
        RowOfScenario(
            row.pk,
            str(row.envelope),
            row.requested_amount,
            Tried(kept[row.pk].amount, kept[row.pk].waiting_rank is not None) if row.pk in kept else Tried(),
            kept[row.pk].version if row.pk in kept else 0,
        )
        for row in rows.order_by("envelope__position", "pk")
    ]


def application_of(scenario: Scenario, standing: Standing, pk: int) -> Application:
    """A dossier of the table that this person is not kept from, or 404."""
    rows = on_the_table(scenario.call).exclude(applicant__in=standing.ties)
    application: Application = get_object_or_404(rows.select_related("applicant", "call"), pk=pk)
    return application


# Side by side --------------------------------------------------------------------------------------------


@dataclass
class Way:
    """One way of sharing the money: its name, what it gives to each dossier and takes from each envelope."""

    key: str
    label: str
    given: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    spent: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    waiting: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, application: int, envelope: int, value: Decimal | None, rank: int | None) -> None:
        tried = Tried(value, rank is not None)
        self.given[application] += tried.spends
        self.spent[envelope] += tried.spends
        if tried.waits and value:
            self.waiting[envelope] += value

    @property
    def total(self) -> Decimal:
        return sum(self.spent.values(), ZERO)

    @property
    def funded(self) -> int:
        return sum(1 for given in self.given.values() if given)


@dataclass(frozen=True)
class ComparedRow:
    """One dossier and what each way gives it."""

    pk: int
    number: str
    title: str
    applicant: str
    side: Side


@dataclass(frozen=True)
class Comparison:
    """Two ways side by side: who gains, who loses, what stays without action (PRG-9)."""

    left: Way
    right: Way
    rows: list[ComparedRow]
    gains: int
    losses: int
    same: int
    purses: list[tuple[Purse, Purse]]
    without_action: tuple[list[str], list[str]]
    shares: tuple[MultiYearShare, MultiYearShare]
    target: Decimal | None


def ways_for(standing: Standing, call: Call) -> dict[str, str]:
    """What may be compared: {key: name}, scenarios first."""
    named = {str(one.pk): f"Scénario « {one.name} »" for one in scenarios_for(standing, call)}
    return named | {key: label.capitalize() for key, label in SOURCES.items() if key != NOTHING}


def compare(call: Call, standing: Standing, left: Way, right: Way) -> Comparison:
    """Both ways are read in one query; sums are those of the whole call, rows those one may read (B2.5)."""
    requests = FundingRequest.objects.filter(application__in=on_the_table(call).values("pk"))
    requests, *one = _gives(requests, left.key, "on_the_left")
    requests, *other = _gives(requests, right.key, "on_the_right")
    for application, envelope, *values in requests.values_list("application", "envelope", *one, *other):
        left.add(application, envelope, *values[:2])
        right.add(application, envelope, *values[2:])
    found = list(applications_of(call))
    rows = [
        ComparedRow(
            values["pk"],
            values["number"],
            values["title"],
            values["applicant__short_name"] or values["applicant__name"],
            Side(left.given[values["pk"]], right.given[values["pk"]]),
        )
        for values in found
        if not standing.is_tied_to(values["applicant_id"])
    ]
    gains, losses, same = gains_and_losses(row.side for row in rows)
    multi_year = {values["pk"]: values["is_multi_year"] for values in found}
    return Comparison(
        left,
        right,
        sorted(rows, key=lambda row: (row.side.gap == 0, row.side.gap, row.number)),
        gains,
        losses,
        same,
        _purses(call, left, right),
        _without_action(call, left, right),
        (_share(left, multi_year), _share(right, multi_year)),
        target_rate(getattr(call, "multi_year_target", None)),
    )


def _purses(call: Call, left: Way, right: Way) -> list[tuple[Purse, Purse]]:
    envelopes = Envelope.objects.filter(call=call).select_related("funder")
    return [
        (
            Purse(str(one), one.amount, left.spent[one.pk], left.waiting[one.pk]),
            Purse(str(one), one.amount, right.spent[one.pk], right.waiting[one.pk]),
        )
        for one in envelopes
    ]


def _without_action(call: Call, left: Way, right: Way) -> tuple[list[str], list[str]]:
    """The objectives of the call to which each way gives nothing at all."""
    opened = opened_objectives(call)
    answering: dict[str, set[int]] = defaultdict(set)
    rows = on_the_table(call).filter(objectives__isnull=False).order_by()
    for pk, code, label in rows.values_list("pk", "objectives__code", "objectives__label"):
        answering[f"{code} {label}"].add(pk)
    first, second = (
        [label for label in opened if not any(way.given[pk] for pk in answering[label])]
        for way in (left, right)
    )
    return first, second


def _share(way: Way, multi_year: Mapping[int, bool]) -> MultiYearShare:
    return multi_year_share((given, multi_year.get(pk, False)) for pk, given in way.given.items())
