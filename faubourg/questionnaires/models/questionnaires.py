"""Les questionnaires : ce qu'on demande, en quelles langues, où rendre sa feuille (CON-2)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.consultation.models import KEEPERS, Consultation
from faubourg.contracts.models import Contract
from faubourg.contracts.rules import Standing
from faubourg.questionnaires.rules.definition import Definition
from faubourg.questionnaires.states import QuestionnaireState
from faubourg.territories.models import Neighbourhood


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def visible_to(self, standing: Standing) -> "QuestionnaireQuerySet":
        """Everyone on the contract once it has been open; those who prepare it, before."""
        told = Q(contract__in=standing.contracts()) & ~Q(state=QuestionnaireState.DRAFT)
        return self.filter(told | Q(contract__in=standing.contracts(*KEEPERS)))


class Questionnaire(models.Model):
    """Questionnaire : les mêmes questions sur papier et en ligne, sans nom ni compte (CON-2, CON-7)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="démarche"
    )
    title = models.CharField("intitulé", max_length=150)
    introduction = models.TextField("à quoi il sert", blank=True)
    languages = models.JSONField("langues", default=list)
    return_places = models.TextField("où rendre sa feuille", blank=True)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", blank=True, verbose_name="quartiers"
    )
    public_code = models.SlugField("adresse", max_length=20, unique=True)
    state = models.CharField(
        "état", max_length=10, choices=QuestionnaireState, default=QuestionnaireState.DRAFT
    )
    opened_on = models.DateField("ouvert le", null=True, blank=True)
    closed_on = models.DateField("fermé le", null=True, blank=True)
    is_fictitious = models.BooleanField("fictif", default=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = "questionnaire"
        ordering = ("contract", "-pk")
        constraints = (
            models.UniqueConstraint("contract", "title", name="questionnaire_title_is_unique"),
            models.CheckConstraint(
                condition=Q(state__in=QuestionnaireState.values), name="questionnaire_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Form(models.Model):
    """Version des questions : elle ne change plus dès qu'une feuille est imprimée ou une réponse reçue."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="forms")
    number = models.PositiveSmallIntegerField("version")
    definition = models.JSONField("questions", default=dict)
    locked_on = models.DateField("figée le", null=True, blank=True)

    class Meta:
        verbose_name = "version d'un questionnaire"
        verbose_name_plural = "versions d'un questionnaire"
        ordering = ("questionnaire", "-number")
        constraints = (models.UniqueConstraint("questionnaire", "number", name="form_has_a_number"),)

    def __str__(self) -> str:
        return f"{self.questionnaire}, version {self.number}"

    @property
    def asked(self) -> Definition:
        return Definition.model_validate(self.definition)


class Derogation(models.Model):
    """Dérogation : une question sensible, permise par le délégué à la protection des données (CON-7)."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="derogations")
    label = models.CharField("intitulé exact de la question", max_length=500)
    folded_label = models.CharField("intitulé, sans accents", max_length=500)
    given_by = models.CharField("donnée par", max_length=150)
    reason = models.TextField("raison")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="notée par")
    recorded_on = models.DateField("notée le")

    class Meta:
        verbose_name = "dérogation"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("questionnaire", "folded_label", name="derogation_is_given_once"),
        )

    def __str__(self) -> str:
        return self.label
