"""Le passage en comité : points inscrits, remarques, notes de séance, avis consultatifs."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.states import STANCE_TONES, Stance
from faubourg.calls.models import Envelope
from faubourg.consultation.models import CitizenCouncil
from faubourg.governance.models import AgendaItem, Attendance
from faubourg.toolkit.fields import EurosField


class TabledApplication(models.Model):
    """Passage d'un dossier en séance : un point de l'ordre du jour."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="+", verbose_name="point")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    carried_over = models.BooleanField("ajourné", default=False)
    carry_reason = models.CharField("motif de l'ajournement", max_length=250, blank=True)

    class Meta:
        verbose_name = "passage en séance"
        verbose_name_plural = "passages en séance"
        ordering = ("item__position",)
        constraints = (
            models.UniqueConstraint(
                "application", condition=Q(carried_over=False), name="application_is_tabled_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item.meeting} · {self.application}"


class Remark(models.Model):
    """Remarque d'un participant sur un dossier, en séance ou avant (PRG-6)."""

    tabled = models.ForeignKey(TabledApplication, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="saisie par")
    speaker = models.CharField("qui parle", max_length=150)
    on_behalf_of = models.CharField("au titre de", max_length=150, blank=True)
    text = models.TextField("remarque")
    is_prepared = models.BooleanField("écrite avant la séance", default=False)
    written_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "remarque"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.speaker} : {self.text[:60]}"


class SessionNotes(models.Model):
    """Notes de séance d'un dossier : ce que tape qui tient la plume, avant que l'avis soit rendu."""

    tabled = models.OneToOneField(
        TabledApplication, models.CASCADE, related_name="notes", verbose_name="passage"
    )
    stance = models.CharField("avis", max_length=15, choices=Stance, blank=True)
    summary = models.TextField("synthèse", blank=True)
    conditions = models.TextField("conditions", blank=True)
    other_funding = models.TextField("cofinancements complémentaires à chercher", blank=True)
    remark_speaker = models.CharField("qui parle", max_length=20, blank=True)
    remark_text = models.TextField("remarque en cours", blank=True)
    pending_amounts = models.JSONField(
        "montants à reprendre, gardés tels quels", default=dict, help_text='{"enveloppe": "tapé"}'
    )
    version = models.PositiveIntegerField(default=0)
    recorded_version = models.PositiveIntegerField("version consignée", default=0)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrées par")
    saved_at = models.DateTimeField("enregistrées le")

    class Meta:
        verbose_name = "notes de séance"
        verbose_name_plural = "notes de séance"

    def __str__(self) -> str:
        return f"Notes · {self.tabled}"


class MentionedAmount(models.Model):
    """Montant évoqué en séance pour un financeur : jamais une décision, jamais plus que demandé."""

    tabled = models.ForeignKey(TabledApplication, models.CASCADE, related_name="mentions")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="+", verbose_name="financeur")
    amount = EurosField("montant évoqué")

    class Meta:
        verbose_name = "montant évoqué"
        verbose_name_plural = "montants évoqués"
        ordering = ("envelope__position", "id")
        constraints = (models.UniqueConstraint("tabled", "envelope", name="amount_is_mentioned_once"),)

    def __str__(self) -> str:
        return f"{self.envelope} : {self.amount}"


class StandAside(models.Model):
    """Déport déclaré en séance : la personne sort le temps de ce dossier (PRG-7, B2.5)."""

    tabled = models.ForeignKey(TabledApplication, models.PROTECT, related_name="asides")
    attendance = models.ForeignKey(Attendance, models.CASCADE, related_name="+", verbose_name="personne")
    reason = models.CharField("lien déclaré", max_length=200, blank=True)

    class Meta:
        verbose_name = "déport"
        constraints = (models.UniqueConstraint("tabled", "attendance", name="one_stands_aside_once"),)

    def __str__(self) -> str:
        return f"{self.attendance} · {self.tabled}"


class Opinion(models.Model):
    """Avis consultatif : la synthèse d'un comité technique, ou l'avis d'un conseil citoyen."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    tabled = models.OneToOneField(
        TabledApplication, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="séance"
    )
    council = models.ForeignKey(
        CitizenCouncil,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="conseil citoyen",
    )
    stance = models.CharField("avis", max_length=15, choices=Stance)
    summary = models.TextField("synthèse")
    conditions = models.TextField("conditions", blank=True)
    other_funding = models.TextField("cofinancements complémentaires à chercher", blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistré par")
    given_at = models.DateTimeField("rendu le")

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ("given_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(tabled__isnull=False, council__isnull=True)
                | Q(tabled__isnull=True, council__isnull=False),
                name="opinion_comes_from_one_place",
            ),
            models.UniqueConstraint("application", "council", name="council_gives_one_opinion"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="opinion_stance_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_stance_display()} · {self.application}"

    @property
    def tone(self) -> str:
        return STANCE_TONES.get(Stance(self.stance), "warning")
