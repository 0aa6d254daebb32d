"""Ce qui est demandé au porteur : compléments, réponses à corriger, bilan de l'année passée."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.rules import why
from faubourg.appraisal.states import Flaw
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation


class InformationRequest(models.Model):
    """Demande de complément : la question, son échéance, la réponse."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+", verbose_name="dossier")
    question = models.TextField("ce qu'il manque")
    due_on = models.DateField("pour le")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="demandé par")
    asked_at = models.DateTimeField("demandé le")
    answer = models.TextField("réponse", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="répondu par"
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="repris sans réponse par"
    )
    reminded_at = models.DateTimeField("relancé le", null=True, blank=True)

    class Meta:
        verbose_name = "demande de complément"
        verbose_name_plural = "demandes de complément"
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                "application", condition=Q(answered_at__isnull=True), name="one_open_information_request"
            ),
        )

    def __str__(self) -> str:
        return self.question[:80]


class Correction(models.Model):
    """Réponse à corriger : ce qui n'allait pas, ce qu'elle disait, ce qu'elle dit."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="corrections")
    key = models.CharField("réponse", max_length=60)
    label = models.CharField("intitulé", max_length=200)
    flaw = models.CharField("ce qui ne va pas", max_length=12, choices=Flaw)
    note = models.TextField("précision", blank=True)
    before = models.TextField("ce qui était écrit", blank=True)
    after = models.TextField("ce qui est écrit", blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="acceptée par"
    )
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)

    class Meta:
        verbose_name = "correction demandée"
        verbose_name_plural = "corrections demandées"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint("request", "key", name="answer_is_asked_once_per_request"),
            models.CheckConstraint(condition=Q(flaw__in=Flaw.values), name="correction_flaw_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.label} : {self.why}"

    @property
    def why(self) -> str:
        return why(self.flaw, self.note)

    @property
    def part(self) -> str:
        """The step of the form where it is corrected."""
        return str(self.key).partition("-")[0]

    @property
    def anchor(self) -> str:
        """Where it is on the page of its step; "" when the whole step is asked."""
        name = str(self.key).partition("-")[2]
        rows = {"indicators": "compte-indicator", "residents": "id_territories"}
        return rows.get(name) or (f"id_paper-{name}" if name.isdigit() else f"id_{name}" if name else "")

    @property
    def is_unchanged(self) -> bool:
        return self.before == self.after


class FinalReportDue(models.Model):
    """Bilan attendu d'un porteur pour une année : reçu, pas reçu, sursis (PRG-4). Noté à la main."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="porteur")
    year = models.PositiveSmallIntegerField("exercice")
    is_due = models.BooleanField("bilan attendu", default=True)
    received_on = models.DateField("reçu le", null=True, blank=True)
    reprieve_until = models.DateField("sursis jusqu'au", null=True, blank=True)
    reprieve_reason = models.CharField("motif du sursis", max_length=250, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noté par")
    recorded_at = models.DateTimeField("noté le")

    class Meta:
        verbose_name = "bilan attendu"
        verbose_name_plural = "bilans attendus"
        constraints = (
            models.UniqueConstraint("contract", "organisation", "year", name="final_report_is_noted_once"),
            models.CheckConstraint(
                condition=Q(reprieve_until__isnull=True) | ~Q(reprieve_reason=""),
                name="reprieve_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"Bilan {self.year} de {self.organisation}"
