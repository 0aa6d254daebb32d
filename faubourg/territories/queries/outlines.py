"""The outlines in force, ready to be asked."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from faubourg.territories.models import Outline
from faubourg.territories.rules.sources import version_label


@dataclass(frozen=True)
class CurrentOutline:
    """A neighbourhood and the outline in force: WGS84, longitude then latitude, degrees."""

    code: str
    name: str
    kind: str
    vintage: int
    version: str
    """Which file says so: "ANCT, 15/01/2026, 3fa2c1"."""
    geometry: BaseGeometry
    """A shapely MultiPolygon."""


def current(vintage: int | None = None) -> list[CurrentOutline]:
    """Every outline in force, of one generation when it is named, in one query, by code."""
    rows = Outline.objects.filter(is_current=True).order_by("neighbourhood__code")
    if vintage is not None:
        rows = rows.filter(neighbourhood__vintage=vintage)
    found = list(
        rows.values_list(
            "neighbourhood__code",
            "neighbourhood__name",
            "neighbourhood__kind",
            "neighbourhood__vintage",
            "source__publisher",
            "source__dated",
            "source__sha256",
            "geometry",
        )
    )
    shapes = shapely.from_wkb([bytes(row[-1]) for row in found])
    return [
        CurrentOutline(code, name, kind, of_year, version_label(publisher, dated, sha256), shape)
        for (code, name, kind, of_year, publisher, dated, sha256, _), shape in zip(found, shapes, strict=True)
    ]
