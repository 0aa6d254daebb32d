"""Load the places a contract names. A place is shared: only those named are read or changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from faubourg.territories.models import Commune, Department, Epci, Neighbourhood, Region
from faubourg.toolkit.rows import Line, Outcome, bring

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def bring_places(*, regions: Rows, departments: Rows, epcis: Rows, neighbourhoods: Rows) -> list[Line]:
    """Regions, departments, intercommunalities and their communes, neighbourhoods (GEO-1), by code."""
    lines: list[Line] = []
    codes = [row["code"] for row in regions]
    brought = bring(regions, into=Region.objects.filter(code__in=codes), key=("code",))
    lines += brought.lines
    region = {place.code: place for place in brought.rows}
    rows = [row | {"region": region[row["region"]]} for row in map(dict, departments)]
    codes = [row["code"] for row in rows]
    found = bring(rows, into=Department.objects.filter(code__in=codes), key=("code",))
    lines += found.lines
    department = {place.code: place for place in found.rows}
    communes: dict[str, Commune] = {}
    for row in epcis:
        communes |= _bring_epci(row, department, lines)
    _bring_neighbourhoods(neighbourhoods, communes, lines)
    return lines


def _bring_epci(
    row: Mapping[str, Any], department: Mapping[str, Department], lines: list[Line]
) -> dict[str, Commune]:
    values = {"siren": row["siren"], "name": row["name"], "department": department[row["department"]]}
    brought = bring([values], into=Epci.objects.filter(siren=row["siren"]), key=("siren",))
    lines += brought.lines
    epci = brought.rows[0]
    wanted = [
        {
            "insee_code": one["insee_code"],
            "name": one["name"],
            "department": department[one["department"]],
            "epci": epci,
        }
        for one in row["communes"]
    ]
    codes = [one["insee_code"] for one in wanted]
    found = bring(
        wanted,
        into=Commune.objects.filter(insee_code__in=codes).select_related("epci", "department"),
        key=("insee_code",),
    )
    lines += found.lines
    gone = Commune.objects.filter(epci=epci).exclude(insee_code__in=codes)
    lines += [Line(Outcome.ABSENT, commune) for commune in gone]
    return {commune.insee_code: commune for commune in found.rows}


def _bring_neighbourhoods(rows: Rows, communes: Mapping[str, Commune], lines: list[Line]) -> None:
    wanted = [row | {"communes": [communes[code] for code in row["communes"]]} for row in map(dict, rows)]
    known = Neighbourhood.objects.filter(code__in=[row["code"] for row in rows])
    lines += bring(wanted, into=known.prefetch_related("communes"), key=("code",)).lines
