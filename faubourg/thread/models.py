"""Le fil : ce qui a été rendu aux habitants, et les photos datées de l'ensemble (ADR 7)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.rules import Standing
from faubourg.territories.models import Neighbourhood
from faubourg.thread.states import FeedbackOutcome, Moment


class Feedback(models.Model):
    """Restitution : ce qui a été dit aux habitants, quand et où, à propos d'un objectif ou d'une action.

    Elle a été dite en public : tout le monde peut la lire.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="objectif"
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="action"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    outcome = models.CharField("résultat", max_length=10, choices=FeedbackOutcome)
    text = models.TextField("ce qui a été dit aux habitants")
    told_on = models.DateField("dit le")
    told_where = models.CharField("où et comment", max_length=200)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="notée par")
    recorded_at = models.DateTimeField("notée le")
    is_fictitious = models.BooleanField("fictive", default=False)

    class Meta:
        verbose_name = "restitution"
        ordering = ("-told_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=FeedbackOutcome.values), name="feedback_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(objective__isnull=False) | Q(application__isnull=False),
                name="feedback_is_about_something",
            ),
        )

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, standing: Standing) -> "SnapshotQuerySet":
        """Everyone on the contract: it holds nothing that the page of the thread does not show them."""
        return self.filter(contract__in=standing.contracts())


class Snapshot(models.Model):
    """Photo du fil : ce que chaque objectif réunissait un jour donné. Elle ne change plus."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    moment = models.CharField("moment", max_length=10, choices=Moment)
    note = models.CharField("à quelle occasion", max_length=200, blank=True)
    rows = models.JSONField("lignes", default=list)
    taken_on = models.DateField("prise le")
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="prise par")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "photo du fil"
        verbose_name_plural = "photos du fil"
        ordering = ("-taken_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(moment__in=Moment.values), name="snapshot_moment_is_known"),
            models.UniqueConstraint("contract", "moment", "taken_on", name="snapshot_is_taken_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.get_moment_display()}, {self.contract}"
