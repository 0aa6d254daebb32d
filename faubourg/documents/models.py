"""Pièces : les fichiers reçus et produits, hors du web, servis par une vue qui vérifie les droits."""

from django.db import models

from faubourg.accounts.models import User


class Document(models.Model):
    """Pièce : un fichier dont le type a été vérifié par son contenu."""

    name = models.CharField("nom", max_length=200)
    file = models.FileField("fichier", upload_to="documents/%Y/%m/")
    content_type = models.CharField("type", max_length=100)
    size = models.PositiveBigIntegerField("taille en octets")
    sha256 = models.CharField("empreinte SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, verbose_name="déposé par"
    )
    uploaded_at = models.DateTimeField("déposé le")

    class Meta:
        verbose_name = "pièce"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
