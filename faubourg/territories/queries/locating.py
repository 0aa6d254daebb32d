"""The locator of a generation: the outlines in force, and the QPV known to have none."""

from faubourg.territories.models import Neighbourhood
from faubourg.territories.queries.outlines import current
from faubourg.territories.rules.answers import Shape
from faubourg.territories.rules.covering import Coverage
from faubourg.territories.rules.locating import Locator
from faubourg.territories.states import NeighbourhoodKind


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
