"""Le projet de quartier : ses versions, validées en comité de pilotage, et ce que vise chaque priorité."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models.contract import Contract, Objective
from faubourg.contracts.states import ChangeKind, VersionState


class TreeVersion(models.Model):
    """Version des objectifs : des ajustements proposés ensemble, validés ensemble (PRJ-2, PRJ-3)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("numéro")
    state = models.CharField("état", max_length=10, choices=VersionState, default=VersionState.PROPOSED)
    proposed_on = models.DateField("proposée le")
    decided_on = models.DateField("validée le", null=True, blank=True)
    record = models.CharField("compte rendu", max_length=200, blank=True)

    class Meta:
        verbose_name = "version des objectifs"
        verbose_name_plural = "versions des objectifs"
        ordering = ("contract", "-number")
        constraints = (
            models.UniqueConstraint("contract", "number", name="tree_version_number_is_unique"),
            models.UniqueConstraint(
                "contract",
                condition=Q(state=VersionState.PROPOSED.value),
                name="one_tree_version_is_proposed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="tree_version_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.PROPOSED.value) | Q(decided_on__isnull=False) & ~Q(record=""),
                name="tree_version_in_force_names_its_record",
            ),
        )

    def __str__(self) -> str:
        return f"Version {self.number}"


class ObjectiveChange(models.Model):
    """Ajustement d'un objectif : l'ancien, le nouveau, le motif (PRJ-3)."""

    version = models.ForeignKey(TreeVersion, models.CASCADE, related_name="changes")
    kind = models.CharField("ajustement", max_length=10, choices=ChangeKind)
    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="objectif"
    )
    parent = models.ForeignKey(
        Objective, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="relève de"
    )
    code = models.CharField("code", max_length=12)
    before = models.CharField("ancien libellé", max_length=250, blank=True)
    after = models.CharField("nouveau libellé", max_length=250, blank=True)
    reason = models.CharField("motif", max_length=300)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="proposé par")

    class Meta:
        verbose_name = "ajustement d'un objectif"
        verbose_name_plural = "ajustements des objectifs"
        ordering = ("version", "pk")
        constraints = (
            models.UniqueConstraint("version", "code", name="objective_changes_once_per_version"),
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="objective_change_kind_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="objective_change_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.after or self.before}"


class PrioritySheet(models.Model):
    """Ce que vise une priorité : les quatre questions de la concertation (PRJ-5, l. 295-298)."""

    objective = models.OneToOneField(Objective, models.PROTECT, related_name="sheet", verbose_name="priorité")
    expected_change = models.TextField("changement attendu en 2030", blank=True)
    resources = models.TextField("acteurs et ressources à mobiliser", blank=True)
    projects = models.TextField("projets structurants", blank=True)
    solutions = models.TextField("solutions et dispositifs prioritaires", blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="écrite par")
    written_on = models.DateField("écrite le")

    class Meta:
        verbose_name = "fiche de priorité"
        verbose_name_plural = "fiches de priorité"

    def __str__(self) -> str:
        return f"Fiche · {self.objective}"
