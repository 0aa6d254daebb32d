"""Contrat de ville : territoires, objectifs, signataires, paramètres datés, et qui y tient quel rôle."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.contracts.states import (
    ClarificationState,
    Effect,
    ObjectiveLevel,
    ProofLevel,
    Role,
    SignatureStatus,
    Theme,
)
from faubourg.directory.models import Organisation
from faubourg.territories.models import Epci, Neighbourhood
from faubourg.toolkit.money import NBSP, format_euros, format_number

LINES_HELP = "Lignes du texte du contrat, par exemple 391-428."


class Contract(models.Model):
    """Contrat de ville : le document signé, son territoire, sa période."""

    slug = models.SlugField("identifiant", max_length=60, unique=True)
    name = models.CharField("nom", max_length=150)
    period = models.CharField("période affichée", max_length=20)
    epci = models.ForeignKey(Epci, models.PROTECT, related_name="+", verbose_name="intercommunalité")
    gip = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="animateur"
    )
    neighbourhoods = models.ManyToManyField(Neighbourhood, related_name="+", verbose_name="territoires")
    starts_on = models.DateField("prend effet le")
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    mid_term_year = models.PositiveSmallIntegerField("point d'étape", null=True, blank=True)
    summary = models.TextField("en quelques mots", blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    requires_second_factor = models.BooleanField(
        "second facteur exigé du GIP et des financeurs", default=False
    )
    is_demonstration = models.BooleanField("démonstration", default=False)

    class Meta:
        verbose_name = "contrat de ville"
        verbose_name_plural = "contrats de ville"
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """Membre d'un contrat : une personne, un rôle, une période, une structure si le rôle l'exige (GOV-4)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="pour"
    )
    from_on = models.DateField("depuis le", null=True, blank=True)
    to_on = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "membre du contrat"
        verbose_name_plural = "membres du contrat"
        constraints = (
            models.UniqueConstraint(
                "contract", "user", "role", "organisation", name="seat_for_an_organisation_is_held_once"
            ),
            models.UniqueConstraint(
                "contract", "user", "role", condition=Q(organisation=None), name="seat_is_held_once"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="seat_role_is_known"),
            models.CheckConstraint(
                condition=~Q(role__in=("funder_officer", "funder_decider", "councillor"))
                | Q(organisation__isnull=False),
                name="seat_names_its_organisation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    def is_current(self, today: date) -> bool:
        """From its first day to its last, both included."""
        return (self.from_on is None or self.from_on <= today) and (self.to_on is None or today <= self.to_on)


class Objective(models.Model):
    """Objectif : priorité, objectif stratégique ou opérationnel ; un arbre par contrat (PRJ-1)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="objectives")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True, verbose_name="relève de"
    )
    level = models.CharField("niveau", max_length=12, choices=ObjectiveLevel)
    code = models.CharField("code", max_length=12)
    label = models.CharField("libellé", max_length=250)
    themes = models.JSONField("thématiques Quartiers 2030", default=list)
    themes_are_proposed = models.BooleanField(
        "thématiques proposées, à valider", default=False, help_text="Le contrat ne les dit pas lui-même."
    )
    position = models.PositiveSmallIntegerField("rang")
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    archived_on = models.DateField("archivé le", null=True, blank=True)

    class Meta:
        verbose_name = "objectif"
        ordering = ("contract", "position")
        constraints = (
            models.UniqueConstraint("contract", "code", name="objective_code_is_unique_in_its_contract"),
            models.CheckConstraint(
                condition=Q(level__in=ObjectiveLevel.values), name="objective_level_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.label}"

    @property
    def theme_labels(self) -> list[str]:
        return [str(Theme(theme).label) for theme in self.themes]


class Orientation(models.Model):
    """Orientation d'un partenaire, et les objectifs auxquels elle répond (PRJ-7, PAR-1)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="orientations")
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="partenaire")
    code = models.CharField("code", max_length=20)
    axis = models.CharField("axe", max_length=150)
    label = models.CharField("libellé", max_length=300)
    objectives = models.ManyToManyField(Objective, related_name="orientations", verbose_name="objectifs")
    objectives_are_proposed = models.BooleanField(
        "correspondance proposée, à valider", default=False, help_text="Le contrat ne la dit pas lui-même."
    )
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)
    position = models.PositiveSmallIntegerField("rang")

    class Meta:
        verbose_name = "orientation"
        ordering = ("contract", "position")
        constraints = (models.UniqueConstraint("contract", "code", name="orientation_code_is_unique"),)

    def __str__(self) -> str:
        return self.label


