"""Ce qu'un conseil citoyen écrit, ce qui lui est répondu, la suite d'une saisine du préfet (CIT-3, B4.3)."""

from datetime import date

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.consultation.models.contributions import READERS
from faubourg.consultation.models.councils import CitizenCouncil
from faubourg.consultation.states import LETTER_FLOW, FollowUpKind, LetterKind, LetterState
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.directory.models import Organisation


def own_councils(standing: Standing) -> set[int | None]:
    """The organisations of the councils for which this person speaks."""
    return {seat.organisation_id for seat in standing.seats if seat.role == Role.COUNCILLOR}


class CouncilLetterQuerySet(models.QuerySet["CouncilLetter"]):
    def visible_to(self, standing: Standing) -> "CouncilLetterQuerySet":
        """The council, the GIP and the prefect's delegate at once; everyone on the contract once answered."""
        from_the_start = Q(council__organisation__in=own_councils(standing))
        from_the_start |= Q(council__contract__in=standing.contracts(*READERS))
        answered = Q(council__contract__in=standing.contracts()) & ~Q(state=LetterState.RECEIVED)
        return self.filter(from_the_start | answered)


class CouncilLetter(models.Model):
    """Écrit d'un conseil : un avis, une question ou une saisine, numéroté le jour où il arrive (CIT-3)."""

    council = models.ForeignKey(
        CitizenCouncil, models.PROTECT, related_name="letters", verbose_name="conseil citoyen"
    )
    year = models.PositiveSmallIntegerField("année")
    rank = models.PositiveSmallIntegerField("rang dans l'année")
    kind = models.CharField("nature", max_length=10, choices=LetterKind)
    subject = models.CharField("objet", max_length=150)
    text = models.TextField("ce que dit le conseil")
    received_on = models.DateField("reçu le")
    due_on = models.DateField("réponse attendue pour le", null=True, blank=True)
    is_typed_by_team = models.BooleanField("tapé par le GIP", default=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="écrit par")
    written_at = models.DateTimeField("enregistré le")
    state = models.CharField("état", max_length=10, choices=LetterState, default=LetterState.RECEIVED)
    answer = models.TextField("réponse", blank=True)
    answered_for = models.CharField("qui répond", max_length=150, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="réponse écrite par"
    )
    answered_on = models.DateField("répondu le", null=True, blank=True)
    conclusion = models.TextField("conclusion", blank=True)
    closed_on = models.DateField("close le", null=True, blank=True)
    is_fictitious = models.BooleanField("fictif", default=False)

    objects = CouncilLetterQuerySet.as_manager()

    class Meta:
        verbose_name = "écrit d'un conseil citoyen"
        verbose_name_plural = "écrits des conseils citoyens"
        ordering = ("-received_on", "-pk")
        indexes = (models.Index(fields=("state", "due_on"), name="letter_by_state"),)
        constraints = (
            models.UniqueConstraint("council", "year", "rank", name="letter_number_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=LetterState.RECEIVED.value) | ~Q(answer="") & Q(answered_on__isnull=False),
                name="letter_answered_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.CLOSED.value)
                | Q(kind=LetterKind.REFERRAL.value, closed_on__isnull=False) & ~Q(conclusion=""),
                name="only_a_referral_is_closed_and_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"n° {self.number} « {self.subject} »"

    @property
    def number(self) -> str:
        """ "2026-3": the third of its council that year."""
        return f"{self.year}-{self.rank}"

    @property
    def is_referral(self) -> bool:
        return self.kind == LetterKind.REFERRAL

    @property
    def days(self) -> int | None:
        """From its arrival to its answer; None while it waits."""
        return (self.answered_on - self.received_on).days if self.answered_on else None

    def is_late(self, today: date) -> bool:
        """Its day included: late from the day after."""
        return self.state == LetterState.RECEIVED and self.due_on is not None and self.due_on < today

    def may(self, step: str) -> bool:
        return LETTER_FLOW.allows(step, self.state)


class ReferralCopy(models.Model):
    """Transmission d'une saisine à un signataire du contrat : maire, intercommunalité, autres (B4.3)."""

    letter = models.ForeignKey(CouncilLetter, models.CASCADE, related_name="copies")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="transmise à"
    )
    sent_on = models.DateField("transmise le")

    class Meta:
        verbose_name = "transmission d'une saisine"
        verbose_name_plural = "transmissions d'une saisine"
        ordering = ("sent_on", "pk")
        constraints = (models.UniqueConstraint("letter", "organisation", name="referral_is_passed_on_once"),)

    def __str__(self) -> str:
        return f"{self.letter} → {self.organisation}"


class ReferralStep(models.Model):
    """Suite d'une saisine : comité de pilotage, diagnostic, action, révision ou débat."""

    letter = models.ForeignKey(CouncilLetter, models.CASCADE, related_name="steps")
    kind = models.CharField("suite", max_length=10, choices=FollowUpKind)
    happens_on = models.DateField("le")
    text = models.TextField("ce qui est prévu ou décidé")
    link = models.URLField("adresse de la séance ou du relevé", blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noté par")
    recorded_at = models.DateTimeField("noté le")

    class Meta:
        verbose_name = "suite d'une saisine"
        verbose_name_plural = "suites d'une saisine"
        ordering = ("happens_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FollowUpKind.values), name="referral_step_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.letter}"
