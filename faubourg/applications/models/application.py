"""Le dossier, ce que la recherche y lit, les quartiers qu'il vise, ses indicateurs."""

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.applications.states import APPLICATION_FLOW, EDITABLE, TONES, Recurrence, State
from faubourg.calls.models import Call
from faubourg.contracts.models import Objective
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.territories.models import Neighbourhood

HELPERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
"""Who may type in the name of an applicant, when it is open to them (ASS-4)."""


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, standing: Standing) -> "ApplicationQuerySet":
        """One's own organisations' dossiers, and the filed ones of the contracts one sits on."""
        own = Q(applicant__in=standing.memberships)
        filed = (
            Q(call__contract__in=standing.contracts()) & ~Q(state=State.DRAFT) & Q(submitted_at__isnull=False)
        )
        helped = Q(call__contract__in=standing.contracts(*HELPERS), state=State.DRAFT, is_assisted=True)
        return self.filter(own | filed | helped)

    def filed(self) -> "ApplicationQuerySet":
        return self.filter(submitted_at__isnull=False)


class Application(models.Model):
    """Dossier : la demande d'une structure, pour une action, dans un appel à projets (PRG-2)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name="appel à projets")
    applicant = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="porteur")
    state = models.CharField("état", max_length=20, choices=State, default=State.DRAFT)
    number = models.CharField("numéro", max_length=12, blank=True, help_text="Donné au dépôt : 2027-014.")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="commencé par")
    created_at = models.DateTimeField("commencé le")
    submitted_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="déposé par"
    )
    submitted_at = models.DateTimeField("déposé le", null=True, blank=True)

    copied_from = models.ForeignKey(
        "self", models.PROTECT, related_name="+", null=True, blank=True, verbose_name="reprend le dossier"
    )
    to_confirm = models.JSONField(
        "réponses reprises, à relire", default=dict, blank=True, help_text="{étape: [question, …]}"
    )

    title = models.CharField("intitulé de l'action", max_length=200)
    search_text = models.CharField(
        "texte de recherche",
        max_length=500,
        blank=True,
        editable=False,
        help_text="Numéro et intitulé, sans accents ; tenu par les actions.",
    )
    recurrence = models.CharField(
        "première demande ou renouvellement", max_length=10, choices=Recurrence, blank=True
    )
    is_multi_year = models.BooleanField(
        "convention pluriannuelle d'objectifs", default=False, help_text="CPO, PRG-11."
    )
    need = models.TextField("à quel besoin répond l'action", blank=True)
    description = models.TextField("que ferez-vous", blank=True)
    expected_results = models.TextField("qu'est-ce qui aura changé", blank=True)
    partners = models.TextField("avec quels partenaires", blank=True)
    objectives = models.ManyToManyField(
        Objective, related_name="+", blank=True, verbose_name="objectifs du contrat"
    )

    audience = models.TextField("à qui s'adresse l'action", blank=True)
    participants_count = models.PositiveIntegerField("nombre total de participants", null=True, blank=True)
    place = models.CharField("lieu de l'action", max_length=250, blank=True)
    mainstream_sought = models.TextField("quels crédits de droit commun avez-vous demandés", blank=True)
    relay_plan = models.TextField("relais par le droit commun", blank=True)

    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    schedule = models.TextField("déroulement", blank=True)
    staff = models.TextField("qui fait quoi (salariés, bénévoles)", blank=True)

    republican_pledge = models.BooleanField("contrat d'engagement républicain souscrit", default=False)
    republican_pledge_signed_on = models.DateField("souscrit le", null=True, blank=True)
    is_up_to_date = models.BooleanField("à jour des obligations sociales et fiscales", default=False)
    is_accurate = models.BooleanField("informations exactes, y compris les autres demandes", default=False)

    is_assisted = models.BooleanField(
        "saisie ouverte au GIP",
        default=False,
        help_text="Le GIP écrit au nom de la structure, qui seule dépose.",
    )
    paper_received_on = models.DateField("reçu sur papier le", null=True, blank=True)
    paper_signed_by = models.CharField("papier signé par", max_length=150, blank=True)
    paper_scan = models.ForeignKey(
        Document,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="papier signé, numérisé",
    )

    late_until = models.DateTimeField("dépôt rouvert jusqu'au", null=True, blank=True)
    late_reason = models.TextField("motif de la réouverture", blank=True)
    closing_reason = models.TextField("motif (irrecevable, retiré)", blank=True)
    pending_input = models.JSONField(
        "saisie non encore valable, gardée telle quelle",
        default=dict,
        blank=True,
        help_text='{étape: {champ: {"typed": […], "why": […]}}}',
    )
    step_versions = models.JSONField(
        "version de chaque étape",
        default=dict,
        blank=True,
        help_text='{étape: {"version": n, "by": nom, "by_id": id, "at": moment, "page": page}}',
    )
    unlocked = models.JSONField(
        "réponses ouvertes à la correction",
        default=dict,
        blank=True,
        help_text='{"étape-question": {"label": …, "why": …}} ; rien : tout le dossier.',
    )
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    saved_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="enregistré par"
    )
    is_fictitious = models.BooleanField("fictif", default=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn")) | Q(submitted_at__isnull=False),
                name="application_beyond_draft_was_submitted",
            ),
            models.UniqueConstraint(
                "call", "number", condition=~Q(number=""), name="application_number_is_unique_in_its_call"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="application_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(paper_received_on__isnull=True) | Q(paper_scan__isnull=False),
                name="application_on_paper_has_its_scan",
            ),
            models.UniqueConstraint(
                "call",
                "copied_from",
                condition=~Q(state="withdrawn"),
                name="application_is_copied_once_in_a_call",
            ),
        )
        indexes = (
            models.Index(fields=("applicant", "-id"), name="application_by_applicant"),
            # The filed dossiers of a campaign, by state, by title, and their search, are counted and paged
            # from these indexes alone: neither the length of the texts nor the page number costs anything.
            models.Index(
                fields=("call", "-submitted_at", "-id", "search_text", "applicant"),
                name="application_by_filing",
            ),
            models.Index(fields=("call", "state", "-submitted_at", "-id"), name="application_by_call_state"),
            models.Index(fields=("call", "title", "id", "submitted_at"), name="application_by_title"),
        )

    def __str__(self) -> str:
        title = self.title or "Action sans titre"
        return f"{self.number} {title}" if self.number else title

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def tone(self) -> str:
        return TONES.get(State(self.state), "info")

    def step(self, name: str) -> None:
        """Move along the flow; raises IllegalStep when the state does not allow it."""
        self.state = APPLICATION_FLOW.after(name, State(self.state))


class ProjectWords(models.Model):
    """Mots du projet : ce que la recherche lit des longs textes d'un dossier ; tenu par les actions."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="+", verbose_name="dossier"
    )
    words = models.TextField("mots distincts, sans accents", editable=False)

    class Meta:
        verbose_name = "mots du projet"
        verbose_name_plural = "mots des projets"

    def __str__(self) -> str:
        return f"Mots de {self.application}"


class ApplicationTerritory(models.Model):
    """Quartier visé par un dossier, et combien de ses habitants (GEO-9)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="territories")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", verbose_name="quartier"
    )
    residents_count = models.PositiveIntegerField("habitants du quartier visés", null=True, blank=True)

    class Meta:
        verbose_name = "quartier visé"
        constraints = (
            models.UniqueConstraint("application", "neighbourhood", name="neighbourhood_is_aimed_at_once"),
        )

    def __str__(self) -> str:
        return f"{self.neighbourhood} : {self.residents_count or 'à confirmer'} habitants"


class ProjectIndicator(models.Model):
    """Indicateur de suivi proposé par le porteur (au moins deux, PRG-2)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="indicators")
    label = models.CharField("indicateur", max_length=200)
    target = models.CharField("valeur attendue", max_length=100)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "indicateur"
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.label
