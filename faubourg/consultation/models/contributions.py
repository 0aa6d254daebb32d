"""Ce que les habitants ont dit, et ce que le contrat en a fait (CON-5)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.consultation.models.coding import Topic
from faubourg.consultation.models.consultations import (
    Consultation,
    Gathering,
    GatheringQuestion,
    GatheringTable,
)
from faubourg.consultation.states import ConsultationState, ContributionState, Origin
from faubourg.contracts.models import LINES_HELP, Contract, Objective
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.territories.models import Neighbourhood

READERS = (*GIP_ROLES, Role.PREFECT_DELEGATE)
"""Who reads what was said before it is reviewed for names (CON-7)."""
REVIEWED = Q(reviewed_on__isnull=False)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, standing: Standing) -> "ContributionQuerySet":
        """All of them for those who read them first; for the others, once reviewed for names."""
        from_the_start = Q(contract__in=standing.contracts(*READERS))
        return self.filter(from_the_start | Q(contract__in=standing.contracts()) & REVIEWED)

    def published(self) -> "ContributionQuerySet":
        """What anybody may read: reviewed, answered, and said in a consultation that is itself public."""
        told = Q(consultation=None) | ~Q(consultation__state=ConsultationState.DRAFT)
        return self.filter(REVIEWED, told).exclude(state=ContributionState.TO_READ)


class Contribution(models.Model):
    """Parole d'habitant : telle qu'elle a été dite, et telle qu'elle peut être publiée (CON-5, CON-7)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    origin = models.CharField("origine", max_length=14, choices=Origin)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="démarche"
    )
    gathering = models.ForeignKey(
        Gathering, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="rencontre"
    )
    question = models.ForeignKey(
        GatheringQuestion, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="question"
    )
    table = models.ForeignKey(
        GatheringTable, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="table"
    )
    reference = models.CharField(
        "référence d'origine", max_length=80, blank=True, help_text="Une même réponse n'entre qu'une fois."
    )
    said_on = models.DateField("dite le")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    text = models.TextField("telle qu'elle a été dite")
    public_text = models.TextField("telle qu'elle peut être lue par tous", blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="relue par"
    )
    reviewed_on = models.DateField("relue le", null=True, blank=True)
    state = models.CharField(
        "état", max_length=10, choices=ContributionState, default=ContributionState.TO_READ
    )
    reason = models.TextField("réponse aux habitants", blank=True)
    answered_on = models.DateField("répondue le", null=True, blank=True)
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="thème"
    )
    topic_reason = models.CharField("pourquoi ce thème", max_length=300, blank=True)
    typed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="saisie par"
    )
    typed_at = models.DateTimeField("saisie le")
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    is_fictitious = models.BooleanField("fictive", default=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = "parole d'habitant"
        verbose_name_plural = "paroles d'habitants"
        ordering = ("contract", "-said_on", "-pk")
        indexes = (models.Index(fields=("contract", "state"), name="contribution_by_state"),)
        constraints = (
            models.UniqueConstraint(
                "contract", "reference", condition=~Q(reference=""), name="contribution_reference_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="contribution_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ContributionState.values), name="contribution_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ContributionState.SET_ASIDE.value) | ~Q(reason=""),
                name="contribution_set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on=None) | ~Q(public_text=""), name="contribution_reviewed_has_words"
            ),
        )

    def __str__(self) -> str:
        words = self.public_text or self.text
        return words if len(words) <= 80 else f"{words[:79]}…"

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_on is not None


class ObjectiveLink(models.Model):
    """Lien d'une parole, ou de tout un thème, vers un objectif du contrat, avec sa raison (CON-5)."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="links", null=True, blank=True, verbose_name="parole"
    )
    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="links", null=True, blank=True, verbose_name="thème"
    )
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="+", verbose_name="objectif")
    reason = models.CharField("pourquoi", max_length=300)
    linked_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="relié par"
    )
    linked_on = models.DateField("relié le")

    class Meta:
        verbose_name = "lien vers un objectif"
        verbose_name_plural = "liens vers les objectifs"
        ordering = ("objective__position", "pk")
        constraints = (
            models.UniqueConstraint("contribution", "objective", name="contribution_is_linked_once"),
            models.UniqueConstraint("topic", "objective", name="topic_is_linked_once"),
            models.CheckConstraint(
                condition=Q(contribution__isnull=True, topic__isnull=False)
                | Q(contribution__isnull=False, topic__isnull=True),
                name="objective_link_starts_from_one_thing",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="objective_link_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.contribution or self.topic} → {self.objective}"
