"""Scénarios : des copies de travail des montants ; la liste complémentaire, dans l'ordre. Rien n'y décide."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import FundingRequest
from faubourg.calls.models import Call
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import FUNDER_ROLES, GIP_ROLES
from faubourg.toolkit.fields import EurosField

READERS = (*GIP_ROLES, *FUNDER_ROLES)
"""Those who arbitrate: the GIP and the funders."""


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, standing: Standing) -> "ScenarioQuerySet":
        """One's own, and those shared on the contracts where one arbitrates."""
        shared = Q(is_shared=True) | Q(owner=standing.user_id)
        return self.filter(shared, call__contract__in=standing.contracts(*READERS))


class Scenario(models.Model):
    """Scénario : une copie de travail des montants, nommée, dossier par dossier et par financeur (PRG-9)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name="appel à projets")
    name = models.CharField("nom", max_length=80)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="fait par")
    is_of_team = models.BooleanField("scénario de l'équipe du GIP", default=False)
    is_shared = models.BooleanField("partagé avec le GIP et les financeurs", default=False)
    source = models.CharField("fait d'après", max_length=120)
    created_at = models.DateTimeField("créé le")
    adopted_at = models.DateTimeField("adopté le", null=True, blank=True)
    adopted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="adopté par"
    )

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = "scénario"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint("call", "owner", "name", name="scenario_name_is_unique_for_its_owner"),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True) | Q(is_shared=True), name="adopted_scenario_is_shared"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ScenarioAmount(models.Model):
    """Montant essayé pour une demande ; avec un rang, il attend sur la liste complémentaire."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="amounts")
    funding_request = models.ForeignKey(
        FundingRequest, models.CASCADE, related_name="+", related_query_name="tried", verbose_name="demande"
    )
    amount = EurosField("montant", null=True, blank=True)
    waiting_rank = models.PositiveIntegerField("rang sur la liste complémentaire", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="écrit par")

    class Meta:
        verbose_name = "montant d'un scénario"
        verbose_name_plural = "montants d'un scénario"
        constraints = (
            models.UniqueConstraint("scenario", "funding_request", name="scenario_tries_a_request_once"),
            models.CheckConstraint(
                condition=Q(waiting_rank__isnull=True) | Q(amount__gt=0), name="what_waits_has_an_amount"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scenario} · {self.funding_request_id} : {self.amount}"


class WaitingRequest(models.Model):
    """Liste complémentaire : ce qui serait servi si de l'argent se libère, dans l'ordre (PRG-9)."""

    funding_request = models.OneToOneField(
        FundingRequest, models.CASCADE, related_name="+", related_query_name="waiting", verbose_name="demande"
    )
    amount = EurosField("montant attendu")
    rank = models.PositiveIntegerField("rang")

    class Meta:
        verbose_name = "inscription sur la liste complémentaire"
        verbose_name_plural = "inscriptions sur la liste complémentaire"
        ordering = ("rank", "id")
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="waiting_request_has_an_amount"),
        )

    def __str__(self) -> str:
        return f"{self.rank}. {self.funding_request_id} : {self.amount}"
