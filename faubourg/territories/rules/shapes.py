"""Outlines: projected, looked at, repaired, measured. Shapes are shapely's, WGS84 longitude and latitude."""

from collections.abc import Sequence
from typing import Any

import numpy
import shapely
from pyproj import CRS, Geod, Transformer

from faubourg.territories.rules.codes import department_of
from faubourg.territories.rules.departments import MIDDLES, REACH, WIDE

WGS84 = CRS.from_epsg(4326)
EARTH = Geod(ellps="WGS84")
SAME = 1e-8
"""Degrees under which two outlines are the same: a millimetre, what a projection and back may move."""
REASONS = {
    "Self-intersection": "des bords se croisaient",
    "Ring Self-intersection": "un bord se touchait lui-même",
    "Hole lies outside shell": "un trou était dehors",
    "Holes are nested": "des trous étaient l'un dans l'autre",
    "Interior is disconnected": "un trou coupait le quartier en deux",
    "Nested shells": "des morceaux étaient l'un sur l'autre",
    "Duplicate Rings": "un bord était en double",
}


class BadShape(Exception):
    """The sentence says why this outline, or this row, is refused."""


def in_wgs84(shapes: Sequence[Any], crs: CRS) -> Sequence[Any]:
    """The same shapes, flat, in longitude and latitude. A French datum is within a metre of WGS84."""
    flat = shapely.force_2d(numpy.array(shapes, dtype=object))
    if crs.is_geographic and crs.ellipsoid and round(crs.ellipsoid.semi_major_metre) == 6378137:
        return list(flat)
    transformer = Transformer.from_crs(crs, WGS84, always_xy=True)
    return list(shapely.transform(flat, transformer.transform, interleaved=False))


def misplaced(shape: Any, code: str) -> None:
    """Raise BadShape when a shape is not where its code says it is."""
    west, south, east, north = shape.bounds
    if not all(map(numpy.isfinite, (west, south, east, north))):
        raise BadShape("ses coordonnées ne sont pas dans la projection annoncée.")
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadShape("ses coordonnées sont en mètres et le fichier les dit en degrés : projection fausse.")
    lon, lat = (west + east) / 2, (south + north) / 2
    department = department_of(code)
    if department not in MIDDLES or _near(lon, lat, department):
        return
    if abs(lon) <= 90 and _near(lat, lon, department):
        raise BadShape("longitude et latitude sont inversées.")
    place = f"{lon:.2f} / {lat:.2f}".replace(".", ",")
    raise BadShape(f"son contour ({place}, longitude / latitude) est loin du département {department}.")


def _near(lon: float, lat: float, department: str) -> bool:
    middle = MIDDLES[department]
    return float(EARTH.inv(lon, lat, *middle)[2]) <= WIDE.get(department, REACH)


def mended(shape: Any) -> tuple[Any, str]:
    """(a valid MultiPolygon in a settled order, what was repaired or ""); BadShape when none is left."""
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise BadShape("ce n'est pas un polygone.")
    repaired = ""
    if not shape.is_valid:
        reason, _, place = shapely.is_valid_reason(shape).partition("[")
        repaired = REASONS.get(reason.strip(), "le tracé était invalide")
        if place:
            repaired += f", près de {place.rstrip(']').replace('.', ',').replace(' ', ' / ')}"
        shape = shapely.make_valid(shape)
    polygons = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    if not polygons:
        raise BadShape("son contour n'a pas de surface.")
    return shapely.MultiPolygon(polygons).normalize(), repaired


def area_m2(shape: Any) -> float:
    """Square metres on the ellipsoid."""
    return abs(float(EARTH.geometry_area_perimeter(shape)[0]))
