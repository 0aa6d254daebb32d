"""Instances : qui se réunit, quand, sur quoi, ce qui a été décidé et ce qu'il en advient."""

from faubourg.governance.models.bodies import Body, BodyMember, Quorum
from faubourg.governance.models.decisions import Decision, Task
from faubourg.governance.models.meetings import AgendaItem, Attendance, CouncilInvitation, ItemNotes, Meeting
from faubourg.governance.models.records import MeetingRecord, RecordReceipt, RecordTemplate

__all__ = [
    "AgendaItem",
    "Attendance",
    "Body",
    "BodyMember",
    "CouncilInvitation",
    "Decision",
    "ItemNotes",
    "Meeting",
    "MeetingRecord",
    "Quorum",
    "RecordReceipt",
    "RecordTemplate",
    "Task",
]
