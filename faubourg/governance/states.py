"""Bodies and the life of a meeting."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class BodyKind(TextChoices):
    STEERING = "steering", "Comité de pilotage (COPIL)"
    TECHNICAL = "technical", "Comité technique (COTECH)"
    PROGRAMMING = "programming", "Comité technique de programmation (CTP)"
    WORKING_GROUP = "working_group", "Groupe de travail"
    PROJECT_TEAM = "project_team", "Équipe projet"
    BOARD = "board", "Conseil d'administration du GIP"
    ASSEMBLY = "assembly", "Assemblée générale du GIP"
    COFFEE = "coffee", "Café QPV"
    OTHER = "other", "Autre instance"


class MeetingState(TextChoices):
    PLANNED = "planned", "Prévue"
    OPEN = "open", "En cours"
    CLOSED = "closed", "Close"
    CANCELLED = "cancelled", "Annulée"


MEETING_FLOW = Flow(
    MeetingState.PLANNED,
    Step("start", (MeetingState.PLANNED,), MeetingState.OPEN, "Ouvrir la séance"),
    Step("close", (MeetingState.OPEN,), MeetingState.CLOSED, "Clore la séance"),
    Step("cancel", (MeetingState.PLANNED,), MeetingState.CANCELLED, "Annuler la séance"),
)
