"""Les équipements d'un territoire (DAT-6)."""

from django.db import models
from django.db.models import Q

from faubourg.contracts.models import LINES_HELP, Contract
from faubourg.observation.states import EquipmentKind, Siting
from faubourg.territories.models import Commune, Neighbourhood


class Equipment(models.Model):
    """Équipement : ce qui sert la population, où, pour combien de personnes, tenu par qui (DAT-6)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+", verbose_name="contrat")
    kind = models.CharField("nature", max_length=16, choices=EquipmentKind)
    name = models.CharField("nom", max_length=150)
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+", verbose_name="commune")
    address = models.CharField("adresse", max_length=250, blank=True)
    siting = models.CharField(
        "dans le quartier prioritaire ?", max_length=10, choices=Siting, default=Siting.TO_CONFIRM
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    capacity = models.PositiveIntegerField("capacité", null=True, blank=True)
    capacity_unit = models.CharField(
        "unité de la capacité", max_length=40, blank=True, help_text="Par exemple places, lits, médecins."
    )
    manager = models.CharField("gestionnaire", max_length=150, blank=True)
    remark = models.TextField("remarque", blank=True)
    source = models.CharField("source", max_length=250, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    archived_on = models.DateField("archivé le", null=True, blank=True)

    class Meta:
        verbose_name = "équipement"
        ordering = ("kind", "name", "pk")
        constraints = (
            models.UniqueConstraint("contract", "name", "commune", name="equipment_is_listed_once"),
            models.CheckConstraint(
                condition=Q(kind__in=EquipmentKind.values), name="equipment_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(siting__in=Siting.values), name="equipment_siting_is_known"),
            models.CheckConstraint(
                condition=~Q(siting=Siting.IN.value) | Q(neighbourhood__isnull=False),
                name="equipment_inside_names_its_neighbourhood",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def capacity_words(self) -> str:
        """ "162 lits", "à confirmer"."""
        if self.capacity is None:
            return "à confirmer"
        return f"{self.capacity} {self.capacity_unit}".strip()
