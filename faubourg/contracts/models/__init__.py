"""Contrat de ville : ce qui est signé, et comment son projet de quartier a changé depuis."""

from faubourg.contracts.models.contract import (
    LINES_HELP,
    Annex,
    Clarification,
    Contract,
    Objective,
    Orientation,
    Parameter,
    Representative,
    Resolution,
    Signatory,
    TeamMember,
    Visa,
)
from faubourg.contracts.models.project import (
    ObjectiveChange,
    PrioritySheet,
    TreeVersion,
)

__all__ = [
    "LINES_HELP",
    "Annex",
    "Clarification",
    "Contract",
    "Objective",
    "ObjectiveChange",
    "Orientation",
    "Parameter",
    "PrioritySheet",
    "Representative",
    "Resolution",
    "Signatory",
    "TeamMember",
    "TreeVersion",
    "Visa",
]
