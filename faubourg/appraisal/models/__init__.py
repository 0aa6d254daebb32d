"""Instruction : recevabilité, fiche, compléments, passage en comité, avis consultatifs."""

from faubourg.appraisal.models.committee import (
    MentionedAmount,
    Opinion,
    Remark,
    SessionNotes,
    StandAside,
    TabledApplication,
)
from faubourg.appraisal.models.information import Correction, FinalReportDue, InformationRequest
from faubourg.appraisal.models.papers import MeetingPapers
from faubourg.appraisal.models.sheet import Appraisal, FundingProposal, NoteWords, Presence, SavedView, Score

__all__ = [
    "Appraisal",
    "Correction",
    "FinalReportDue",
    "FundingProposal",
    "InformationRequest",
    "MeetingPapers",
    "MentionedAmount",
    "NoteWords",
    "Opinion",
    "Presence",
    "Remark",
    "SavedView",
    "Score",
    "SessionNotes",
    "StandAside",
    "TabledApplication",
]
