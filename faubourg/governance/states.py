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


class ItemKind(TextChoices):
    """What the screen of a sitting meeting shows beside a point."""

    FREE = "free", "Point libre"
    REVIEW = "review", "Suites des décisions précédentes"
    PROGRAMME = "programme", "Programmation à valider"


class Manner(TextChoices):
    """How a body came to a decision, where it is said."""

    CONSENSUS = "consensus", "Par consensus"
    VOTE = "vote", "Par un vote"


class Presence(TextChoices):
    HERE = "here", "Présent"
    GONE = "gone", "Parti"
    EXCUSED = "excused", "Excusé"
    REPRESENTED = "represented", "Représenté"
    ABSENT = "absent", "Absent"


class TaskState(TextChoices):
    TODO = "todo", "À faire"
    STARTED = "started", "En cours"
    DONE = "done", "Fait"
    DROPPED = "dropped", "Abandonné"


OPEN_TASKS = (TaskState.TODO, TaskState.STARTED)

TASK_FLOW = Flow(
    TaskState.TODO,
    Step("begin", (TaskState.TODO,), TaskState.STARTED, "Commencer"),
    Step("finish", OPEN_TASKS, TaskState.DONE, "Dire que c'est fait"),
    Step("drop", OPEN_TASKS, TaskState.DROPPED, "Abandonner"),
    Step("resume", (TaskState.DONE, TaskState.DROPPED), TaskState.STARTED, "Reprendre"),
)
