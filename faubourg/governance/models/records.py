"""Relevés : ce que dit une séance, figé à sa clôture, transmis."""

from django.db import models

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.governance.models.bodies import Body
from faubourg.governance.models.meetings import Meeting


class RecordTemplate(models.Model):
    """Modèle Word du relevé, celui de l'équipe : le dernier déposé sert aux séances suivantes."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+", verbose_name="contrat")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="fichier")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="déposé par")
    uploaded_at = models.DateTimeField("déposé le")

    class Meta:
        verbose_name = "modèle de relevé"
        verbose_name_plural = "modèles de relevé"
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.document)


class MeetingRecord(models.Model):
    """Relevé d'une séance : numéroté, figé à la clôture ; rien n'y change ensuite (PRG-6, GOV-2)."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="+", verbose_name="séance")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="instance")
    year = models.PositiveSmallIntegerField("année")
    rank = models.PositiveSmallIntegerField("rang dans l'année")
    words = models.JSONField("contenu")
    template = models.ForeignKey(
        RecordTemplate, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="modèle Word"
    )
    frozen_at = models.DateTimeField("figé le")

    class Meta:
        verbose_name = "relevé"
        constraints = (models.UniqueConstraint("body", "year", "rank", name="record_number_is_unique"),)

    def __str__(self) -> str:
        return f"Relevé n° {self.number}"

    @property
    def number(self) -> str:
        return f"{self.year}-{self.rank:02d}"


class RecordReceipt(models.Model):
    """Accusé de réception : à quel référent le relevé est parti, et quand il l'a reçu (PRG-8)."""

    record = models.ForeignKey(MeetingRecord, models.PROTECT, related_name="receipts")
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="financeur")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="référent")
    sent_at = models.DateTimeField("transmis le")
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    acknowledged_at = models.DateTimeField("accusé le", null=True, blank=True)

    class Meta:
        verbose_name = "accusé de réception"
        verbose_name_plural = "accusés de réception"
        ordering = ("funder__name", "person__full_name")
        constraints = (models.UniqueConstraint("record", "funder", "person", name="record_is_sent_once"),)

    def __str__(self) -> str:
        return f"{self.record} · {self.funder}"
