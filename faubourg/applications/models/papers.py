"""Les pièces jointes à un dossier."""

from django.db import models

from faubourg.applications.models.application import Application
from faubourg.calls.models import RequiredPaper
from faubourg.documents.models import Document


class ApplicationPaper(models.Model):
    """Pièce jointe à un dossier, en réponse à une pièce demandée ou en plus."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    required_paper = models.ForeignKey(
        RequiredPaper, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="répond à"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="fichier")

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.document)
