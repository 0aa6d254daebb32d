"""Les conseils citoyens d'un contrat (CIT-1)."""

from django.db import models
from django.db.models import Q

from faubourg.consultation.states import CouncilStatus
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.territories.models import Neighbourhood


class CitizenCouncil(models.Model):
    """Conseil citoyen (CIT-1) : une structure de l'annuaire, un contrat, le quartier qu'il représente."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="councils")
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="+", verbose_name="structure"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    place = models.CharField("lieu", max_length=100)
    created_year = models.PositiveSmallIntegerField("créé en", null=True, blank=True)
    recognised_on = models.DateField("reconnu par le préfet le", null=True, blank=True)
    status = models.CharField(
        "statut", max_length=12, choices=CouncilStatus, default=CouncilStatus.TO_CONFIRM
    )
    source_lines = models.CharField("lignes", max_length=60, blank=True)

    class Meta:
        verbose_name = "conseil citoyen"
        verbose_name_plural = "conseils citoyens"
        ordering = ("contract", "place")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=CouncilStatus.values), name="council_status_is_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation)
