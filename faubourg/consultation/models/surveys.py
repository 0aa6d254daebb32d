"""Les constats d'un diagnostic en marchant : ce qui va, ce qui ne va pas, qui s'en charge, pour quand."""

from datetime import date

from django.db import models
from django.db.models import Q

from faubourg.consultation.models.consultations import Gathering
from faubourg.consultation.states import PointState
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document


class SurveyPoint(models.Model):
    """Constat : un arrêt de la marche, dans une rue, avec sa suite (domaine C1, n° 14)."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField("rang")
    place = models.CharField("rue ou lieu", max_length=150)
    finding = models.TextField("ce qu'on voit")
    is_positive = models.BooleanField("c'est un point fort", default=False)
    proposal = models.TextField("ce qu'on propose", blank=True)
    photo = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="photo"
    )
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="qui s'en charge"
    )
    due_on = models.DateField("pour le", null=True, blank=True)
    state = models.CharField("état", max_length=10, choices=PointState, default=PointState.NOTED)
    outcome = models.TextField("suite donnée", blank=True)
    ended_on = models.DateField("réglé le", null=True, blank=True)
    is_fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "constat"
        ordering = ("gathering", "position")
        constraints = (
            models.UniqueConstraint("gathering", "position", name="survey_point_has_a_rank"),
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="point_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=PointState.NOTED.value) | ~Q(outcome="") & Q(ended_on__isnull=False),
                name="point_ended_says_how_and_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} : {self.finding[:60]}"

    def is_late(self, today: date) -> bool:
        """Its day included: late from the day after."""
        return self.state == PointState.NOTED and self.due_on is not None and self.due_on < today

    @property
    def days(self) -> int | None:
        """From the walk to its end, in days; None while it lasts."""
        return (self.ended_on - self.gathering.held_on).days if self.ended_on else None
