"""Les formations des habitants, des élus et des professionnels (CIT-6, l. 924)."""

from django.db import models

from faubourg.consultation.states import TrainingAudience
from faubourg.contracts.models import Contract


class TrainingSession(models.Model):
    """Séance de formation : un thème, un jour, pour qui, combien sont venus, sans nom."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    held_on = models.DateField("jour")
    theme = models.CharField("thème", max_length=150)
    audiences = models.JSONField("pour qui", default=list)
    facilitator = models.CharField("animée par", max_length=150, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    residents = models.PositiveIntegerField("habitants venus", null=True, blank=True)
    elected = models.PositiveIntegerField("élus venus", null=True, blank=True)
    professionals = models.PositiveIntegerField("professionnels venus", null=True, blank=True)
    is_fictitious = models.BooleanField("fictive", default=False)

    class Meta:
        verbose_name = "séance de formation"
        verbose_name_plural = "séances de formation"
        ordering = ("contract", "-held_on", "-pk")
        constraints = (models.UniqueConstraint("contract", "held_on", "theme", name="training_is_held_once"),)

    def __str__(self) -> str:
        return self.theme

    @property
    def audience_labels(self) -> list[str]:
        return [str(TrainingAudience(one).label) for one in self.audiences]

    @property
    def is_shared(self) -> bool:
        """Co-formation: several publics learn together."""
        return len(self.audiences) > 1
