"""Instances : qui se réunit, quand, sur quoi, et ce qui a été décidé."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract, Objective
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.governance.states import BodyKind, MeetingState
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.days import format_day


class Body(models.Model):
    """Instance (GOV-1) : type, contrats couverts, composition, fréquence minimale."""

    contracts = models.ManyToManyField(Contract, related_name="bodies", verbose_name="contrats")
    code = models.CharField("code", max_length=40)
    kind = models.CharField("type", max_length=15, choices=BodyKind)
    name = models.CharField("nom", max_length=150)
    missions = models.JSONField("missions", default=list)
    chairs = models.CharField("présidence", max_length=250, blank=True)
    minimum_per_year = models.PositiveSmallIntegerField("séances par an au moins", null=True, blank=True)
    is_optional = models.BooleanField("facultative", default=False, help_text="« pourra » dans le contrat.")
    objectives = models.ManyToManyField(
        Objective, related_name="+", blank=True, verbose_name="objectifs que le comité examine"
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", blank=True, verbose_name="territoires que le comité examine"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    source_lines = models.CharField("lignes", max_length=60, blank=True)

    class Meta:
        verbose_name = "instance"
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint("code", name="body_code_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """Membre d'une instance : un organisme ou une fonction citée par le contrat."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="members")
    label = models.CharField("au titre de", max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="organisme"
    )
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "membre d'instance"
        ordering = ("body", "position")

    def __str__(self) -> str:
        return self.label


class Quorum(models.Model):
    """Quorum d'une instance : paramètre daté, fixé par l'équipe d'après un texte ; vide : à confirmer."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="quorums", verbose_name="instance")
    funders = models.PositiveSmallIntegerField("financeurs présents au moins", null=True, blank=True)
    councils = models.PositiveSmallIntegerField("conseils citoyens présents au moins", null=True, blank=True)
    from_on = models.DateField("depuis le")
    source = models.CharField("source", max_length=250)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="fixé par")
    set_at = models.DateTimeField("fixé le")

    class Meta:
        verbose_name = "quorum"
        ordering = ("body", "-from_on")
        constraints = (models.UniqueConstraint("body", "from_on", name="quorum_starts_once"),)

    def __str__(self) -> str:
        return f"{self.body}, depuis le {format_day(self.from_on)}"


class Meeting(models.Model):
    """Séance d'une instance (GOV-2)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="instance")
    title = models.CharField("intitulé", max_length=150)
    starts_at = models.DateTimeField("date et heure")
    place = models.CharField("lieu", max_length=150, blank=True)
    state = models.CharField("état", max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    sequence = models.PositiveIntegerField(
        "version pour les agendas", default=0, help_text="Grandit quand la date, le lieu ou l'état change."
    )
    changed_at = models.DateTimeField("modifiée le", null=True, blank=True)
    started_at = models.DateTimeField("ouverte le", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    current_item = models.ForeignKey(
        "AgendaItem", models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="point en cours"
    )
    current_since = models.DateTimeField("en cours depuis", null=True, blank=True)

    class Meta:
        verbose_name = "séance"
        ordering = ("-starts_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_is_known"),
        )

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Présence à une séance : une personne, ou un nom écrit à la main."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    user = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="personne"
    )
    full_name = models.CharField("nom", max_length=150)
    on_behalf_of = models.CharField("au titre de", max_length=150, blank=True)
    is_present = models.BooleanField("présent", default=True)

    class Meta:
        verbose_name = "présence"
        constraints = (
            models.UniqueConstraint(
                "meeting", "user", condition=Q(user__isnull=False), name="one_attendance_per_person"
            ),
        )

    def __str__(self) -> str:
        return self.full_name


class AgendaItem(models.Model):
    """Point de l'ordre du jour."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("point", max_length=250)
    minutes = models.PositiveSmallIntegerField("durée prévue (min)", default=8)
    seconds_spent = models.PositiveIntegerField("durée passée (s)", default=0)

    class Meta:
        verbose_name = "point de l'ordre du jour"
        verbose_name_plural = "points de l'ordre du jour"
        ordering = ("meeting", "position")

    def __str__(self) -> str:
        return self.title


class Decision(models.Model):
    """Décision d'une instance, numérotée, rattachée à un contrat (GOV-3)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name="séance")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    number = models.PositiveSmallIntegerField("numéro")
    text = models.TextField("décision")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrée par")
    recorded_at = models.DateTimeField("enregistrée le")

    class Meta:
        verbose_name = "décision"
        ordering = ("meeting", "number")
        constraints = (models.UniqueConstraint("meeting", "number", name="decision_number_is_unique"),)

    def __str__(self) -> str:
        return f"Décision {self.number} · {self.meeting}"


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
