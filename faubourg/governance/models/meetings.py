"""Séances : quand, sur quoi, avec qui."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.governance.models.bodies import Body
from faubourg.governance.states import ItemKind, MeetingState, Presence
from faubourg.toolkit.days import clock_time


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
    is_excused = models.BooleanField("excusé", default=False)
    represented_by = models.ForeignKey(
        "self", models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="mandat donné à"
    )
    arrived_at = models.DateTimeField("arrivé en cours de séance", null=True, blank=True)
    left_at = models.DateTimeField("parti en cours de séance", null=True, blank=True)

    class Meta:
        verbose_name = "présence"
        constraints = (
            models.CheckConstraint(
                condition=Q(is_present=False) | Q(represented_by__isnull=True, left_at__isnull=True),
                name="whoever_is_present_is_not_elsewhere",
            ),
            models.UniqueConstraint(
                "meeting", "user", condition=Q(user__isnull=False), name="one_attendance_per_person"
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def presence(self) -> Presence:
        if self.is_present:
            return Presence.HERE
        if self.represented_by_id is not None:
            return Presence.REPRESENTED
        if self.left_at is not None:
            return Presence.GONE
        return Presence.EXCUSED if self.is_excused else Presence.ABSENT

    @property
    def said(self) -> str:
        """What the sheet adds to the name: when they came or left, who speaks for them."""
        came = f"arrivé à {clock_time(self.arrived_at)}" if self.arrived_at else ""
        left = f"parti à {clock_time(self.left_at)}" if self.left_at else ""
        mandate = f"mandat à {self.represented_by}" if self.represented_by else ""
        excused = "excusé" if self.presence == Presence.EXCUSED else ""
        return ", ".join(filter(None, (came, left, mandate, excused)))


class AgendaItem(models.Model):
    """Point de l'ordre du jour."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField("rang")
    title = models.CharField("point", max_length=250)
    kind = models.CharField("nature", max_length=10, choices=ItemKind, default=ItemKind.FREE)
    minutes = models.PositiveSmallIntegerField("durée prévue (min)", default=8)
    seconds_spent = models.PositiveIntegerField("durée passée (s)", default=0)

    class Meta:
        verbose_name = "point de l'ordre du jour"
        verbose_name_plural = "points de l'ordre du jour"
        ordering = ("meeting", "position")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="item_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.title


class ItemNotes(models.Model):
    """Notes d'un point : ce que tape qui tient la plume, gardé à mesure ; le relevé le reprend."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="notes", verbose_name="point")
    words = models.JSONField("ce qui est tapé", default=dict, help_text='{"champ": "tapé"}')
    version = models.PositiveIntegerField(default=0)
    recorded_version = models.PositiveIntegerField("version consignée", default=0)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrées par")
    saved_at = models.DateTimeField("enregistrées le")

    class Meta:
        verbose_name = "notes d'un point"
        verbose_name_plural = "notes des points"

    def __str__(self) -> str:
        return f"Notes · {self.item}"


class CouncilInvitation(models.Model):
    """Invitation d'un conseil citoyen à une séance : quand, la preuve, les documents remis (CIT-2)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="council_invitations")
    council = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="conseil citoyen"
    )
    sent_on = models.DateField("invité le")
    means = models.CharField("par quel moyen", max_length=150)
    proof = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="preuve"
    )
    papers_on = models.DateField("documents remis le", null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="notée par")
    recorded_at = models.DateTimeField("notée le")

    class Meta:
        verbose_name = "invitation d'un conseil citoyen"
        verbose_name_plural = "invitations des conseils citoyens"
        constraints = (
            models.UniqueConstraint("meeting", "council", name="council_is_invited_once_to_a_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.council} · {self.meeting}"
