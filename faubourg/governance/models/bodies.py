"""Instances : qui se réunit, pour quels contrats, avec qui, à combien."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract, Objective
from faubourg.directory.models import Organisation
from faubourg.governance.states import BodyKind
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.days import format_day


class Body(models.Model):
    """Instance (GOV-1) : type, contrats couverts, composition, fréquence minimale."""

    contracts = models.ManyToManyField(Contract, related_name="bodies", verbose_name="contrats")
    code = models.CharField("code", max_length=40)
    kind = models.CharField("type", max_length=15, choices=BodyKind)
    name = models.CharField("nom", max_length=150)
    missions = models.JSONField("missions", default=list)
    chairs = models.CharField("présidence", max_length=250, blank=True)
    minimum_per_year = models.PositiveSmallIntegerField("séances par an au moins", null=True, blank=True)
    is_optional = models.BooleanField("facultative", default=False, help_text="« pourra » dans le contrat.")
    objectives = models.ManyToManyField(
        Objective, related_name="+", blank=True, verbose_name="objectifs que le comité examine"
    )
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", blank=True, verbose_name="territoires que le comité examine"
    )
    position = models.PositiveSmallIntegerField("rang", default=0)
    source_lines = models.CharField("lignes", max_length=60, blank=True)

    class Meta:
        verbose_name = "instance"
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint("code", name="body_code_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """Membre d'une instance : un organisme ou une fonction citée par le contrat."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="members")
    label = models.CharField("au titre de", max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="organisme"
    )
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "membre d'instance"
        ordering = ("body", "position")

    def __str__(self) -> str:
        return self.label


class Quorum(models.Model):
    """Quorum d'une instance : paramètre daté, fixé par l'équipe d'après un texte ; vide : à confirmer."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="quorums", verbose_name="instance")
    funders = models.PositiveSmallIntegerField("financeurs présents au moins", null=True, blank=True)
    councils = models.PositiveSmallIntegerField("conseils citoyens présents au moins", null=True, blank=True)
    counts_mandates = models.BooleanField("les mandats comptent dans le quorum", default=False)
    from_on = models.DateField("depuis le")
    source = models.CharField("source", max_length=250)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="fixé par")
    set_at = models.DateTimeField("fixé le")

    class Meta:
        verbose_name = "quorum"
        ordering = ("body", "-from_on")
        constraints = (models.UniqueConstraint("body", "from_on", name="quorum_starts_once"),)

    def __str__(self) -> str:
        return f"{self.body}, depuis le {format_day(self.from_on)}"
