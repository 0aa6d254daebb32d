"""La dotation de fonctionnement des conseils citoyens, dépense par dépense (CIT-4, l. 904)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.consultation.models.councils import CitizenCouncil
from faubourg.consultation.states import ExpensePurpose
from faubourg.documents.models import Document
from faubourg.toolkit.fields import EurosField


class CouncilExpense(models.Model):
    """Dépense d'un conseil sur la dotation de l'année où elle est faite."""

    council = models.ForeignKey(
        CitizenCouncil, models.PROTECT, related_name="expenses", verbose_name="conseil citoyen"
    )
    spent_on = models.DateField("payée le")
    purpose = models.CharField("nature", max_length=14, choices=ExpensePurpose)
    label = models.CharField("ce qui est payé", max_length=150)
    amount = EurosField("montant")
    receipt = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="justificatif"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="notée par")
    recorded_at = models.DateTimeField("notée le")
    is_fictitious = models.BooleanField("fictive", default=False)

    class Meta:
        verbose_name = "dépense d'un conseil citoyen"
        verbose_name_plural = "dépenses des conseils citoyens"
        ordering = ("-spent_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=ExpensePurpose.values), name="expense_purpose_is_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_is_positive"),
        )

    def __str__(self) -> str:
        return f"{self.label}, {self.council}"
