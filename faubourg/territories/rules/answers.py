"""What is said of a place: the four verdicts, why there is a doubt, and the distances that decide."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from faubourg.territories.rules.france import Floats


@dataclass(frozen=True)
class Tolerance:
    """A distance that decides, with its date and its source."""

    metres: float
    from_on: date
    source: str


BORDER_DOUBT = Tolerance(
    20,
    date(2026, 11, 1),
    "Écart médian de 16 m entre deux jeux publics des 33 QPV « identiques » d'Occitanie (formats §1.4)",
)
"""Nearer than this to a border, nobody can say on which side an address is."""
REACH = 500.0
"""Metres up to which the distance of each point of a list is computed; one point alone always has its own."""


class Place(StrEnum):
    """The verdict, as it is written in files."""

    IN = "dans"
    OUT = "hors"
    TO_CHECK = "à vérifier"
    UNKNOWN = "indéterminé"


class Why(IntEnum):
    """What leaves a doubt."""

    NOTHING = 0
    BORDER = 1
    COARSE = 2
    NO_OUTLINE = 3
    NO_POINT = 4
    SWAPPED = 5
    PROJECTED = 6
    ABROAD = 7
    NO_ADDRESS = 8


REASONS = {
    Why.NOTHING: "",
    Why.BORDER: "à moins de 20 m d'une limite du quartier",
    Why.COARSE: "adresse située moins finement qu'au numéro",
    Why.NO_OUTLINE: "les contours connus ne couvrent pas ce lieu",
    Why.NO_POINT: "coordonnées absentes ou illisibles",
    Why.SWAPPED: "longitude et latitude semblent inversées",
    Why.PROJECTED: "coordonnées en mètres, et non en degrés",
    Why.ABROAD: "coordonnées hors de France",
    Why.NO_ADDRESS: "cette adresse n'est pas parmi celles qui sont chargées",
}
VERDICTS = (Place.UNKNOWN, Place.IN, Place.OUT, Place.TO_CHECK)
UNKNOWN, IN, OUT, TO_CHECK = range(4)


@dataclass(frozen=True)
class Shape:
    """The outline of one QPV: a (Multi)Polygon in WGS84 degrees, and which version of it that is."""

    code: str
    name: str
    polygon: Any
    version: str


@dataclass(frozen=True)
class Answer:
    """What is said of one point. `metres` to the nearest border, None when there is no border or no point."""

    verdict: Place
    shape: Shape | None = None
    metres: float | None = None
    why: Why = Why.NOTHING
    nearest: Shape | None = None
    """The outline whose border that is; `shape` is the one that answers, none when it is « hors »."""

    @property
    def reason(self) -> str:
        return REASONS[self.why]


@dataclass(frozen=True)
class Answers:
    """What is said of many points, in columns. `shape` is a position in `Locator.shapes`, -1 for none;
    `metres` is NaN beyond REACH, which is « hors », and where there is no point."""

    verdict: NDArray[np.int8]
    shape: NDArray[np.int32]
    metres: Floats
    why: NDArray[np.int8]
