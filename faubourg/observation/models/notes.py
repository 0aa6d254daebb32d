"""La fiche annuelle d'observation d'un territoire (DAT-7)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.observation.states import NoteState
from faubourg.territories.models import Neighbourhood


class ObservationNote(models.Model):
    """Fiche d'observation : par territoire et par an, le commentaire de l'équipe et les chiffres (DAT-7).

    `figures` est figé à la publication : ce que la fiche montrait ne change plus.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", verbose_name="territoire"
    )
    year = models.PositiveSmallIntegerField("année")
    commentary = models.TextField("commentaire de l'équipe", blank=True)
    state = models.CharField("état", max_length=10, choices=NoteState, default=NoteState.DRAFT)
    figures = models.JSONField("chiffres joints", default=list)
    version = models.PositiveIntegerField("version", default=1)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="écrite par")
    written_at = models.DateTimeField("écrite le")
    published_at = models.DateTimeField("publiée le", null=True, blank=True)

    class Meta:
        verbose_name = "fiche d'observation"
        verbose_name_plural = "fiches d'observation"
        ordering = ("-year", "neighbourhood__name", "pk")
        constraints = (
            models.UniqueConstraint(
                "contract", "neighbourhood", "year", name="one_note_per_territory_and_year"
            ),
            models.CheckConstraint(condition=Q(state__in=NoteState.values), name="note_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=NoteState.PUBLISHED.value) | Q(published_at__isnull=False),
                name="note_published_has_its_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.neighbourhood} · {self.year}"
