"""Géographie prioritaire : les quartiers, par génération."""

from django.db import models
from django.db.models import Q

from faubourg.territories.models.places import Commune
from faubourg.territories.states import NeighbourhoodKind


class NeighbourhoodQuerySet(models.QuerySet["Neighbourhood"]):
    def qpvs(self) -> "NeighbourhoodQuerySet":
        return self.filter(kind=NeighbourhoodKind.QPV)


class Neighbourhood(models.Model):
    """Quartier : prioritaire (QPV) ou vulnérable hors QPV (GEO-1, GEO-5). Le code suit la génération."""

    kind = models.CharField("nature", max_length=10, choices=NeighbourhoodKind)
    code = models.CharField(
        "code", max_length=10, unique=True, help_text="QN03014M, ou un code à vous hors QPV."
    )
    name = models.CharField("nom", max_length=150)
    vintage = models.PositiveSmallIntegerField("génération", default=2024, help_text="2015 ou 2024.")
    communes = models.ManyToManyField(Commune, related_name="+", verbose_name="communes")
    decree = models.CharField("texte qui l'établit", max_length=200, blank=True)
    from_on = models.DateField("depuis le", null=True, blank=True)
    to_on = models.DateField("jusqu'au", null=True, blank=True)

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        verbose_name = "quartier"
        ordering = ("kind", "name")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=NeighbourhoodKind.values), name="neighbourhood_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_qpv(self) -> bool:
        return self.kind == NeighbourhoodKind.QPV
