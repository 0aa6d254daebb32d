"""Ce qui est compté, et les chiffres, chacun avec son territoire, son millésime et sa source (DAT-1)."""

from django.db import models
from django.db.models import Q

from faubourg.accounts.models import User
from faubourg.contracts.models import LINES_HELP, Contract
from faubourg.documents.models import Document
from faubourg.observation.rules import Reading
from faubourg.observation.states import KNOWN, WITHHELD, CheckKind, Generation, Scale, Theme, Trust
from faubourg.toolkit.money import NBSP, format_number

UNKNOWN_VINTAGE = "à confirmer"


class Statistic(models.Model):
    """Statistique : ce qui est compté (DAT-1). Les mesures du contrat sont `contracts`, pas ceci."""

    code = models.SlugField("code", max_length=60, unique=True)
    label = models.CharField("libellé", max_length=200)
    theme = models.CharField("thème", max_length=12, choices=Theme)
    unit = models.CharField("unité", max_length=40)
    definition = models.TextField("définition", blank=True)

    class Meta:
        verbose_name = "statistique"
        ordering = ("theme", "code")
        constraints = (
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="statistic_theme_is_known"),
            models.CheckConstraint(condition=~Q(unit=""), name="statistic_has_a_unit"),
        )

    def __str__(self) -> str:
        return self.label


class StatisticsFile(models.Model):
    """Fichier de statistiques importé : l'original, son empreinte, sa correspondance, qui et quand."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="fichier")
    mapping = models.CharField("correspondance", max_length=60)
    vintage = models.CharField("millésime donné", max_length=20, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name="envoyé par")
    sent_at = models.DateTimeField("envoyé le")
    applied_at = models.DateTimeField("importé le", null=True, blank=True)
    counts = models.JSONField("décompte", default=dict)

    class Meta:
        verbose_name = "fichier de statistiques"
        verbose_name_plural = "fichiers de statistiques"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.document.name


class DatumQuerySet(models.QuerySet["Datum"]):
    def read_in(self, contract_id: int) -> "DatumQuerySet":
        """What a contract shows: public figures, common to all, and those its own text gives."""
        return self.filter(Q(contract=None) | Q(contract=contract_id))


class Datum(models.Model):
    """Chiffre : une statistique, un territoire, un millésime, une valeur ou sa raison d'être absente."""

    statistic = models.ForeignKey(Statistic, models.PROTECT, related_name="+", verbose_name="statistique")
    contract = models.ForeignKey(
        Contract, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="dit par le contrat"
    )
    scale = models.CharField("échelle", max_length=14, choices=Scale)
    place_code = models.CharField("code du territoire", max_length=12)
    place_name = models.CharField("nom du territoire", max_length=150, blank=True)
    generation = models.CharField("génération", max_length=4, choices=Generation, blank=True, default="")
    vintage = models.CharField("millésime", max_length=20)
    year = models.PositiveSmallIntegerField("dernière année comptée", null=True, blank=True)
    value = models.DecimalField("valeur", max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField("unité", max_length=40)
    source = models.CharField("source", max_length=250)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    collected_on = models.DateField("recueilli le")
    trust = models.CharField("statut", max_length=16, choices=Trust)
    mark = models.CharField("code du producteur", max_length=10, blank=True, help_text="nd, ns, s, so.")
    comparability = models.CharField("série comparable", max_length=60, blank=True)
    remark = models.TextField("remarque", blank=True)
    file = models.ForeignKey(
        StatisticsFile, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="fichier"
    )

    objects = DatumQuerySet.as_manager()

    class Meta:
        verbose_name = "chiffre"
        ordering = ("statistic__theme", "statistic__code", "scale", "-year", "pk")
        indexes = (models.Index(fields=("place_code", "statistic"), name="datum_by_place"),)
        constraints = (
            models.UniqueConstraint(
                "statistic", "scale", "place_code", "generation", "vintage",
                condition=Q(contract=None), name="public_datum_is_told_once",
            ),
            models.UniqueConstraint(
                "contract", "statistic", "scale", "place_code", "generation", "vintage",
                condition=Q(contract__isnull=False), name="contract_datum_is_told_once",
            ),
            models.CheckConstraint(condition=Q(scale__in=Scale.values), name="datum_scale_is_known"),
            models.CheckConstraint(condition=Q(trust__in=Trust.values), name="datum_trust_is_known"),
            models.CheckConstraint(
                condition=Q(generation__in=Generation.values), name="datum_generation_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(unit="") & ~Q(source="") & ~Q(vintage="") & ~Q(place_code=""),
                name="datum_says_unit_source_vintage_and_place",
            ),
            models.CheckConstraint(
                condition=~Q(trust__in=[str(one) for one in WITHHELD]) | Q(value=None),
                name="datum_withheld_has_no_value",
            ),
            models.CheckConstraint(
                condition=~Q(trust__in=[str(one) for one in KNOWN])
                | Q(value__isnull=False, year__isnull=False),
                name="datum_known_has_a_value_and_a_year",
            ),
            models.CheckConstraint(
                condition=Q(scale=Scale.NEIGHBOURHOOD.value) | Q(generation=""),
                name="datum_generation_is_of_a_neighbourhood",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__gte=1900, year__lte=2100), name="datum_year_is_likely"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.statistic} · {self.place_name or self.place_code} · {self.vintage}"

    @property
    def written(self) -> str:
        """ "43,1 %", "13 274 €", « secret statistique »: never 0 for what is not there (DAT-5)."""
        if self.value is None:
            return str(self.get_trust_display()).lower()
        return f"{format_number(self.value)}{NBSP}{self.unit}"

    @property
    def reading(self) -> Reading:
        return Reading(
            statistic=str(self.statistic_id),
            unit=self.unit,
            scale=self.scale,
            place=self.place_code,
            value=self.value,
            year=self.year,
            generation=self.generation,
            comparability=self.comparability,
            trust=self.trust,
        )


class FigureCheck(models.Model):
    """Contrôle d'arithmétique sur les chiffres d'un contrat : fait à l'affichage, jamais bloquant."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="+", verbose_name="contrat")
    code = models.SlugField("code", max_length=60)
    position = models.PositiveSmallIntegerField("rang")
    kind = models.CharField("contrôle", max_length=8, choices=CheckKind)
    first = models.ForeignKey(Datum, models.CASCADE, related_name="+", verbose_name="premier chiffre")
    second = models.ForeignKey(
        Datum, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="second chiffre"
    )
    stated = models.ForeignKey(
        Datum, models.CASCADE, related_name="+", null=True, blank=True, verbose_name="chiffre du texte"
    )
    remark = models.TextField("remarque", blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "contrôle d'un chiffre"
        verbose_name_plural = "contrôles des chiffres"
        ordering = ("contract", "position")
        constraints = (
            models.UniqueConstraint("contract", "code", name="figure_check_code_is_unique"),
            models.CheckConstraint(condition=Q(kind__in=CheckKind.values), name="figure_check_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.code
