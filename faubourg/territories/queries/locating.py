"""Locators of a generation, and the answer about one point with its map."""

from dataclasses import dataclass

from faubourg.territories.models import Neighbourhood, Outline
from faubourg.territories.queries.outlines import current
from faubourg.territories.rules.answers import Answer, Shape
from faubourg.territories.rules.covering import Coverage
from faubourg.territories.rules.locating import Locator
from faubourg.territories.rules.maps import Drawing, draw
from faubourg.territories.rules.typed_points import TypedPoint
from faubourg.territories.states import NeighbourhoodKind

DRAWN_WITHIN = 2_000
"""Metres: farther, the outline would be a speck on the map."""
_kept: dict[int, tuple[object, Locator]] = {}


@dataclass(frozen=True)
class Located:
    """What is said of a point typed on the page."""

    point: TypedPoint
    answer: Answer
    drawing: Drawing | None

    @property
    def away(self) -> str:
        """The distance to the nearest border, in words; "" when there is none."""
        metres = self.answer.metres
        if metres is None:
            return ""
        return f"{metres:.0f}\u00a0m" if metres < 1000 else f"{metres / 1000:.1f}\u00a0km".replace(".", ",")


def locator(vintage: int = 2024) -> Locator:
    """Made of what is in force now, in two queries; whoever asks many times keeps it."""
    shapes = [
        Shape(one.code, one.name, one.geometry, one.version)
        for one in current(vintage)
        if one.kind == NeighbourhoodKind.QPV
    ]
    known = Neighbourhood.objects.qpvs().filter(vintage=vintage).values_list("code", flat=True)
    codes = [shape.code for shape in shapes]
    return Locator(shapes, Coverage.of(codes, known, vintage=vintage))


def located(point: TypedPoint, vintage: int = 2024) -> Located:
    answer = _same_locator(vintage).locate_one(point.lon, point.lat)
    near, metres = answer.shape or answer.nearest, answer.metres
    drawing = None
    if near is not None and metres is not None and metres <= DRAWN_WITHIN:
        drawing = draw(near.polygon, near.name, near.version, (point.lon, point.lat))
    return Located(point, answer, drawing)


def _same_locator(vintage: int) -> Locator:
    """The one this process made last, until an outline, a name or a neighbourhood changes."""
    places = Neighbourhood.objects.qpvs().filter(vintage=vintage).order_by("pk")
    outlines = Outline.objects.filter(is_current=True, neighbourhood__vintage=vintage).order_by("pk")
    marks = (
        list(places.values_list("code", "name")),
        list(outlines.values_list("pk", "source__sha256", "source__dated", "area_m2", "min_lon", "min_lat")),
    )
    if vintage not in _kept or _kept[vintage][0] != marks:
        _kept[vintage] = marks, locator(vintage)
    return _kept[vintage][1]
