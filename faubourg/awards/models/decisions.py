"""Décisions : chaque financeur pour lui-même ; la validation en COPIL ; la lettre au porteur."""

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.awards.states import ActKind, FundingOutcome
from faubourg.calls.models import Call, Envelope
from faubourg.documents.models import Document
from faubourg.governance.models import AgendaItem, Decision
from faubourg.messaging.models import Message
from faubourg.toolkit.fields import EurosField


class FundingDecision(models.Model):
    """Décision d'un financeur sur ce qui lui est demandé (PRG-10). Le GIP ne décide pour personne."""

    funding_request = models.OneToOneField(
        FundingRequest,
        models.PROTECT,
        related_name="+",
        related_query_name="decision",  # read with its request in one query; no attribute leads upward
        verbose_name="demande",
    )
    outcome = models.CharField("décision", max_length=10, choices=FundingOutcome)
    awarded_amount = EurosField("montant accordé", default=0)
    act_kind = models.CharField("nature de l'acte", max_length=15, choices=ActKind, blank=True)
    act_number = models.CharField("numéro de l'acte", max_length=60, blank=True)
    decided_on = models.DateField("date de l'acte")
    charged_to = models.CharField(
        "imputation", max_length=80, blank=True, help_text="Programme, article, compte du financeur (B7.1)."
    )
    covers_from = models.DateField("couvre la période du", null=True, blank=True)
    covers_until = models.DateField("au", null=True, blank=True)
    reason = models.TextField("motif", blank=True, help_text="Obligatoire quand la demande est refusée.")
    conditions = models.TextField("conditions", blank=True, help_text="Elles figureront dans la lettre.")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrée par")
    recorded_at = models.DateTimeField("enregistrée le")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "décision d'un financeur"
        verbose_name_plural = "décisions des financeurs"
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=FundingOutcome.values), name="decision_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="granted", awarded_amount__gt=0)
                | (~Q(outcome="granted") & Q(awarded_amount=0)),
                name="decision_amount_follows_its_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="rejected") | ~Q(reason=""), name="rejection_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(covers_until__isnull=True)
                | Q(covers_from__isnull=True)
                | Q(covers_until__gte=F("covers_from")),
                name="decision_covers_a_period",
            ),
        )

    def __str__(self) -> str:
        return f"{self.funding_request.envelope} : {self.get_outcome_display()}"


class FinalColumn(models.Model):
    """Colonne définitive : un financeur a fini de décider. Il peut la rouvrir jusqu'au COPIL."""

    envelope = models.OneToOneField(
        Envelope, models.PROTECT, related_name="+", related_query_name="final", verbose_name="enveloppe"
    )
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="marquée par")
    marked_at = models.DateTimeField("marquée le")

    class Meta:
        verbose_name = "colonne définitive"
        verbose_name_plural = "colonnes définitives"

    def __str__(self) -> str:
        return f"{self.envelope} : définitive"


class ProgrammeItem(models.Model):
    """Point d'un COPIL : la programmation d'un appel, à valider en bloc."""

    item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="+", verbose_name="point")
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name="appel à projets")

    class Meta:
        verbose_name = "programmation à valider en séance"
        verbose_name_plural = "programmations à valider en séance"

    def __str__(self) -> str:
        return str(self.item)


class ValidatedApplication(models.Model):
    """Dossier validé par une décision du COPIL (PRG-6, GOV-3)."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name="décision du COPIL")

    class Meta:
        verbose_name = "validation"

    def __str__(self) -> str:
        return f"{self.application} · {self.decision}"


class ValidationException(models.Model):
    """« Validé sauf… » : un dossier que le COPIL laisse de côté, et pourquoi. Il attend une autre séance."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", verbose_name="décision du COPIL")
    reason = models.CharField("motif", max_length=250)

    class Meta:
        verbose_name = "exception à la validation"
        verbose_name_plural = "exceptions à la validation"
        constraints = (
            models.UniqueConstraint("application", "decision", name="exception_is_made_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="exception_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.application} : {self.reason}"


class AwardNotice(models.Model):
    """Lettre de notification : une par dossier, nommant la décision de chaque financeur (PRG-10)."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="lettre")
    message = models.OneToOneField(Message, models.PROTECT, related_name="+", verbose_name="courriel")
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="préparée par")
    prepared_at = models.DateTimeField("préparée le")

    class Meta:
        verbose_name = "lettre de notification"
        verbose_name_plural = "lettres de notification"

    def __str__(self) -> str:
        return f"Lettre · {self.application}"
