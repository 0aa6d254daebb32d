"""Géographie administrative : régions, départements, EPCI, communes (COG)."""

from django.core.validators import RegexValidator
from django.db import models

INSEE_CODE = RegexValidator(
    r"^\d[\dAB]\d{3}$", "Un code INSEE de commune a cinq caractères, par exemple 30227."
)


class Region(models.Model):
    """Région (COG)."""

    code = models.CharField("code", max_length=3, unique=True)
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
    population = models.PositiveIntegerField("population municipale", null=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="commune qui lui succède",
        help_text="Une commune fusionnée garde son code ; celle-ci le porte désormais.",
    )

    class Meta:
        verbose_name = "commune"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
