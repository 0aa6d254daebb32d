"""Décisions d'une instance, et ce qu'elles donnent à faire."""

from datetime import date

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.governance.models.meetings import Meeting
from faubourg.governance.states import OPEN_TASKS, Manner, TaskState


class Decision(models.Model):
    """Décision d'une instance, numérotée, rattachée à un contrat (GOV-3)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name="séance")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    number = models.PositiveSmallIntegerField("numéro")
    text = models.TextField("décision")
    manner = models.CharField("comment", max_length=10, choices=Manner, blank=True)
    votes_for = models.PositiveSmallIntegerField("pour", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("contre", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("abstentions", null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrée par")
    recorded_at = models.DateTimeField("enregistrée le")

    class Meta:
        verbose_name = "décision"
        ordering = ("meeting", "number")
        constraints = (models.UniqueConstraint("meeting", "number", name="decision_number_is_unique"),)

    def __str__(self) -> str:
        return f"Décision {self.number} · {self.meeting}"

    @property
    def said_how(self) -> str:
        """Consensus, or the votes; nothing when it was not said."""
        if self.manner != Manner.VOTE:
            return f"{self.get_manner_display()}." if self.manner else ""
        return f"Vote : {self.votes_for} pour, {self.votes_against} contre, abstentions : {self.abstentions}."


class Task(models.Model):
    """Suite d'une décision (GOV-2) : qui s'en charge, pour quand, où on en est, ce qui le prouve."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="task", verbose_name="décision")
    in_charge = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="personne chargée"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="organisme chargé"
    )
    due_on = models.DateField("échéance", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=TaskState, default=TaskState.TODO)
    reason = models.TextField("motif de l'abandon", blank=True)
    evidence = models.TextField("ce qui a été fait", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="pièce"
    )
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="mise à jour par")
    changed_at = models.DateTimeField("mise à jour le")

    class Meta:
        verbose_name = "suite d'une décision"
        verbose_name_plural = "suites des décisions"
        constraints = (
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_is_known"),
            models.CheckConstraint(
                condition=Q(in_charge__isnull=False) | Q(organisation__isnull=False),
                name="task_has_somebody_in_charge",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""), name="dropped_task_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"Suite de la décision {self.decision.number} · {self.decision.meeting}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_TASKS

    @property
    def who(self) -> str:
        """The person, for the organisation when both are named."""
        return ", ".join(str(one) for one in (self.in_charge, self.organisation) if one)

    def days_late(self, today: date) -> int:
        """0 when it is not late: the day it is due still counts."""
        is_late = self.is_open and self.due_on is not None and self.due_on < today
        return (today - self.due_on).days if is_late and self.due_on else 0
