"""Les démarches de concertation : ce qu'on demande aux habitants, où, quand, et qui est venu (A3)."""

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.consultation.models.coding import Topic
from faubourg.consultation.states import (
    WITHOUT_GATHERING,
    AttendeeCategory,
    ConsultationState,
    MinutesState,
    Modality,
)
from faubourg.contracts.models import LINES_HELP, Contract
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.directory.models import Organisation
from faubourg.territories.models import Neighbourhood

KEEPERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
"""Who prepares consultations and takes down what residents say."""


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def visible_to(self, standing: Standing) -> "ConsultationQuerySet":
        """Everyone on the contract once it is published; those who prepare it, before."""
        told = Q(contract__in=standing.contracts()) & ~Q(state=ConsultationState.DRAFT)
        return self.filter(told | Q(contract__in=standing.contracts(*KEEPERS)))


class Consultation(models.Model):
    """Démarche de concertation : une question posée aux habitants, par un ou plusieurs moyens (CON-1)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    title = models.CharField("intitulé", max_length=150)
    aim = models.TextField("à quoi elle sert", blank=True)
    modalities = models.JSONField("moyens", default=list)
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    neighbourhoods = models.ManyToManyField(Neighbourhood, related_name="+", verbose_name="quartiers")
    topics = models.ManyToManyField(Topic, related_name="+", blank=True, verbose_name="thèmes")
    organisers = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name="organisateurs"
    )
    perimeter = models.CharField("périmètre", max_length=200, blank=True)
    state = models.CharField(
        "état", max_length=10, choices=ConsultationState, default=ConsultationState.DRAFT
    )
    published_on = models.DateField("publiée le", null=True, blank=True)
    closed_on = models.DateField("terminée le", null=True, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    is_fictitious = models.BooleanField("fictive", default=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = "démarche de concertation"
        verbose_name_plural = "démarches de concertation"
        ordering = ("contract", F("starts_on").desc(nulls_last=True), "-pk")
        constraints = (
            models.UniqueConstraint("contract", "title", name="consultation_title_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=ConsultationState.values), name="consultation_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="consultation_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def modality_labels(self) -> list[str]:
        return [str(Modality(one).label) for one in self.modalities]


class ConsultationFigure(models.Model):
    """Chiffre dit d'une démarche, avec son périmètre : deux chiffres qui diffèrent restent deux (CON-3)."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="figures")
    label = models.CharField("ce qui est compté", max_length=120)
    value = models.PositiveIntegerField("nombre", null=True, blank=True)
    perimeter = models.CharField("périmètre", max_length=200, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "chiffre d'une démarche"
        verbose_name_plural = "chiffres d'une démarche"
        ordering = ("consultation", "pk")
        constraints = (models.UniqueConstraint("consultation", "label", name="figure_is_told_once"),)

    def __str__(self) -> str:
        return self.label


class Gathering(models.Model):
    """Rencontre : des habitants réunis un jour, quelque part (CON-1, CON-4)."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="gatherings")
    kind = models.CharField("forme", max_length=20, choices=Modality)
    title = models.CharField("intitulé", max_length=150)
    held_on = models.DateField("jour")
    hour = models.CharField("heure", max_length=20, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    facilitators = models.CharField("animateurs", max_length=300, blank=True)
    attendees = models.PositiveIntegerField("participants en tout", null=True, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "rencontre"
        ordering = ("held_on", "pk")
        constraints = (
            models.UniqueConstraint("consultation", "title", "held_on", name="gathering_is_held_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        one for one in Modality.values if one not in [str(w) for w in WITHOUT_GATHERING]
                    ]
                ),
                name="gathering_kind_is_known",
            ),
        )

    def __str__(self) -> str:
        return self.title


class AttendeeCount(models.Model):
    """Participants d'une rencontre, par catégorie et sans nom (CON-4)."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="counts")
    category = models.CharField("catégorie", max_length=14, choices=AttendeeCategory)
    count = models.PositiveIntegerField("nombre")

    class Meta:
        verbose_name = "participants d'une catégorie"
        verbose_name_plural = "participants par catégorie"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("gathering", "category", name="category_is_counted_once"),
            models.CheckConstraint(
                condition=Q(category__in=AttendeeCategory.values), name="attendee_category_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_category_display()} : {self.count}"


class GatheringQuestion(models.Model):
    """Question posée à une rencontre."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField("rang")
    text = models.CharField("question", max_length=300)

    class Meta:
        verbose_name = "question d'une rencontre"
        verbose_name_plural = "questions d'une rencontre"
        ordering = ("gathering", "position")
        constraints = (
            models.UniqueConstraint("gathering", "position", name="gathering_question_has_a_rank"),
        )

    def __str__(self) -> str:
        return self.text


class GatheringTable(models.Model):
    """Table d'une rencontre : ce dont on y parle."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="tables")
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("de quoi on y parle", max_length=120)

    class Meta:
        verbose_name = "table d'une rencontre"
        verbose_name_plural = "tables d'une rencontre"
        ordering = ("gathering", "position")
        constraints = (models.UniqueConstraint("gathering", "position", name="gathering_table_has_a_rank"),)

    def __str__(self) -> str:
        return f"Table {self.position} · {self.name}"


class GatheringMinutes(models.Model):
    """Compte rendu d'une rencontre : rédigé, puis validé, puis diffusé (CON-6)."""

    gathering = models.OneToOneField(Gathering, models.PROTECT, related_name="minutes")
    state = models.CharField("état", max_length=10, choices=MinutesState, default=MinutesState.WRITTEN)
    text = models.TextField("compte rendu")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="rédigé par")
    written_on = models.DateField("rédigé le")
    validated_by_body = models.CharField("validé par", max_length=150, blank=True)
    validated_on = models.DateField("validé le", null=True, blank=True)
    published_on = models.DateField("diffusé le", null=True, blank=True)

    class Meta:
        verbose_name = "compte rendu d'une rencontre"
        verbose_name_plural = "comptes rendus des rencontres"
        constraints = (
            models.CheckConstraint(condition=Q(state__in=MinutesState.values), name="minutes_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=MinutesState.WRITTEN.value)
                | Q(validated_on__isnull=False) & ~Q(validated_by_body=""),
                name="minutes_are_validated_before_they_leave",
            ),
        )

    def __str__(self) -> str:
        return f"Compte rendu · {self.gathering}"
