"""Bring what a file of neighbourhoods says: outlines, list, correspondence, all or nothing (GEO-2)."""

from dataclasses import dataclass, field
from datetime import date, datetime

import shapely
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.documents.models import Document
from faubourg.journal.actions import write
from faubourg.territories.actions.cog import bring_communes
from faubourg.territories.models import Commune, Correspondence, Neighbourhood, Outline, Source
from faubourg.territories.rules.codes import DECREES
from faubourg.territories.rules.cog import Cog, current_code
from faubourg.territories.rules.files import Link, ReadFile, Row
from faubourg.territories.rules.shapes import SAME, area_m2
from faubourg.territories.states import NeighbourhoodKind


@dataclass
class Brought:
    """What a file changes, by code, and what forbids it: with one refusal nothing is written."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        return bool(not self.refused and (self.new or self.changed))


@dataclass
class _Known:
    """What the file adds to: by code, the neighbourhoods and their outlines; then what differs from them."""

    communes: dict[str, tuple[str, ...]]
    places: dict[str, Neighbourhood]
    outlines: dict[str, Outline]
    drawn: list[Row]
    moved: list[str]
    links: list[Link]


@transaction.atomic
def bring_file(
    read: ReadFile,
    cog: Cog,
    *,
    actor: User | None,
    now: datetime,
    dated: date | None = None,
    document: Document | None = None,
    dry_run: bool = False,
) -> Brought:
    """Write what differs from what is known. A second time changes nothing; `dry_run` writes nothing."""
    known = _compare(read, cog)
    brought = _told(read, cog, known)
    if dry_run or not brought.writes:
        return brought
    source = Source.objects.create(
        name=read.name[:200],
        sha256=read.sha256,
        kind=read.kind,
        vintage=read.rows[0].vintage if read.rows else None,
        dated=dated or read.dated,
        decree=DECREES[read.rows[0].vintage] if read.rows else "",
        document=document,
        received_at=now,
        imported_at=now,
        imported_by=actor,
    )
    bring_communes(cog, {one for each in known.communes.values() for one in each})
    _bring_places(read, known)
    _bring_outlines(known, source)
    _bring_links(known.links, source)
    counted = {
        "nouveaux": len(brought.new),
        "modifiés": len(brought.changed),
        "réparés": len(brought.repaired),
    }
    write(actor, "territories.bring_file", source, changes=counted)
    return brought


def _compare(read: ReadFile, cog: Cog) -> _Known:
    codes = [row.code for row in read.rows]
    communes = {
        row.code: tuple(dict.fromkeys(current_code(one, cog) for one in row.communes)) for row in read.rows
    }
    places = {
        one.code: one for one in Neighbourhood.objects.filter(code__in=codes).prefetch_related("communes")
    }
    current = Outline.objects.filter(is_current=True, neighbourhood__code__in=codes)
    outlines = {one.neighbourhood.code: one for one in current.select_related("neighbourhood")}
    return _Known(
        communes=communes,
        places=places,
        outlines=outlines,
        drawn=[
            row
            for row in read.rows
            if row.geometry is not None and not _is_drawn(row, outlines.get(row.code))
        ],
        moved=[
            code
            for code in codes
            if code in places
            and communes[code]
            and {one.insee_code for one in places[code].communes.all()} != set(communes[code])
        ],
        links=_fresh_links(read),
    )


def _fresh_links(read: ReadFile) -> list[Link]:
    if not read.links:
        return []
    known = set(Correspondence.objects.values_list("code_2024", "code_2015"))
    return [one for one in read.links if (one.code_2024, one.code_2015) not in known]


def _told(read: ReadFile, cog: Cog, known: _Known) -> Brought:
    """What the preview says; a commune that is nowhere refuses the file."""
    codes = [row.code for row in read.rows]
    communes = set(Commune.objects.values_list("insee_code", flat=True)) | set(cog.communes)
    changed = {*known.moved, *(row.code for row in known.drawn)}
    return Brought(
        new=[
            *(code for code in codes if code not in known.places),
            *(f"{one.code_2024} ↔ {one.code_2015 or 'aucun'}" for one in known.links),
        ],
        changed=[code for code in codes if code in known.places and code in changed],
        repaired=[f"{row.code} : {row.repaired}" for row in read.rows if row.repaired],
        refused=[
            *read.problems,
            *(
                f"{row.where}, {row.code} : la commune {one} n'est pas dans le code officiel {cog.year}."
                for row in read.rows
                for one in known.communes[row.code]
                if one not in communes
            ),
        ],
        notes=list(read.notes),
    )


def _bring_places(read: ReadFile, known: _Known) -> None:
    """Add those that are new to `known.places`; settle their communes and those of the ones that moved."""
    made = Neighbourhood.objects.bulk_create(
        [
            Neighbourhood(
                kind=NeighbourhoodKind.QPV,
                code=row.code,
                name=row.name,
                vintage=row.vintage,
                decree=DECREES[row.vintage],
            )
            for row in read.rows
            if row.code not in known.places
        ]
    )
    known.places |= {one.code: one for one in made}
    _settle_communes(known.places, known.communes, [*(one.code for one in made), *known.moved])


def _bring_outlines(known: _Known, source: Source) -> None:
    """The former outline of a neighbourhood is kept, and no longer current."""
    former = [known.outlines[row.code].pk for row in known.drawn if row.code in known.outlines]
    Outline.objects.filter(pk__in=former).update(is_current=False)
    Outline.objects.bulk_create([_outline(row, known.places[row.code], source) for row in known.drawn])


def _bring_links(links: list[Link], source: Source) -> None:
    Correspondence.objects.bulk_create(
        [
            Correspondence(
                code_2024=one.code_2024,
                code_2015=one.code_2015,
                name_2015=one.name_2015,
                status=one.status,
                source=source,
            )
            for one in {(one.code_2024, one.code_2015): one for one in links}.values()
        ]
    )


def _is_drawn(row: Row, outline: Outline | None) -> bool:
    return outline is not None and bool(
        shapely.equals_exact(shapely.from_wkb(bytes(outline.geometry)), row.geometry, SAME)
    )


def _settle_communes(
    places: dict[str, Neighbourhood], communes: dict[str, tuple[str, ...]], codes: list[str]
) -> None:
    through = Neighbourhood.communes.through
    pk = dict(Commune.objects.values_list("insee_code", "pk"))
    through.objects.filter(neighbourhood__in=[places[code].pk for code in codes]).delete()
    through.objects.bulk_create(
        [
            through(neighbourhood_id=places[code].pk, commune_id=pk[one])
            for code in codes
            for one in communes[code]
        ]
    )


def _outline(row: Row, place: Neighbourhood, source: Source) -> Outline:
    west, south, east, north = row.geometry.bounds
    return Outline(
        neighbourhood=place,
        source=source,
        geometry=shapely.to_wkb(row.geometry),
        area_m2=area_m2(row.geometry),
        min_lon=west,
        min_lat=south,
        max_lon=east,
        max_lat=north,
        repaired=row.repaired[:300],
    )
