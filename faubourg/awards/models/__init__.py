"""What is decided, what is only tried, what is left of a budget when less is given."""

from faubourg.awards.models.decisions import (
    AwardNotice,
    FinalColumn,
    FundingDecision,
    ProgrammeItem,
    ValidatedApplication,
    ValidationException,
)
from faubourg.awards.models.plans import ReducedLine, ReducedPlan
from faubourg.awards.models.scenarios import Scenario, ScenarioAmount, WaitingRequest

__all__ = [
    "AwardNotice",
    "FinalColumn",
    "FundingDecision",
    "ProgrammeItem",
    "ReducedLine",
    "ReducedPlan",
    "Scenario",
    "ScenarioAmount",
    "ValidatedApplication",
    "ValidationException",
    "WaitingRequest",
]
