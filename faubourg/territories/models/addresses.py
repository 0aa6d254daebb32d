"""Les adresses d'un département, telles que le fichier de la Base adresse nationale les donne (GEO-3)."""

from django.db import models

from faubourg.territories.models.outlines import Source


class AddressBook(models.Model):
    """Les adresses d'une commune, remplacées ensemble. Sans lien avec `Commune` : le fichier suffit."""

    insee_code = models.CharField("code INSEE", max_length=5, unique=True)
    name = models.CharField("commune", max_length=100)
    words = models.CharField("nom, réduit à ses mots", max_length=100)
    postcodes = models.CharField("codes postaux", max_length=300, blank=True, help_text="30500 30110")
    lines = models.PositiveIntegerField("lignes du fichier", default=0)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="source")

    class Meta:
        verbose_name = "adresses d'une commune"
        verbose_name_plural = "adresses des communes"
        ordering = ("insee_code",)

    def __str__(self) -> str:
        return f"Adresses de {self.name}"


class Street(models.Model):
    """Voie ou lieu-dit. Le point est celui d'une adresse vers son milieu, jamais à côté de la voie."""

    book = models.ForeignKey(AddressBook, models.CASCADE, related_name="+", verbose_name="commune")
    name = models.CharField("nom", max_length=200)
    words = models.CharField("nom, réduit à ses mots", max_length=200)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    former = models.CharField("ancienne commune", max_length=100, blank=True)
    lon = models.FloatField("longitude")
    lat = models.FloatField("latitude")

    class Meta:
        verbose_name = "voie"

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """Adresse : un numéro d'une voie, en WGS84."""

    street = models.ForeignKey(Street, models.CASCADE, related_name="+", db_index=False, verbose_name="voie")
    number = models.PositiveIntegerField("numéro")
    suffix = models.CharField("suffixe", max_length=10, blank=True, help_text="bis, ter, b.")
    lon = models.FloatField("longitude")
    lat = models.FloatField("latitude")

    class Meta:
        verbose_name = "adresse"
        indexes = (models.Index(fields=("street", "number"), name="address_of_street"),)

    def __str__(self) -> str:
        return f"{self.number} {self.suffix}".strip()
