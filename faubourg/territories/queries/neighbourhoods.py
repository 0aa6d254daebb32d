"""Neighbourhoods as the register shows them (GEO-1)."""

from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from faubourg.territories.models import Commune, Correspondence, Neighbourhood, Outline
from faubourg.territories.rules.maps import Drawing, draw
from faubourg.territories.states import NeighbourhoodKind
from faubourg.toolkit.folding import search


@dataclass(frozen=True)
class Filters:
    """What the list is asked for; empty asks for all."""

    typed: str = ""
    """Words of the name, of the code or of a commune, whatever their accents."""
    vintage: int | None = None
    kind: str = ""


@dataclass(frozen=True)
class Mapped:
    """The outline in force of a neighbourhood: where it comes from, its size, its map."""

    version: str
    source_name: str
    hectares: float
    repaired: str
    drawing: Drawing


@dataclass(frozen=True)
class Relative:
    """A neighbourhood of the other generation that the official correspondence names."""

    code: str
    name: str
    """Empty when neither the correspondence nor the register gives it."""
    status: str
    percent: float | None
    """The part the correspondence gives, in hundredths; None when it gives none."""
    version: str
    is_known: bool
    """Whether the register has a page for it."""


def neighbourhoods(filters: Filters) -> QuerySet[Neighbourhood]:
    """The latest generation first, then by name, with their communes and `has_outline`."""
    rows = Neighbourhood.objects.annotate(has_outline=Exists(_in_force()))
    if filters.vintage is not None:
        rows = rows.filter(vintage=filters.vintage)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.typed:
        named = search(Neighbourhood.objects.order_by(), ("name", "code", "communes__name"), filters.typed)
        rows = rows.filter(pk__in=named.values("pk"))
    return rows.order_by("-vintage", "name", "code").prefetch_related("communes")


def qpvs_to_export(filters: Filters) -> QuerySet[Any]:
    """The QPV of a list, by code, with their places and `contour` (WKB in WGS84, None when there is none)."""
    rows = neighbourhoods(Filters(filters.typed, filters.vintage)).filter(kind=NeighbourhoodKind.QPV)
    outline = Subquery(_in_force().values("geometry")[:1])
    return (
        rows.annotate(contour=outline)
        .order_by("code")
        .prefetch_related(None)
        .prefetch_related("communes__department__region", "communes__epci")
    )


def neighbourhood_by_code(code: str) -> Neighbourhood:
    """One neighbourhood, with its communes, their departments and intercommunalities, or 404."""
    communes = Prefetch("communes", Commune.objects.select_related("department__region", "epci"))
    return get_object_or_404(Neighbourhood.objects.prefetch_related(communes), code=code)


def mapped(place: Neighbourhood) -> Mapped | None:
    """Its outline in force, or None."""
    outline = Outline.objects.filter(neighbourhood=place, is_current=True).select_related("source").first()
    if outline is None:
        return None
    version = outline.source.version
    return Mapped(
        version=version,
        source_name=outline.source.name,
        hectares=outline.area_m2 / 10_000,
        repaired=outline.repaired,
        drawing=draw(shapely.from_wkb(bytes(outline.geometry)), place.name, version),
    )


def relatives(place: Neighbourhood) -> list[Relative]:
    """Its neighbourhoods of the other generation by the official correspondence, never by the number."""
    is_later = place.vintage == 2024
    side = {"code_2024": place.code} if is_later else {"code_2015": place.code}
    other = "code_2015" if is_later else "code_2024"
    named = Neighbourhood.objects.filter(code=OuterRef(other)).values("name")[:1]
    links = Correspondence.objects.filter(**side).select_related("source").annotate(known_as=Subquery(named))
    return [
        Relative(
            code=getattr(link, other),
            name=link.known_as or (link.name_2015 if is_later else ""),
            status=link.status,
            percent=None if link.part is None else float(link.part) * 100,
            version=link.source.version,
            is_known=link.known_as is not None,
        )
        for link in links
    ]


def _in_force() -> QuerySet[Outline]:
    return Outline.objects.filter(neighbourhood=OuterRef("pk"), is_current=True)
