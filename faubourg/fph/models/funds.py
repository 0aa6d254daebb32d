"""Le fonds d'une année : qui y met de l'argent, quel règlement il suit (FPH-2, FPH-5)."""

from datetime import date

from django.db import models
from django.db.models import Q

from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.fields import EurosField


class Fund(models.Model):
    """FPH d'une année, pour un quartier ou pour tout le contrat (l. 904)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    year = models.PositiveSmallIntegerField("année")
    opens_on = models.DateField("ouvert le")
    closes_on = models.DateField("fermé le", null=True, blank=True)
    manager = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="structure gestionnaire",
    )  # fmt: skip
    where_to_ask = models.CharField("où demander de l'aide", max_length=300, blank=True)
    is_fictitious = models.BooleanField("fictif", default=False)

    class Meta:
        verbose_name = "fonds de participation des habitants"
        verbose_name_plural = "fonds de participation des habitants"
        ordering = ("-year", "contract", "neighbourhood")
        constraints = (
            models.UniqueConstraint(
                "contract", "neighbourhood", "year", name="one_fund_a_year", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"Fonds des habitants {self.year}, {self.neighbourhood or self.contract}"

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today and (self.closes_on is None or today <= self.closes_on)


class FundShare(models.Model):
    """Part d'un cofinanceur dans l'enveloppe de l'année (FPH-2)."""

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="shares")
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="cofinanceur")
    amount = EurosField("montant")

    class Meta:
        verbose_name = "part d'un cofinanceur"
        ordering = ("fund", "funder__name")
        constraints = (
            models.UniqueConstraint("fund", "funder", name="one_share_each"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="share_is_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.funder}, {self.fund}"


class FundRules(models.Model):
    """Règlement du fonds, une version par adoption ; les anciennes restent lisibles (FPH-5)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", verbose_name="contrat")
    version = models.PositiveSmallIntegerField("version")
    adopted_on = models.DateField("adopté le")
    adopted_by = models.CharField("adopté par", max_length=150)
    text = models.TextField("texte")
    excluded = models.JSONField("ce que le fonds ne paie pas", default=list)
    quorum = models.PositiveSmallIntegerField("votants pour décider", null=True, blank=True)
    decides_in_days = models.PositiveSmallIntegerField("jours pour décider", null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="texte signé"
    )

    class Meta:
        verbose_name = "règlement du fonds"
        ordering = ("contract", "-version")
        constraints = (models.UniqueConstraint("contract", "version", name="rules_version_once"),)

    def __str__(self) -> str:
        return f"Règlement du fonds, version {self.version}"
