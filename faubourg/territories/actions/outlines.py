"""Bring what a file of neighbourhoods says: outlines, list, correspondence, all or nothing (GEO-2).

Neighbourhoods are shared by every contract: callers have demanded the right.
"""

from datetime import date, datetime

import shapely
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.documents.actions import keep
from faubourg.documents.models import Document
from faubourg.journal.actions import write
from faubourg.territories.actions.cog import bring_communes
from faubourg.territories.models import Commune, Correspondence, Neighbourhood, Outline, Source
from faubourg.territories.queries.incoming import Brought, Known, compare, told
from faubourg.territories.rules.codes import DECREES
from faubourg.territories.rules.cog import Cog
from faubourg.territories.rules.files import Link, ReadFile, Row
from faubourg.territories.rules.shapes import area_m2
from faubourg.territories.states import NeighbourhoodKind


@transaction.atomic
def receive_file(
    read: ReadFile, content: bytes, *, actor: User, now: datetime, dated: date | None = None
) -> Source:
    """Keep a file until somebody has read its preview. The same one, still waiting, is kept once."""
    waiting = Source.objects.filter(sha256=read.sha256, imported_at=None).first()
    if waiting:
        return waiting
    document = keep(content, read.name, "application/octet-stream", actor=actor, now=now)
    source = _source(read, document, dated, now)
    source.save()
    write(actor, "territories.receive_file", source)
    return source


@transaction.atomic
def bring_file(
    read: ReadFile,
    cog: Cog,
    *,
    actor: User | None,
    now: datetime,
    dated: date | None = None,
    document: Document | None = None,
    waiting: Source | None = None,
) -> Brought:
    """Write what differs from what is known, the source with it. A second time changes nothing."""
    known = compare(read, cog)
    brought = told(read, cog, known)
    if not brought.writes:
        return brought
    source = waiting or _source(read, document, dated, now)
    source.imported_at, source.imported_by = now, actor
    source.save()
    bring_communes(cog, {one for each in known.communes.values() for one in each})
    _bring_places(read, known)
    _bring_outlines(known, source)
    _bring_links(known, source)
    counted = {
        "nouveaux": len(brought.new),
        "modifiés": len(brought.changed),
        "renommés": len(brought.renamed),
        "réparés": len(brought.repaired),
    }
    write(actor, "territories.bring_file", source, changes=counted)
    return brought


def _source(read: ReadFile, document: Document | None, dated: date | None, now: datetime) -> Source:
    vintage = read.rows[0].vintage if read.rows else None
    return Source(
        name=read.name[:200],
        sha256=read.sha256,
        kind=read.kind,
        vintage=vintage,
        dated=dated or read.dated,
        decree=DECREES[vintage] if vintage else "",
        document=document,
        received_at=now,
    )


def _bring_places(read: ReadFile, known: Known) -> None:
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
    for row in known.renamed:
        known.places[row.code].name = row.name
    Neighbourhood.objects.bulk_update([known.places[row.code] for row in known.renamed], ["name"])
    known.places |= {one.code: one for one in made}
    _settle_communes(known.places, known.communes, [*(one.code for one in made), *known.moved])


def _bring_outlines(known: Known, source: Source) -> None:
    """The former outline of a neighbourhood is kept, and no longer current."""
    former = [known.outlines[row.code].pk for row in known.drawn if row.code in known.outlines]
    Outline.objects.filter(pk__in=former).update(is_current=False)
    Outline.objects.bulk_create([_outline(row, known.places[row.code], source) for row in known.drawn])


def _bring_links(known: Known, source: Source) -> None:
    Correspondence.objects.filter(pk__in=[one.pk for one in known.former_links]).delete()
    Correspondence.objects.bulk_create(
        [_correspondence(one, source) for one in known.links],
        update_conflicts=True,
        unique_fields=("code_2024", "code_2015"),
        update_fields=("name_2015", "status", "source"),
    )


def _correspondence(link: Link, source: Source) -> Correspondence:
    return Correspondence(
        code_2024=link.code_2024,
        code_2015=link.code_2015,
        name_2015=link.name_2015,
        status=link.status,
        source=source,
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