class Signatory(models.Model):
    """Signataire : un organisme qui s'engage (SIG-1)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="organisme")
    position = models.PositiveSmallIntegerField("rang")
    status = models.CharField(
        "signature", max_length=12, choices=SignatureStatus, default=SignatureStatus.TO_CONFIRM
    )
    signed_on = models.DateField("signé le", null=True, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "signataire"
        ordering = ("contract", "position")
        constraints = (models.UniqueConstraint("contract", "organisation", name="signatory_signs_once"),)

    def __str__(self) -> str:
        return str(self.organisation)


class Representative(models.Model):
    """Représentant d'un signataire : un mandat daté."""

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="representatives")
    full_name = models.CharField("nom", max_length=150)
    title = models.CharField("qualité", max_length=150)
    from_on = models.DateField("depuis le", null=True, blank=True)
    to_on = models.DateField("jusqu'au", null=True, blank=True)
    observed_on = models.DateField("constaté au", null=True, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "représentant"

    def __str__(self) -> str:
        return f"{self.full_name}, {self.title}"


class Visa(models.Model):
    """Visa : un « Vu … » du contrat."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="visas")
    position = models.PositiveSmallIntegerField("rang")
    text = models.CharField("texte", max_length=300)
    dated_on = models.DateField("en date du", null=True, blank=True)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "visa"
        ordering = ("contract", "position")

    def __str__(self) -> str:
        return self.text


class Resolution(models.Model):
    """Délibération d'une collectivité autorisant la signature (SIG-2)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="resolutions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="collectivité"
    )
    adopted_on = models.DateField("adoptée le", null=True, blank=True)
    subject = models.CharField("objet", max_length=250)
    is_attached = models.BooleanField("pièce jointe", default=False)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "délibération"

    def __str__(self) -> str:
        return self.subject


class Annex(models.Model):
    """Annexe du contrat, présente ou absente (SIG-3)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="annexes")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("titre", max_length=250)
    is_present = models.BooleanField("présente", default=False)
    source_lines = models.CharField("lignes", max_length=60, blank=True, help_text=LINES_HELP)

    class Meta:
        verbose_name = "annexe"
        ordering = ("contract", "number")
        constraints = (models.UniqueConstraint("contract", "number", name="annex_number_is_unique"),)

    def __str__(self) -> str:
        return f"Annexe {self.number} · {self.title}"


class Parameter(models.Model):
    """Paramètre daté : un chiffre de la loi ou du contrat, sa source, sa période, qui l'a vérifié (A21)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="parameters")
    code = models.CharField("code", max_length=60)
    label = models.CharField("libellé", max_length=200)
    value = models.DecimalField("valeur", max_digits=14, decimal_places=4, null=True, blank=True)
    text_value = models.CharField("valeur en toutes lettres", max_length=150, blank=True)
    unit = models.CharField("unité", max_length=40, blank=True)
    effect = models.CharField("effet", max_length=10, choices=Effect)
    proof_level = models.CharField("niveau de preuve", max_length=12, choices=ProofLevel)
    source = models.CharField("source", max_length=250)
    from_on = models.DateField("depuis le")
    to_on = models.DateField("jusqu'au", null=True, blank=True)
    verified_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="vérifié par"
    )
    verified_on = models.DateField("vérifié le", null=True, blank=True)

    class Meta:
        verbose_name = "paramètre"
        ordering = ("contract", "code", "from_on")
        constraints = (
            models.UniqueConstraint("contract", "code", "from_on", name="parameter_starts_once"),
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="parameter_effect_is_known"),
            models.CheckConstraint(
                condition=Q(proof_level__in=ProofLevel.values), name="parameter_proof_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def written(self) -> str:
        """ "700 €", "2,5 %", "à confirmer": the value as people read it."""
        if self.value is None:
            return self.text_value or "à confirmer"
        if self.unit.startswith("€"):
            number = format_euros(self.value) + self.unit.removeprefix("€")
        elif self.unit == "année":
            number = f"{self.value:.0f}"
        else:
            number = f"{format_number(self.value)}{NBSP}{self.unit}".rstrip(NBSP)
        return f"{number} ({self.text_value})" if self.text_value else number

    @property
    def may_block(self) -> bool:
        """A rule of general knowledge only warns until someone has marked it verified."""
        return self.effect == Effect.BLOCKS and (
            self.proof_level != ProofLevel.GENERAL or self.verified_on is not None
        )


class Clarification(models.Model):
    """Point à clarifier : ce que le contrat dit de contradictoire ou tait, et qui le règle (A20)."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="clarifications")
    number = models.PositiveSmallIntegerField("numéro")
    finding = models.TextField("constat")
    excerpt = models.TextField("extrait", blank=True)
    treatment = models.TextField("conduite du logiciel")
    settled_by_role = models.CharField("qui tranche", max_length=150)
    source_lines = models.CharField("lignes", max_length=80, blank=True, help_text=LINES_HELP)
    state = models.CharField(
        "état", max_length=10, choices=ClarificationState, default=ClarificationState.OPEN
    )
    decision = models.TextField("décision", blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="réglé par"
    )
    decided_on = models.DateField("réglé le", null=True, blank=True)

    class Meta:
        verbose_name = "point à clarifier"
        verbose_name_plural = "points à clarifier"
        ordering = ("contract", "number")
        constraints = (models.UniqueConstraint("contract", "number", name="clarification_number_is_unique"),)

    def __str__(self) -> str:
        return f"n° {self.number} · {self.finding[:80]}"
