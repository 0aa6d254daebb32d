"""Dossiers : la demande d'une structure, son projet, son budget, ce qu'elle demande à chaque financeur."""

from faubourg.applications.models.application import (
    HELPERS,
    Application,
    ApplicationQuerySet,
    ApplicationTerritory,
    ProjectIndicator,
    ProjectWords,
)
from faubourg.applications.models.budget import BudgetFile, BudgetLine, FundingRequest
from faubourg.applications.models.papers import ApplicationPaper

__all__ = [
    "HELPERS",
    "Application",
    "ApplicationPaper",
    "ApplicationQuerySet",
    "ApplicationTerritory",
    "BudgetFile",
    "BudgetLine",
    "FundingRequest",
    "ProjectIndicator",
    "ProjectWords",
]
