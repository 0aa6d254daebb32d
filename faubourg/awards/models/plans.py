"""Le budget réduit : ce qu'un porteur fait quand ses financeurs donnent moins que demandé."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.states import Side
from faubourg.awards.states import Way
from faubourg.toolkit.fields import EurosField


class ReducedPlan(models.Model):
    """Budget réduit : une version du plan gardée à côté du budget déposé, confirmée par un signataire."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    granted_amount = EurosField("accordé par les financeurs", help_text="Le total auquel il répond.")
    way = models.CharField("choix du porteur", max_length=15, choices=Way, blank=True)
    note = models.TextField("ce qui change dans l'action", blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="confirmé par"
    )
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "budget réduit"
        verbose_name_plural = "budgets réduits"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                "application", condition=Q(confirmed_at__isnull=True), name="one_open_reduced_plan"
            ),
        )

    def __str__(self) -> str:
        return f"Budget réduit · {self.application}"


class ReducedLine(models.Model):
    """Ligne d'un budget réduit, sur un compte du Cerfa 12156."""

    plan = models.ForeignKey(ReducedPlan, models.CASCADE, related_name="lines")
    side = models.CharField("côté", max_length=20, choices=Side)
    account = models.CharField("compte", max_length=4)
    label = models.CharField("libellé", max_length=150, blank=True)
    filed_amount = EurosField("au budget déposé", null=True, blank=True)
    amount = EurosField("montant", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "ligne d'un budget réduit"
        verbose_name_plural = "lignes d'un budget réduit"
        ordering = ("side", "account", "position", "id")

    def __str__(self) -> str:
        return f"{self.account} {self.label}"
