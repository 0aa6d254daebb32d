"""What the pages of the territory read; `figures_block` is what a page of the portal includes."""

from faubourg.observation.queries.equipment import equipment_of
from faubourg.observation.queries.figures import (
    Comparison,
    checks_of,
    comparison_of,
    figures_block,
    neighbourhood_of,
    place_figures,
    territories_of,
)

__all__ = [
    "Comparison",
    "checks_of",
    "comparison_of",
    "equipment_of",
    "figures_block",
    "neighbourhood_of",
    "place_figures",
    "territories_of",
]
