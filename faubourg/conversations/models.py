"""Échanges : ce que le porteur et le GIP s'écrivent sur un dossier. Ce ne sont pas les notes (PRG-7)."""

from django.db import models

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.documents.models import Document


class Post(models.Model):
    """Message d'un échange : écrit une fois, ni modifié ni effacé."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="auteur")
    is_from_applicant = models.BooleanField("écrit par le porteur")
    text = models.TextField("message")
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="fichier joint"
    )
    written_at = models.DateTimeField("écrit le")
    is_open_to_funders = models.BooleanField("ouvert aux référents des financeurs", default=False)

    class Meta:
        verbose_name = "message"
        ordering = ("pk",)
        indexes = (models.Index(fields=("application", "id"), name="post_by_application"),)

    def __str__(self) -> str:
        return f"Message de {self.author}, {self.application}"


class Reading(models.Model):
    """Lecture : jusqu'à quel message une personne a lu un échange."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="personne")
    up_to = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="jusqu'au message")
    is_from_applicant = models.BooleanField("lu par le porteur")
    read_at = models.DateTimeField("lu le")

    class Meta:
        verbose_name = "lecture"
        constraints = (models.UniqueConstraint(fields=("application", "user"), name="one_reading_each"),)

    def __str__(self) -> str:
        return f"{self.user} a lu {self.application}"
