"""Habitants : conseils citoyens, concertations, ce que les habitants ont dit."""

from faubourg.consultation.models.allowances import (
    CouncilExpense,
)
from faubourg.consultation.models.coding import READINGS, Coding, Topic
from faubourg.consultation.models.consultations import (
    KEEPERS,
    AttendeeCount,
    Consultation,
    ConsultationFigure,
    Gathering,
    GatheringMinutes,
    GatheringQuestion,
    GatheringTable,
)
from faubourg.consultation.models.contributions import READERS, Contribution, ObjectiveLink
from faubourg.consultation.models.councils import (
    CitizenCouncil,
    CouncilContact,
    CouncilMember,
    CouncilRecognition,
    CouncilSession,
    CouncilStatusChange,
)
from faubourg.consultation.models.letters import CouncilLetter, ReferralCopy, ReferralStep, own_councils
from faubourg.consultation.models.plans import PlanAction, PlanAdoption
from faubourg.consultation.models.surveys import SurveyPoint
from faubourg.consultation.models.trainings import (
    TrainingSession,
)

__all__ = [
    "KEEPERS",
    "READERS",
    "READINGS",
    "AttendeeCount",
    "CitizenCouncil",
    "Coding",
    "Consultation",
    "ConsultationFigure",
    "Contribution",
    "CouncilContact",
    "CouncilExpense",
    "CouncilLetter",
    "CouncilMember",
    "CouncilRecognition",
    "CouncilSession",
    "CouncilStatusChange",
    "Gathering",
    "GatheringMinutes",
    "GatheringQuestion",
    "GatheringTable",
    "ObjectiveLink",
    "PlanAction",
    "PlanAdoption",
    "ReferralCopy",
    "ReferralStep",
    "SurveyPoint",
    "Topic",
    "TrainingSession",
    "own_councils",
]
