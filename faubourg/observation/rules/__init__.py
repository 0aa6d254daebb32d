"""What may be said of two figures. Pure: plain values in, a verdict or a sentence out."""

from faubourg.observation.rules.arithmetic import Finding, check_share, check_unit, check_whole
from faubourg.observation.rules.comparing import Gap, Reading, change, evolution, gap
from faubourg.observation.rules.places import Place, read_place

__all__ = [
    "Finding",
    "Gap",
    "Place",
    "Reading",
    "change",
    "check_share",
    "check_unit",
    "check_whole",
    "evolution",
    "gap",
    "read_place",
]
