"""Appels à projets : cadrage, calendrier, objectifs ouverts, enveloppes, pièces, critères."""

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.calls.states import CallState, FundingLine, PaperScope
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import FUNDER_ROLES, GIP_ROLES, Role
from faubourg.directory.models import Organisation
from faubourg.directory.states import PaperKind
from faubourg.documents.models import Document
from faubourg.governance.models import Body
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import EurosField

WRITERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
"""Who prepares a call, opens it and closes it."""

DRAFT_READERS = (*GIP_ROLES, *FUNDER_ROLES, Role.COUNCILLOR)
"""Who reads a call before it opens: those who write it, those consulted on it, those who fund it."""


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, standing: Standing) -> "CallQuerySet":
        """A call that has opened is public; a draft is for the GIP, councils and funders of its contract."""
        return self.filter(~Q(state=CallState.DRAFT) | Q(contract__in=standing.contracts(*DRAFT_READERS)))


class Call(models.Model):
    """Appel à projets annuel d'un contrat (PRG-1)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    year = models.PositiveSmallIntegerField("exercice")
    title = models.CharField("intitulé", max_length=200)
    state = models.CharField("état", max_length=10, choices=CallState, default=CallState.DRAFT)
    guidelines = models.TextField("note de cadrage", blank=True)
    guidelines_document = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="note de cadrage (fichier)",
    )
    opens_on = models.DateField("ouvre le")
    closes_on = models.DateField("ferme le", help_text="Dernier jour inclus, jusqu'à minuit, heure de Paris.")
    objectives = models.ManyToManyField(Objective, related_name="+", verbose_name="objectifs ouverts")
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", verbose_name="territoires ouverts"
    )
    contact = models.CharField("qui appeler", max_length=200, blank=True)
    short_form_ceiling = EurosField(
        "formulaire court jusqu'à",
        null=True,
        blank=True,
        help_text="Total demandé, inclus. Vide : le même formulaire pour tous.",
    )
    exception_reason = models.TextField(
        "motif de l'ouverture sans consultation",
        blank=True,
        help_text="Publié avec l'appel. Réservé à la direction du GIP.",
    )
    exception_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="dérogation accordée par"
    )
    opened_at = models.DateTimeField("ouvert à", null=True, blank=True)
    first_closes_on = models.DateField("fermait d'abord le", null=True, blank=True)
    postponement_reason = models.TextField(
        "motif de la prolongation", blank=True, help_text="Publié avec l'appel."
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "appel à projets"
        verbose_name_plural = "appels à projets"
        ordering = ("-year", "title")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_is_known"),
            models.UniqueConstraint("contract", "year", "title", name="call_is_unique_in_its_year"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.year}" if str(self.year) not in self.title else self.title

    @property
    def is_draft(self) -> bool:
        return self.state == CallState.DRAFT

    @property
    def has_guidelines(self) -> bool:
        return bool(self.guidelines.strip()) or self.guidelines_document_id is not None


class Milestone(models.Model):
    """Étape du calendrier de la campagne (PRG-12)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="milestones")
    label = models.CharField("étape", max_length=150)
    due_on = models.DateField("date")

    class Meta:
        verbose_name = "étape"
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.label


class Envelope(models.Model):
    """Enveloppe : ce qu'un financeur met dans l'appel, sur une ligne. Sans montant : « à confirmer »."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="envelopes")
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="financeur")
    line = models.CharField("ligne de crédits", max_length=12, choices=FundingLine)
    amount = EurosField("montant", null=True, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "enveloppe"
        ordering = ("call", "position", "id")
        constraints = (
            models.UniqueConstraint("call", "funder", "line", name="envelope_is_unique"),
            models.CheckConstraint(condition=Q(line__in=FundingLine.values), name="envelope_line_is_known"),
        )

    def __str__(self) -> str:
        if self.line == FundingLine.MAINSTREAM:
            return f"{self.funder} (droit commun)"
        if self.is_structure_aid:
            return f"{self.funder} (aide à la structure)"
        return f"{self.funder} (P147)" if self.is_p147 else str(self.funder)

    @property
    def is_p147(self) -> bool:
        return self.line == FundingLine.P147

    @property
    def is_structure_aid(self) -> bool:
        """For a social centre only, while the CAF recognises it as one (PAR-4)."""
        return self.line == FundingLine.STRUCTURE


class RequiredPaper(models.Model):
    """Pièce demandée par l'appel."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="papers")
    label = models.CharField("pièce", max_length=150)
    help = models.CharField("aide", max_length=250, blank=True)
    scope = models.CharField("demandée à", max_length=15, choices=PaperScope, default=PaperScope.ALL)
    is_required = models.BooleanField("obligatoire", default=True)
    kind = models.CharField(
        "reprise de la fiche",
        max_length=20,
        choices=PaperKind,
        blank=True,
        help_text="La pièce valable de la structure y répond, sans la joindre de nouveau (ASS-1).",
    )
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "pièce demandée"
        verbose_name_plural = "pièces demandées"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label


class Criterion(models.Model):
    """Critère d'appréciation ; sans poids, il est seulement montré."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    label = models.CharField("critère", max_length=150)
    help = models.CharField("aide", max_length=250, blank=True)
    weight = models.PositiveSmallIntegerField("poids", null=True, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "critère"
        verbose_name_plural = "critères"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label


class CommitteeGauge(models.Model):
    """Jauge : combien de dossiers un comité technique peut examiner cette année (PRG-1)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="gauges")
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="comité")
    most_applications = models.PositiveSmallIntegerField("dossiers au plus")

    class Meta:
        verbose_name = "jauge d'un comité"
        verbose_name_plural = "jauges des comités"
        ordering = ("body__position", "body__name")
        constraints = (models.UniqueConstraint("call", "body", name="committee_is_gauged_once_per_call"),)

    def __str__(self) -> str:
        return f"{self.body} : {self.most_applications}"


class CouncilConsultation(models.Model):
    """Consultation d'un conseil citoyen sur l'appel, avant son ouverture (l. 902, PRG-1)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="consultations")
    council = models.ForeignKey(
        CitizenCouncil, models.PROTECT, related_name="+", verbose_name="conseil citoyen"
    )
    consulted_on = models.DateField("consulté le")
    means = models.CharField(
        "comment", max_length=200, help_text="Réunion, envoi du projet d'appel, permanence…"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistrée par")
    answer = models.TextField("ce que le conseil a dit", blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="réponse donnée par"
    )
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)

    class Meta:
        verbose_name = "consultation"
        ordering = ("consulted_on", "id")
        constraints = (models.UniqueConstraint("call", "council", name="council_is_consulted_once_per_call"),)

    def __str__(self) -> str:
        return f"{self.council} consulté le {self.consulted_on}"
