"""Après l'accord : ce qui est payé, ce qui le prouve, le solde (FPH-4)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.documents.models import Document
from faubourg.fph.models.requests import Request
from faubourg.fph.states import PaymentMeans, ProofKind
from faubourg.toolkit.fields import EurosField


class Payment(models.Model):
    """Versement à qui porte l'action, ou achat fait pour elle par la structure gestionnaire."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="payments")
    means = models.CharField("moyen", max_length=10, choices=PaymentMeans)
    amount = EurosField("montant")
    paid_on = models.DateField("payé le")
    supplier = models.CharField("fournisseur", max_length=150, blank=True)
    bought = models.CharField("ce qui est acheté", max_length=200, blank=True)
    receipts_due_on = models.DateField("justificatifs attendus pour le", null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistré par")
    recorded_at = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "paiement d'une demande"
        verbose_name_plural = "paiements d'une demande"
        ordering = ("request", "paid_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="fph_payment_is_positive"),
            models.CheckConstraint(condition=Q(means__in=PaymentMeans.values), name="fph_means_is_known"),
            models.CheckConstraint(
                condition=~Q(means="purchase") | ~(Q(supplier="") | Q(bought="")),
                name="fph_purchase_says_what_and_where",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_means_display()}, demande {self.request.number}"


class Proof(models.Model):
    """Justificatif : un ticket, une photo de l'action, un reçu d'espèces signé."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="proofs")
    kind = models.CharField("nature", max_length=10, choices=ProofKind)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="pièce")
    amount = EurosField("montant", null=True, blank=True)
    rights_declared_on = models.DateField("droit à l'image déclaré le", null=True, blank=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="reçu par"
    )
    """Nobody: whoever holds the secret number sent it."""
    sent_at = models.DateTimeField("reçu le")

    class Meta:
        verbose_name = "justificatif d'une demande"
        verbose_name_plural = "justificatifs d'une demande"
        ordering = ("request", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=ProofKind.values), name="fph_proof_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(kind="receipt") | Q(amount__gt=0), name="fph_receipt_has_an_amount"
            ),
            models.CheckConstraint(
                condition=~Q(kind="photo") | Q(rights_declared_on__isnull=False), name="fph_photo_has_rights"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, demande {self.request.number}"


class Settlement(models.Model):
    """Solde : ce qui a été dépensé, ce qui est revenu au fonds."""

    request = models.OneToOneField(Request, models.PROTECT, related_name="settlement")
    spent_amount = EurosField("dépensé")
    returned_amount = EurosField("rendu au fonds")
    returned_on = models.DateField("rendu le", null=True, blank=True)
    settled_on = models.DateField("soldée le")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistré par")

    class Meta:
        verbose_name = "solde d'une demande"
        verbose_name_plural = "soldes d'une demande"
        ordering = ("request",)
        constraints = (
            models.CheckConstraint(
                condition=Q(returned_amount=0) | Q(returned_on__isnull=False), name="fph_return_has_its_day"
            ),
        )

    def __str__(self) -> str:
        return f"Solde de la demande {self.request.number}"
