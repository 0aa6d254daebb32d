"""Annuaire : les structures, et qui agit en leur nom."""

from datetime import date
from functools import cached_property
from typing import cast

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string

from faubourg.accounts.models import User
from faubourg.directory.rules import group_iban, mask_iban
from faubourg.directory.states import BANK_FLOW, BankState, MembershipRole, OrganisationKind, PaperKind
from faubourg.documents.models import Document
from faubourg.toolkit.fields import IbanField, RnaField, SiretField
from faubourg.toolkit.folding import FoldedText


class Organisation(models.Model):
    """Structure : porteur, financeur, signataire, bailleur, conseil citoyen ; saisie une fois, réutilisée."""

    name = models.CharField("nom", max_length=200)
    short_name = models.CharField("nom court", max_length=60, blank=True)
    kind = models.CharField("nature", max_length=20, choices=OrganisationKind)
    siret = SiretField("SIRET", blank=True, help_text="14 chiffres, avec ou sans espaces.")
    rna = RnaField("numéro RNA", blank=True, help_text="Pour une association : W suivi de neuf chiffres.")
    address = models.CharField("adresse", max_length=250, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    town = models.CharField("commune", max_length=100, blank=True)
    insee_code = models.CharField("code INSEE de la commune", max_length=5, blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    website = models.URLField("site web", blank=True)
    purpose = models.TextField("objet de la structure", blank=True)
    legal_representative = models.CharField("représentant légal", max_length=150, blank=True)
    legal_representative_title = models.CharField("qualité du représentant", max_length=100, blank=True)
    employees_count = models.PositiveIntegerField("salariés", null=True, blank=True)
    full_time_equivalents = models.DecimalField(
        "équivalents temps plein travaillés (ETPT)",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Deux mi-temps font 1 ETPT.",
    )
    volunteers_count = models.PositiveIntegerField("bénévoles", null=True, blank=True)
    members_count = models.PositiveIntegerField("adhérents", null=True, blank=True)
    staff_counted_on = models.DateField(
        "effectifs comptés le", null=True, blank=True, help_text="Le jour où ces nombres étaient justes."
    )
    is_fictitious = models.BooleanField("fictif", default=False, help_text="Donnée de démonstration.")
    search_text = FoldedText(of=("name", "short_name", "town", "siret", "rna"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "structure"
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("siret", condition=~Q(siret=""), name="organisation_siret_is_unique"),
            models.UniqueConstraint("rna", condition=~Q(rna=""), name="organisation_rna_is_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    @cached_property
    def contract_ids(self) -> frozenset[int]:
        """The contracts where it files, pays, signs or sits, read once (setting CONTRACTS_OF)."""
        return cast("frozenset[int]", import_string(settings.CONTRACTS_OF)(self.pk))


class Membership(models.Model):
    """Adhérent d'une structure : une personne, une structure, un rôle, une période."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="personne")
    role = models.CharField("rôle", max_length=20, choices=MembershipRole)
    from_on = models.DateField("depuis le", null=True, blank=True)
    to_on = models.DateField("jusqu'au", null=True, blank=True)

    class Meta:
        verbose_name = "adhérent"
        constraints = (
            models.UniqueConstraint("organisation", "user", "role", name="membership_is_held_once"),
            models.CheckConstraint(
                condition=Q(role__in=MembershipRole.values), name="membership_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(from_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="membership_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    def is_current(self, today: date) -> bool:
        return (self.from_on is None or self.from_on <= today) and (self.to_on is None or today <= self.to_on)


class Interest(models.Model):
    """Lien d'intérêt déclaré : mandat, emploi, bénévolat (B2.5, PRG-7). L'adhésion en est un d'office."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="personne")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="structure")
    nature = models.CharField("nature du lien", max_length=200)
    declared_on = models.DateField("déclaré le")
    ended_on = models.DateField("terminé le", null=True, blank=True)

    class Meta:
        verbose_name = "lien d'intérêt"
        verbose_name_plural = "liens d'intérêt"
        constraints = (
            models.UniqueConstraint(
                "user", "organisation", condition=Q(ended_on__isnull=True), name="interest_is_declared_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} ({self.nature})"


class BankDetails(models.Model):
    """RIB : saisi par l'un, confirmé par un autre (B7.3) ; lu par la structure et la gestion du GIP."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="structure")
    holder = models.CharField("titulaire du compte", max_length=150)
    iban = IbanField("IBAN")
    bic = models.CharField("BIC", max_length=11, blank=True)
    paper = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="RIB de la banque"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="saisi par")
    recorded_at = models.DateTimeField("saisi le")
    state = models.CharField("état", max_length=20, choices=BankState, default=BankState.TO_CONFIRM)
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="confirmé ou refusé par"
    )
    decided_at = models.DateTimeField(
        "confirmé ou refusé le",
        null=True,
        blank=True,
        help_text="Payer moins de quinze jours après un changement mérite une vérification (B7.3).",
    )
    reason = models.CharField("motif du refus", max_length=250, blank=True)

    class Meta:
        verbose_name = "RIB"
        verbose_name_plural = "RIB"
        constraints = (
            models.CheckConstraint(condition=Q(state__in=BankState.values), name="bank_state_is_known"),
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(state="in_force"), name="one_bank_details_in_force"
            ),
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(state="to_confirm"), name="one_bank_details_to_confirm"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="bank_details_are_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"RIB de {self.organisation} (…{self.iban[-4:]})"

    @property
    def grouped(self) -> str:
        return group_iban(self.iban)

    @property
    def masked(self) -> str:
        return mask_iban(self.iban)

    def step(self, name: str) -> None:
        self.state = BANK_FLOW.after(name, BankState(self.state))


class OrganisationPaperQuerySet(models.QuerySet["OrganisationPaper"]):
    def kept(self) -> "OrganisationPaperQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def valid_on(self, day: date) -> "OrganisationPaperQuerySet":
        """Kept and in force that day; the best answer to a call first: the last year, the longest valid."""
        started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        going_on = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        best = (F("year").desc(nulls_last=True), F("valid_until").desc(nulls_first=True), "-pk")
        return self.kept().filter(started, going_on).order_by(*best)


class OrganisationPaper(models.Model):
    """Pièce de la structure : donnée une fois, avec ses dates, reprise par chaque dossier (ASS-1)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="structure")
    kind = models.CharField("pièce", max_length=20, choices=PaperKind)
    label = models.CharField("précision", max_length=150, blank=True)
    year = models.PositiveSmallIntegerField("exercice", null=True, blank=True)
    valid_from = models.DateField("valable depuis le", null=True, blank=True)
    valid_until = models.DateField("valable jusqu'au", null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="fichier")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="ajoutée par")
    added_at = models.DateTimeField("ajoutée le")
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="retirée par"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(
        "dernier rappel, en jours avant la fin", null=True, blank=True
    )

    objects = OrganisationPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce de la structure"
        verbose_name_plural = "pièces des structures"
        ordering = ("kind", "-year", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="organisation_paper_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="organisation_paper_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        words = [self.get_kind_display(), str(self.year or ""), self.label]
        return " ".join(word for word in words if word)
