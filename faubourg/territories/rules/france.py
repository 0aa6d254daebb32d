"""Where France is, in longitudes and latitudes: what tells a coordinate from a mistake.

Boxes are generous (kilometres of sea around each territory); they never decide that a point is in a QPV.
"""

from functools import cache
from math import asinh, degrees, radians, tan
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

Floats = NDArray[np.float64]

MAINLAND = "métropole"
ZONES: dict[str, tuple[float, float, float, float]] = {
    MAINLAND: (-5.6, 41.2, 9.8, 51.3),
    "971": (-61.95, 15.75, -60.9, 16.6),
    "972": (-61.35, 14.3, -60.7, 15.0),
    "973": (-54.8, 2.0, -51.4, 6.0),
    "974": (55.1, -21.5, 55.95, -20.75),
    "975": (-56.6, 46.6, -56.0, 47.3),
    "976": (44.9, -13.15, 45.4, -12.5),
    "977": (-63.0, 17.8, -62.7, 18.05),
    "978": (-63.25, 18.0, -62.9, 18.2),
    "986": (-178.3, -14.5, -176.0, -13.1),
    "987": (-155.0, -28.0, -134.0, -7.5),
    "988": (157.5, -23.2, 172.5, -17.5),
}
"""Territory → west, south, east, north."""
NAMES = tuple(ZONES)
_BOXES = np.array(list(ZONES.values()))
SEMI_MAJOR, ECCENTRICITY_2 = 6378137.0, 0.00669437999014
"""The WGS84 ellipsoid."""


def zones_of(lons: Floats, lats: Floats) -> NDArray[np.int8]:
    """The position in NAMES of the territory that holds each point; -1 outside France or for NaN."""
    found = np.full(len(lons), -1, np.int8)
    for number in range(len(NAMES) - 1, -1, -1):
        west, south, east, north = _BOXES[number]
        found[(lons >= west) & (lons <= east) & (lats >= south) & (lats <= north)] = number
    return found


def zone_of(lon: float, lat: float) -> int:
    """The same for one point."""
    for number, (west, south, east, north) in enumerate(ZONES.values()):
        if west <= lon <= east and south <= lat <= north:
            return number
    return -1


def zone_of_department(department: str) -> str:
    return department if department in ZONES else MAINLAND


def metres_per_degree(lats: Any) -> tuple[Any, Any]:
    """Metres in one degree of longitude, then of latitude, at these latitudes, on the WGS84 ellipsoid.

    A plane with these two scales is exact at its centre, and within 0.1 % two kilometres around it: it keeps
    straight the sides that are straight in longitude and latitude, and serves overseas as in mainland France.
    """
    angle = np.radians(lats)
    curve = 1 - ECCENTRICITY_2 * np.sin(angle) ** 2
    east = np.cos(angle) * SEMI_MAJOR / np.sqrt(curve)
    north = SEMI_MAJOR * (1 - ECCENTRICITY_2) / curve**1.5
    return east * np.pi / 180, north * np.pi / 180


def mercator(lat: float) -> float:
    """The ordinate, in degrees, that makes a plane where near things keep their shape: what is nearest there
    is nearest on the ground."""
    return degrees(asinh(tan(radians(lat))))


def conformal(points: Floats) -> Floats:
    """The same for many points, longitude then latitude."""
    return np.column_stack((points[:, 0], np.degrees(np.arcsinh(np.tan(np.radians(points[:, 1]))))))


def is_lambert93(x: Any, y: Any) -> Any:
    """Metres of the projection of mainland France (EPSG:2154), within its bounds: one point or many."""
    return (x >= 0) & (x <= 1_300_000) & (y >= 6_000_000) & (y <= 7_200_000)


def from_lambert93(xs: Any, ys: Any) -> tuple[Any, Any]:
    """Longitudes and latitudes of one point or of many."""
    lons, lats = _lambert93().transform(xs, ys)
    return lons, lats


@cache
def _lambert93() -> Transformer:
    return Transformer.from_crs(2154, 4326, always_xy=True)


def department_of_qpv(code: str) -> str:
    """QN03014M → 30, QN02A01M → 2A, QN97101M → 971; "" for what is not the code of a QPV."""
    part = code[2:5] if code[:2] in ("QN", "QP") and len(code) == 8 else ""
    return part if part.startswith(("97", "98")) else part[1:]


def department_of_commune(insee_code: str) -> str:
    """30227 → 30, 2A004 → 2A, 97105 → 971; "" for what is not the code of a commune."""
    code = insee_code.strip().upper()
    if len(code) == 4 and code.isdigit():  # a spreadsheet has eaten the zero
        code = f"0{code}"
    if len(code) != 5 or not code[2:].isdigit():
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]
