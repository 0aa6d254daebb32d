"""A point as people copy it from a map: « 44.262, 4.197 », « 4,197 ; 44,262 », « 44.262° N 4.197° E »."""

import re
from dataclasses import dataclass
from enum import StrEnum

from faubourg.territories.rules.france import from_lambert93, is_lambert93, zone_of

NUMBER = re.compile(r"([-−+]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEOW](?![^\W\d_]))?", re.IGNORECASE)
NAMES = re.compile(r"\b(?:lon|longitude|lat|latitude|x|y)\b", re.IGNORECASE)


class Order(StrEnum):
    """In which order the two numbers were read, as it is said."""

    LAT_LON = "latitude puis longitude"
    LON_LAT = "longitude puis latitude"
    ADDRESS = "point de l'adresse trouvée"
    LAMBERT = "coordonnées Lambert-93 (x puis y), converties"


class NotAPoint(Exception):
    """What is typed is no point; the text is a French sentence."""


@dataclass(frozen=True)
class TypedPoint:
    """Degrees in WGS84, and how they were understood."""

    lon: float
    lat: float
    order: Order

    def __str__(self) -> str:
        return f"latitude {self.lat:.5f}, longitude {self.lon:.5f}".replace(".", ",")


def read_point(text: str) -> TypedPoint:
    """The order is the one that falls in France; when neither does, latitude first, as on French maps."""
    found = NUMBER.findall(text)
    if len(found) != 2 or re.search(r"[^\W\d_]", NAMES.sub("", NUMBER.sub("", text))):
        raise NotAPoint("Écrivez deux nombres en degrés décimaux, par exemple 44,262 ; 4,197.")
    (first, side), (second, _) = [(_signed(digits, side), side.upper()) for digits, side in found]
    if is_lambert93(first, second):
        lon, lat = from_lambert93(first, second)
        return TypedPoint(float(lon), float(lat), Order.LAMBERT)
    is_lon_first = side in ("E", "O", "W") if side else zone_of(first, second) >= 0
    if is_lon_first:
        return TypedPoint(first, second, Order.LON_LAT)
    return TypedPoint(second, first, Order.LAT_LON)


def _signed(digits: str, side: str) -> float:
    value = float(digits.replace(",", ".").replace("−", "-"))
    return -abs(value) if side.upper() in ("S", "O", "W") else value
