"""Le budget d'un dossier : ses lignes, ce qu'il demande à chaque financeur, les classeurs reçus."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models.application import Application
from faubourg.applications.states import Side
from faubourg.calls.models import Envelope
from faubourg.documents.models import Document
from faubourg.toolkit.fields import EurosField


class BudgetLine(models.Model):
    """Ligne du budget prévisionnel sur un compte du Cerfa 12156 ; les demandes de subvention n'y sont pas."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="budget_lines")
    side = models.CharField("côté", max_length=20, choices=Side)
    account = models.CharField("compte", max_length=4)
    label = models.CharField("libellé", max_length=150, blank=True)
    amount = EurosField("montant")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        ordering = ("side", "account", "position", "id")
        constraints = (
            models.CheckConstraint(condition=Q(side__in=Side.values), name="budget_side_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.label}"


class FundingRequest(models.Model):
    """Ce qui est demandé à un financeur, sur son enveloppe : une ligne du compte 74."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="funding_requests")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="+", verbose_name="financeur")
    requested_amount = EurosField("montant demandé")

    class Meta:
        verbose_name = "demande à un financeur"
        verbose_name_plural = "demandes aux financeurs"
        ordering = ("application", "envelope__position", "id")
        constraints = (
            models.UniqueConstraint("application", "envelope", name="funder_is_asked_once"),
            models.CheckConstraint(condition=Q(requested_amount__gt=0), name="request_asks_for_money"),
        )

    def __str__(self) -> str:
        return f"{self.envelope} : {self.requested_amount}"


class BudgetFile(models.Model):
    """Classeur reçu pour un budget : gardé tel quel, lu pour un aperçu, repris ou non."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="budget_files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="fichier")
    imported_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="repris par"
    )
    imported_at = models.DateTimeField("repris le", null=True, blank=True)

    class Meta:
        verbose_name = "classeur de budget"
        verbose_name_plural = "classeurs de budget"
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.document)
