"""Locators of a generation, and the answer about one point with its map."""

from collections.abc import Sequence
from dataclasses import dataclass

from faubourg.territories.models import Neighbourhood, Outline
from faubourg.territories.queries.addresses import Finder
from faubourg.territories.queries.outlines import current
from faubourg.territories.rules.addresses.asked import Asked
from faubourg.territories.rules.addresses.matching import Candidate
from faubourg.territories.rules.answers import Answer, Place, Shape, Why
from faubourg.territories.rules.covering import Coverage
from faubourg.territories.rules.france import department_of_commune
from faubourg.territories.rules.locating import Locator
from faubourg.territories.rules.maps import Drawing, draw
from faubourg.territories.rules.typed_points import Order, TypedPoint
from faubourg.territories.states import NeighbourhoodKind

DRAWN_WITHIN = 2_000
"""Metres: farther, the outline would be a speck on the map."""
OFFERED = 3
"""Other addresses to choose from, when the one found is doubtful."""
_kept: dict[int, tuple[object, Locator]] = {}


@dataclass(frozen=True)
class Located:
    """What is said of a point, or of an address, typed on the page."""

    point: TypedPoint | None
    answer: Answer
    drawing: Drawing | None
    address: Candidate | None = None
    others: Sequence[Candidate] = ()
    is_unloaded: bool = False
    """No address at all is known here."""

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


def located(asked: TypedPoint | Asked, vintage: int = 2024) -> Located:
    if isinstance(asked, TypedPoint):
        return _located(asked, None, (), vintage)
    finder = Finder()
    found = finder.find_all([asked])[0]
    if not found:
        answer = Answer(Place.UNKNOWN, why=Why.NO_ADDRESS)
        return Located(None, answer, None, is_unloaded=finder.is_empty)
    best = found[0]
    others = () if best.is_sure else found[1 : 1 + OFFERED]
    return _located(TypedPoint(best.lon, best.lat, Order.ADDRESS), best, others, vintage)


def _located(
    point: TypedPoint, address: Candidate | None, others: Sequence[Candidate], vintage: int
) -> Located:
    answer = _same_locator(vintage).locate_one(
        point.lon,
        point.lat,
        coarse=address is not None and not address.is_sure,
        department=department_of_commune(address.insee_code) if address else "",
    )
    near, metres = answer.shape or answer.nearest, answer.metres
    drawing = None
    if near is not None and metres is not None and metres <= DRAWN_WITHIN:
        drawing = draw(near.polygon, near.name, near.version, (point.lon, point.lat))
    return Located(point, answer, drawing, address, others)


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
