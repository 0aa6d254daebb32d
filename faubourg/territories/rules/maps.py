"""A map of one outline, without script or tiles: an SVG path, a scale bar, words for who cannot see."""

from dataclasses import dataclass
from math import cos, floor, log10, radians, sin, sqrt
from typing import Any

import shapely

SIDE = 400
"""The longest side of the drawing, in units of the SVG."""
MARGIN = 12
FOOT = 40
"""Room under the outline for the scale bar."""
EQUATOR = 6378137.0
"""Half the long axis of the ellipsoid WGS84, metres."""
ECCENTRICITY = 0.00669437999014
"""Its first eccentricity, squared."""


@dataclass(frozen=True)
class Drawing:
    """What a template writes in its `<svg>`. Numbers are texts with a point, as SVG wants them."""

    path: str
    """Every ring, exterior and holes, to be filled with the even-odd rule; north is up."""
    width: int
    height: int
    bar: str
    """Length of the scale bar in units, drawn from `bar_from` to `bar_to` at the height `bar_at`."""
    bar_from: str
    bar_to: str
    bar_at: str
    bar_label: str
    """ "200 m", "1 km"."""
    mark: tuple[str, str] | None
    """Where a point is on the drawing, x then y, when one was given."""
    title: str
    description: str

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def degree_lengths(lat: float) -> tuple[float, float]:
    """Metres in a degree of longitude and in a degree of latitude at `lat` (degrees), on WGS84."""
    bend = 1 - ECCENTRICITY * sin(radians(lat)) ** 2
    across = EQUATOR / sqrt(bend) * cos(radians(lat))
    along = EQUATOR * (1 - ECCENTRICITY) / bend**1.5
    return radians(across), radians(along)


def draw(shape: Any, name: str, version: str, point: tuple[float, float] | None = None) -> Drawing:
    """The map of a MultiPolygon in longitude and latitude, equirectangular at its own middle latitude.

    A neighbourhood is a few kilometres wide: the error of the projection stays under a thousandth.
    `version` is what the outline is cited by; `point`, a longitude and a latitude, is on the map too.
    """
    west, south, east, north = (shape if point is None else shape.union(shapely.Point(point))).bounds
    across, along = degree_lengths((south + north) / 2)
    wide, high = (east - west) * across, (north - south) * along
    unit = (SIDE - 2 * MARGIN) / max(wide, high)
    metres = bar_metres(wide)

    def place(lon: float, lat: float) -> tuple[float, float]:
        return MARGIN + (lon - west) * across * unit, MARGIN + (north - lat) * along * unit

    mark = None if point is None else place(*point)
    path = " ".join(
        _ring(ring, place)
        for polygon in shapely.get_parts(shape)
        for ring in (polygon.exterior, *polygon.interiors)
    )
    width, top = max(round(wide * unit), 120) + 2 * MARGIN, round(high * unit) + 2 * MARGIN
    label = f"{metres // 1000}\u00a0km" if metres >= 1000 else f"{metres}\u00a0m"
    return Drawing(
        path=path,
        width=width,
        height=top + FOOT,
        bar=f"{metres * unit:.1f}",
        bar_from=f"{MARGIN:.1f}",
        bar_to=f"{MARGIN + metres * unit:.1f}",
        bar_at=f"{top + FOOT - MARGIN:.1f}",
        bar_label=label,
        mark=None if mark is None else (f"{mark[0]:.1f}", f"{mark[1]:.1f}"),
        title=f"Contour de {name}",
        description=(
            f"Le nord est en haut. Le contour tient dans {_distance(wide)} d'ouest en est et "
            f"{_distance(high)} du nord au sud. "
            f"Source du contour : {version}."
        ),
    )


def bar_metres(wide: float) -> int:
    """The longest round length (1, 2 or 5 then zeros, metres) within half of `wide` metres; 1 at least."""
    room = max(wide / 2, 1)
    power = 10 ** floor(log10(room))
    return int(next(step * power for step in (5, 2, 1) if step * power <= room))


def _ring(ring: Any, place: Any) -> str:
    """The last point of a ring is its first: `Z` says it."""
    points = [place(lon, lat) for lon, lat, *_ in ring.coords[:-1]]
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + " Z"


def _distance(metres: float) -> str:
    return (
        f"{round(metres, -1):.0f}\u00a0m"
        if metres < 1000
        else f"{metres / 1000:.1f}\u00a0km".replace(".", ",")
    )
