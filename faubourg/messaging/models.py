"""Courriels : une seule boîte d'envoi ; ce qui doit être relu attend une personne."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.documents.models import Document
from faubourg.messaging.rules import KINDS
from faubourg.messaging.states import EDITABLE, MESSAGE_FLOW, MessageState, Pace


class Message(models.Model):
    """Courriel : un envoi à une adresse, fait une fois et une seule (clé `key`)."""

    key = models.CharField(
        "clé d'unicité",
        max_length=120,
        unique=True,
        help_text="Deux demandes de même clé ne font qu'un envoi.",
    )
    recipient = models.EmailField("destinataire")
    recipient_name = models.CharField("nom du destinataire", max_length=200, blank=True)
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    attachment = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="pièce jointe"
    )
    state = models.CharField("état", max_length=20, choices=MessageState, default=MessageState.TO_REVIEW)
    is_automatic = models.BooleanField(
        "sans relecture",
        default=False,
        help_text="Il peut porter un lien personnel : personne ne lit ni ne change son texte ou son adresse.",
    )
    contract_id = models.BigIntegerField("contrat", null=True, blank=True, db_index=True)
    created_at = models.DateTimeField("préparé le")
    released_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="envoyé par"
    )
    released_at = models.DateTimeField("demandé le", null=True, blank=True)
    sent_at = models.DateTimeField("remis au serveur le", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    error = models.TextField("dernière erreur", blank=True)
    server_answer = models.CharField(
        "réponse du serveur", max_length=500, blank=True, help_text="La preuve de la remise."
    )
    kind = models.CharField("nature", max_length=60, blank=True, help_text="Voir messaging.rules.KINDS.")
    digest = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="repris dans le résumé"
    )

    class Meta:
        verbose_name = "courriel"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="message_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False),
                name="message_sent_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(state="gathered", digest__isnull=False)
                | ~Q(state="gathered") & Q(digest__isnull=True),
                name="message_gathered_has_its_digest",
            ),
        )
        indexes = (
            models.Index(fields=("created_at",), condition=Q(state="held"), name="message_held_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"

    @property
    def sentence(self) -> str:
        """What went wrong, without the server's own words."""
        return self.error.partition("\n")[0]

    @property
    def is_to_review(self) -> bool:
        return self.state == MessageState.TO_REVIEW

    @property
    def is_editable(self) -> bool:
        """Still in the hands of a person: not left yet, or come back."""
        return self.state in EDITABLE and not self.is_automatic

    @property
    def is_readdressable(self) -> bool:
        """An automatic letter that did not leave, and is not somebody's alone: its address may be mended."""
        kind = KINDS.get(self.kind)
        came_back = self.is_automatic and self.state == MessageState.FAILED
        return came_back and kind is not None and not kind.is_personal

    @property
    def can_leave(self) -> bool:
        return MESSAGE_FLOW.allows("release", self.state)


class MailPreference(models.Model):
    """Choix d'une personne : quand être prévenue de ce qui n'est ni officiel ni de sécurité."""

    user = models.OneToOneField(User, models.CASCADE, related_name="+", verbose_name="personne")
    pace = models.CharField("rythme", max_length=10, choices=Pace)

    class Meta:
        verbose_name = "préférence de courriel"
        verbose_name_plural = "préférences de courriel"
        constraints = (models.CheckConstraint(condition=Q(pace__in=Pace.values), name="mail_pace_is_known"),)

    def __str__(self) -> str:
        return f"{self.user} : {self.get_pace_display()}"
