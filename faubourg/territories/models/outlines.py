"""D'où viennent les contours et les listes, et les contours eux-mêmes (GEO-1, GEO-2)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.documents.models import Document
from faubourg.territories.models.neighbourhoods import Neighbourhood
from faubourg.territories.rules.sources import version_label
from faubourg.territories.states import SourceKind


class Source(models.Model):
    """Source : un fichier gardé tel quel, avec son empreinte ; sans `imported_at`, il attend l'accord."""

    name = models.CharField("nom du fichier", max_length=200)
    sha256 = models.CharField("empreinte SHA-256", max_length=64, db_index=True)
    kind = models.CharField("nature", max_length=20, choices=SourceKind)
    vintage = models.PositiveSmallIntegerField("génération", null=True, blank=True)
    publisher = models.CharField("producteur", max_length=100, default="ANCT", blank=True)
    dated = models.DateField("daté du", null=True, blank=True)
    decree = models.CharField("texte qui l'établit", max_length=200, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, verbose_name="fichier gardé"
    )
    received_at = models.DateTimeField("reçu le")
    imported_at = models.DateTimeField("importé le", null=True, blank=True)
    imported_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name="importé par"
    )

    class Meta:
        verbose_name = "source"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """What answers cite: "ANCT, 15/01/2026, 3fa2c1"."""
        return version_label(self.publisher, self.dated, self.sha256)


class Outline(models.Model):
    """Contour : un MultiPolygon WKB en WGS84 (longitude, latitude). Un seul en vigueur par quartier."""

    neighbourhood = models.ForeignKey(
        Neighbourhood, models.CASCADE, related_name="+", verbose_name="quartier"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="source")
    geometry = models.BinaryField("contour (WKB)")
    area_m2 = models.FloatField("surface en m²", help_text="Sur l'ellipsoïde WGS84.")
    min_lon = models.FloatField("longitude minimale")
    min_lat = models.FloatField("latitude minimale")
    max_lon = models.FloatField("longitude maximale")
    max_lat = models.FloatField("latitude maximale")
    repaired = models.CharField("ce qui a été réparé", max_length=300, blank=True)
    is_current = models.BooleanField("en vigueur", default=True)

    class Meta:
        verbose_name = "contour"
        constraints = (
            models.UniqueConstraint(
                fields=("neighbourhood",), condition=Q(is_current=True), name="outline_one_current"
            ),
        )

    def __str__(self) -> str:
        return f"Contour de {self.neighbourhood}"


class Correspondence(models.Model):
    """Correspondance officielle entre un quartier de 2024 et un quartier de 2015, jamais par le numéro."""

    code_2024 = models.CharField("quartier de 2024", max_length=10, db_index=True)
    code_2015 = models.CharField("quartier de 2015", max_length=10, blank=True, db_index=True)
    name_2015 = models.CharField("nom en 2015", max_length=150, blank=True)
    status = models.CharField("statut", max_length=100, blank=True)
    part = models.DecimalField("part", max_digits=5, decimal_places=4, null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="source")

    class Meta:
        verbose_name = "correspondance de quartiers"
        verbose_name_plural = "correspondances de quartiers"
        ordering = ("code_2024", "code_2015")
        constraints = (
            models.UniqueConstraint(fields=("code_2024", "code_2015"), name="correspondence_once"),
        )

    def __str__(self) -> str:
        return f"{self.code_2024} ↔ {self.code_2015 or 'aucun'}"
