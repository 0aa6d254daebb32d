"""Géographie prioritaire : communes, EPCI, quartiers, par génération."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from faubourg.territories.states import NeighbourhoodKind

INSEE_CODE = RegexValidator(
    r"^\d[\dAB]\d{3}$", "Un code INSEE de commune a cinq caractères, par exemple 30227."
)


class Region(models.Model):
    """Région (COG)."""

    code = models.CharField("code", max_length=2, unique=True)
    name = models.CharField("nom", max_length=100)

    class Meta:
        verbose_name = "région"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """Département (COG)."""

    code = models.CharField("code", max_length=3, unique=True)
    name = models.CharField("nom", max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="région")

    class Meta:
        verbose_name = "département"

    def __str__(self) -> str:
        return self.name


class Epci(models.Model):
    """Intercommunalité à fiscalité propre, par son SIREN."""

    siren = models.CharField("SIREN", max_length=9, unique=True)
    name = models.CharField("nom", max_length=150)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="département")

    class Meta:
        verbose_name = "intercommunalité"

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """Commune (COG), par son code INSEE."""

    insee_code = models.CharField("code INSEE", max_length=5, unique=True, validators=(INSEE_CODE,))
    name = models.CharField("nom", max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="département")
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="communes", null=True, verbose_name="EPCI")

    class Meta:
        verbose_name = "commune"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


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
