"""Les réponses, sans rien qui dise qui répond, et leur compte gardé d'avance."""

from django.db import models
from django.db.models import Q

from faubourg.questionnaires.models.paper import Batch
from faubourg.questionnaires.models.questionnaires import Form, Questionnaire
from faubourg.questionnaires.states import Mode


class ResponseQuerySet(models.QuerySet["Response"]):
    def valid(self) -> "ResponseQuerySet":
        return self.filter(excluded_because="")


class Response(models.Model):
    """Réponse à un questionnaire : ni compte, ni adresse, ni heure ; seulement le jour (B8.2)."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, models.PROTECT, related_name="+", verbose_name="version")
    mode = models.CharField("reçue", max_length=10, choices=Mode)
    received_on = models.DateField("reçue le")
    language = models.CharField("langue", max_length=5, default="fr")
    content = models.JSONField("réponses", default=dict)
    batch = models.ForeignKey(
        Batch, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="lot"
    )
    bulletin = models.PositiveIntegerField("bulletin", null=True, blank=True, unique=True)
    reference = models.CharField("tirée au sort, pour n'entrer qu'une fois", max_length=64)
    excluded_because = models.CharField("écartée car", max_length=200, blank=True)
    is_counted = models.BooleanField("déjà comptée", default=False)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse"
        ordering = ("questionnaire", "pk")
        indexes = (
            models.Index(fields=("questionnaire",), condition=Q(is_counted=False), name="response_to_count"),
        )
        constraints = (
            models.UniqueConstraint("questionnaire", "reference", name="response_enters_once"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="response_mode_is_known"),
        )

    def __str__(self) -> str:
        return f"Réponse {self.pk}"


class Tally(models.Model):
    """Compte des réponses déjà comptées : {question: {réponse: nombre}}, pour des résultats immédiats."""

    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="+")
    counts = models.JSONField("comptes", default=dict)

    class Meta:
        verbose_name = "compte des réponses"
        verbose_name_plural = "comptes des réponses"

    def __str__(self) -> str:
        return f"Compte · {self.questionnaire}"
