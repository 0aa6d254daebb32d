"""The figures of a territory, beside the wider ones, with the gap where it may be computed (DAT-4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from faubourg.contracts.models import Contract
from faubourg.contracts.queries import neighbourhoods_of
from faubourg.observation.models import Datum, FigureCheck, Statistic
from faubourg.observation.rules import (
    Finding,
    Gap,
    check_share,
    check_unit,
    check_whole,
    evolution,
    gap,
)
from faubourg.observation.states import CheckKind, Scale, Theme
from faubourg.territories.models import Neighbourhood
from faubourg.territories.queries.correspondences import former_codes
from faubourg.toolkit.money import NBSP, format_number
from faubourg.toolkit.verdict import Verdict

NEAR = (Scale.COMMUNE, Scale.EPCI, Scale.DEPARTMENT, Scale.COUNTRY)
WIDER = (Scale.COMMUNE, Scale.EPCI, Scale.DEPARTMENT, Scale.REGION, Scale.COUNTRY)


@dataclass(frozen=True)
class Beside:
    """A wider figure, and what sets the territory apart from it."""

    datum: Datum
    gap: Gap

    @property
    def written(self) -> str:
        """ "+8,4 points", or why nothing is computed."""
        difference = self.gap.difference
        if difference is None:
            return self.gap.reason
        sign = "+" if difference > 0 else "−" if difference < 0 else ""
        unit = "points" if self.datum.unit.startswith("%") else self.datum.unit
        return f"{sign}{format_number(abs(difference))}{NBSP}{unit}"


@dataclass(frozen=True)
class Row:
    """One statistic: the figures of the place, latest first, and the wider ones; `breaks` say what forbids
    to draw an evolution between the figures of the place."""

    statistic: Statistic
    own: list[Datum]
    beside: list[Beside]
    breaks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ThemeRows:
    label: str
    rows: list[Row]


def territories_of(contract_id: int) -> tuple[list[Neighbourhood], list[Neighbourhood]]:
    """The QPV of a contract, and its other territories, never counted with them (GEO-5)."""
    places = list(neighbourhoods_of(contract_id))
    return [one for one in places if one.is_qpv], [one for one in places if not one.is_qpv]


def neighbourhood_of(contract: Contract, code: str) -> Neighbourhood:
    """A territory of the contract, or 404."""
    return get_object_or_404(neighbourhoods_of(contract.pk), code=code)


def place_figures(contract: Contract, place: Neighbourhood) -> list[ThemeRows]:
    """By theme: what is known of a territory and of the commune, EPCI… that hold it. Four queries.

    Figures of the 2015 neighbourhoods it comes from stand beside its own: no evolution is drawn (DAT-2).
    """
    communes = list(place.communes.select_related("department__region"))
    own_codes = codes_of(place) | former_codes(place.code)
    data = list(
        Datum.objects.read_in(contract.pk)
        .filter(Q(place_code__in=own_codes) | _around({contract.epci.siren}, communes))
        .select_related("statistic")
    )
    return _by_theme(data, own_codes)


@dataclass(frozen=True)
class Line:
    """The latest figure of a place and, in the order of NEAR, that of each wider territory, or None."""

    statistic: Statistic
    own: Datum
    wider: list[Beside | None]


def latest_figures(place: Neighbourhood, contract_ids: Sequence[int]) -> list[Line]:
    """What is public of a place, or said by these contracts: one query; `place.communes` is prefetched."""
    communes, own_codes = list(place.communes.all()), codes_of(place)
    sirens = {one.epci.siren for one in communes if one.epci}
    data = (
        Datum.objects.filter(Q(contract=None) | Q(contract__in=contract_ids))
        .filter(Q(place_code__in=own_codes) | _around(sirens, communes))
        .select_related("statistic")
    )
    rows = [row for theme in _by_theme(list(data), own_codes) for row in theme.rows if row.own]
    return [Line(row.statistic, row.own[0], [_first(row.beside, scale) for scale in NEAR]) for row in rows]


def _first(beside: Sequence[Beside], scale: Scale) -> Beside | None:
    """The figure of the same year when there is one, else the latest."""
    found = [one for one in beside if one.datum.scale == scale]
    return next((one for one in found if one.gap.difference is not None), found[0] if found else None)


def codes_of(place: Neighbourhood) -> frozenset[str]:
    """A vulnerable territory that is a whole commune is read under the code of that commune too."""
    codes = {place.code}
    if not place.is_qpv:
        codes |= {
            commune.insee_code
            for commune in place.communes.all()
            if place.code == f"VUL-{commune.insee_code}"
        }
    return frozenset(codes)


def checks_of(contract_id: int) -> list[tuple[FigureCheck, Finding]]:
    """What the figures of the text say when one computes them (DAT-3)."""
    checks = FigureCheck.objects.filter(contract=contract_id)
    return [(check, _finding(check)) for check in checks.select_related("first", "second", "stated")]


@dataclass(frozen=True)
class Comparison:
    """Several territories side by side: one line per statistic, one cell per territory."""

    places: list[Neighbourhood]
    lines: list[tuple[Statistic, list[Datum | None], str]]
    """The statistic, its latest figure per place, and why they do not compare, when they do not."""


def comparison_of(contract: Contract, places: Sequence[Neighbourhood]) -> Comparison:
    """The latest figure of each statistic for each place."""
    codes = {code for place in places for code in codes_of(place)}
    data = (
        Datum.objects.read_in(contract.pk)
        .filter(place_code__in=codes)
        .select_related("statistic")
        .order_by("statistic__theme", "statistic__code", "year", "pk")
    )
    lines = []
    for _, found in groupby(data, key=lambda datum: datum.statistic_id):
        cells = list(found)
        latest = [
            next((one for one in reversed(cells) if one.place_code in codes_of(place)), None)
            for place in places
        ]
        lines.append((cells[0].statistic, latest, _incomparable([one for one in latest if one])))
    return Comparison(list(places), lines)


def _incomparable(data: list[Datum]) -> str:
    if len({one.generation for one in data}) > 1:
        return "rupture de géographie"
    if len({one.year for one in data}) > 1 or any(one.year is None for one in data):
        return "millésimes différents ou à confirmer"
    if len({one.comparability for one in data}) > 1:
        return "méthodes différentes"
    return ""


def _around(sirens: Iterable[str], communes: Iterable[Any]) -> Q:
    departments = {one.department.code for one in communes}
    regions = {one.department.region.code for one in communes}
    codes = Q(scale=Scale.COMMUNE, place_code__in=[one.insee_code for one in communes])
    codes |= Q(scale=Scale.EPCI, place_code__in=sirens)
    codes |= Q(scale=Scale.DEPARTMENT, place_code__in=departments)
    codes |= Q(scale=Scale.REGION, place_code__in=regions)
    return codes | Q(scale=Scale.COUNTRY)


def _by_theme(data: list[Datum], own_codes: frozenset[str]) -> list[ThemeRows]:
    ordered = sorted(data, key=lambda one: (Theme.values.index(one.statistic.theme), one.statistic.code))
    themes = []
    for theme, in_theme in groupby(ordered, key=lambda one: one.statistic.theme):
        rows = [
            _row(list(found), own_codes) for _, found in groupby(in_theme, key=lambda one: one.statistic_id)
        ]
        label = rows[0].statistic.get_theme_display()
        themes.append((theme, ThemeRows(label, rows)))
    return [rows for _, rows in themes]


def _row(data: list[Datum], own_codes: frozenset[str]) -> Row:
    own = sorted(
        (one for one in data if one.place_code in own_codes), key=lambda one: (-(one.year or 0), one.pk)
    )
    wider = [one for one in data if one.place_code not in own_codes]
    wider.sort(key=lambda one: (WIDER.index(Scale(one.scale)), -(one.year or 0), one.pk))
    latest = own[0].reading if own else None
    beside = [
        Beside(one, gap(latest, one.reading) if latest else Gap(reason="territoire non chiffré"))
        for one in wider
    ]
    verdicts: list[Verdict] = [evolution(after.reading, before.reading) for after, before in pairwise(own)]
    return Row(data[0].statistic, own, beside, [one.reason for one in verdicts if not one])


def _finding(check: FigureCheck) -> Finding:
    first, second = check.first.value, check.second.value if check.second else None
    if check.kind == CheckKind.SHARE and first is not None and second is not None:
        return check_share(first, second, check.stated.value if check.stated else None)
    if check.kind == CheckKind.WHOLE and first is not None and second is not None:
        return check_whole(first, second)
    return check_unit(check.remark or "Un des chiffres de ce contrôle manque.")
