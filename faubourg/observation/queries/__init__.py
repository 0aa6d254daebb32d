"""What the pages of the territory read."""

from faubourg.observation.queries.equipment import equipment_of, one_equipment
from faubourg.observation.queries.figures import (
    Comparison,
    checks_of,
    comparison_of,
    latest_figures,
    neighbourhood_of,
    place_figures,
    territories_of,
)

__all__ = [
    "Comparison",
    "checks_of",
    "comparison_of",
    "equipment_of",
    "latest_figures",
    "neighbourhood_of",
    "one_equipment",
    "place_figures",
    "territories_of",
]
