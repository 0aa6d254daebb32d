"""Les demandes : ce qui est demandé d'un côté, à qui répondre de l'autre (FPH-1, B8)."""

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import FUNDER_ROLES, GIP_ROLES, Role
from faubourg.fph.models.funds import Fund
from faubourg.fph.states import ENGAGED, REQUEST_FLOW, HolderKind, Purpose, RequestState
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import EurosField

READERS = (*GIP_ROLES, Role.PREFECT_DELEGATE, *FUNDER_ROLES, Role.COUNCILLOR)
"""Who reads the requests, without the way to reach anyone: the committee, the funders, the GIP."""


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, standing: Standing) -> "RequestQuerySet":
        return self.filter(fund__contract__in=standing.contracts(*READERS))


class Request(models.Model):
    """Demande au fonds : une action d'habitants, en une page. Le nom d'une personne n'y est jamais."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="requests", verbose_name="fonds")
    number = models.CharField("numéro", max_length=20)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField("état", max_length=10, choices=RequestState, default=RequestState.FILED)
    holder_kind = models.CharField("qui demande", max_length=12, choices=HolderKind)
    holder_name = models.CharField("nom du groupe ou de l'association", max_length=150, blank=True)
    title = models.CharField("votre action en une ligne", max_length=150)
    purpose = models.CharField("de quoi s'agit-il", max_length=15, choices=Purpose)
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", verbose_name="quartier"
    )
    description = models.TextField("ce que vous voulez faire")
    social_link = models.TextField("ce que cela change entre les habitants")
    planned_on = models.DateField("date de l'action")
    asked_amount = EurosField("somme demandée")
    is_first = models.BooleanField("première demande", default=True)
    is_paper = models.BooleanField("reçue sur papier", default=False)
    filed_at = models.DateTimeField("déposée le")
    typed_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="saisie par"
    )

    granted_amount = EurosField("somme accordée", null=True, blank=True)
    decided_on = models.DateField("décidée le", null=True, blank=True)
    decision_reason = models.TextField("ce que le comité répond", blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande au fonds"
        verbose_name_plural = "demandes au fonds"
        ordering = ("-filed_at", "-pk")
        constraints = (
            models.UniqueConstraint("fund", "number", name="request_number_once"),
            models.CheckConstraint(condition=Q(asked_amount__gt=0), name="fph_request_asks_for_money"),
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="fph_request_state_is_known"
            ),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="request_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(holder_kind__in=HolderKind.values), name="request_holder_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[state.value for state in ENGAGED])
                | Q(granted_amount__gt=0, granted_amount__lte=F("asked_amount"), decided_on__isnull=False),
                name="fph_granted_within_what_is_asked",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} « {self.title} »"

    @property
    def holder(self) -> str:
        """Who asks, as the committee and the public read it."""
        return self.holder_name or self.get_holder_kind_display()

    def may(self, step: str) -> bool:
        return REQUEST_FLOW.allows(step, self.state)


class RequestContact(models.Model):
    """À qui répondre : à part de la demande, avec sa propre durée de conservation (B8)."""

    request = models.OneToOneField(Request, models.CASCADE, related_name="contact")
    referent_name = models.CharField("personne référente", max_length=150)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("courriel", blank=True)
    agreed_to_news_on = models.DateField("accepte d'être recontacté, le", null=True, blank=True)

    class Meta:
        verbose_name = "contact d'une demande"

    def __str__(self) -> str:
        return f"Contact de la demande {self.request.number}"


class RequestLine(models.Model):
    """Dépense prévue : ce qu'on achète, et combien."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("dépense", max_length=120)
    amount = EurosField("montant")

    class Meta:
        verbose_name = "dépense prévue"
        ordering = ("request", "position")
        constraints = (models.UniqueConstraint("request", "position", name="one_line_a_rank"),)

    def __str__(self) -> str:
        return self.label
