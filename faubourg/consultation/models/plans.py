"""Le plan d'action de la participation, annexé au contrat (CIT-5, l. 941-950)."""

from django.db import models
from django.db.models import Q

from faubourg.consultation.states import PlanState, PlanTheme
from faubourg.contracts.models import Contract


class PlanAction(models.Model):
    """Action du plan : un des six thèmes, ce qu'on fait, qui s'en charge, pour quand."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    theme = models.CharField("thème", max_length=12, choices=PlanTheme)
    what = models.CharField("action", max_length=250)
    in_charge = models.CharField("qui s'en charge", max_length=150, blank=True)
    due_on = models.DateField("pour le", null=True, blank=True)
    state = models.CharField("état", max_length=12, choices=PlanState, default=PlanState.PLANNED)
    reason = models.TextField("motif de l'abandon", blank=True)

    class Meta:
        verbose_name = "action du plan de participation"
        verbose_name_plural = "actions du plan de participation"
        ordering = ("contract", "theme", "pk")
        constraints = (
            models.UniqueConstraint("contract", "theme", "what", name="plan_action_is_said_once"),
            models.CheckConstraint(condition=Q(theme__in=PlanTheme.values), name="plan_theme_is_known"),
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_is_known"),
        )

    def __str__(self) -> str:
        return self.what


class PlanAdoption(models.Model):
    """Validation du plan en comité de pilotage : il devient une annexe du contrat."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    decided_on = models.DateField("décidée le")
    reference = models.CharField("référence", max_length=150)

    class Meta:
        verbose_name = "adoption du plan de participation"
        verbose_name_plural = "adoptions du plan de participation"
        ordering = ("contract", "-decided_on", "-pk")
        constraints = (models.UniqueConstraint("contract", "decided_on", name="plan_is_adopted_once_a_day"),)

    def __str__(self) -> str:
        return self.reference
