"""Pièces d'une séance : ce que chacun reçoit avant un comité."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.appraisal.states import PaperState
from faubourg.documents.models import Document
from faubourg.governance.models import Meeting


class MeetingPapers(models.Model):
    """Pièces d'une séance : un livret PDF et un classeur, faits à part ; jamais en double."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="+", verbose_name="séance")
    state = models.CharField("état", max_length=10, choices=PaperState, default=PaperState.QUEUED)
    run = models.PositiveIntegerField("essai", default=0, help_text="Un travail dépassé n'écrit plus rien.")
    done = models.PositiveIntegerField("dossiers faits", default=0)
    total = models.PositiveIntegerField("dossiers", default=0)
    beat_at = models.DateTimeField("dernier signe de vie")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="demandées par")
    made_at = models.DateTimeField("faites le", null=True, blank=True)
    booklet = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="livret"
    )
    table = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="classeur"
    )
    sent_at = models.DateTimeField("envoyées le", null=True, blank=True)

    class Meta:
        verbose_name = "pièces de séance"
        verbose_name_plural = "pièces de séance"
        constraints = (
            models.CheckConstraint(condition=Q(state__in=PaperState.values), name="papers_state_is_known"),
        )

    def __str__(self) -> str:
        return f"Pièces · {self.meeting}"
