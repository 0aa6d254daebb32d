"""Les conseils citoyens d'un contrat (CIT-1)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from faubourg.accounts.models import User
from faubourg.consultation.states import CouncilCollege, CouncilStatus, Gender
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.documents.models import Document
from faubourg.territories.models import Neighbourhood


class CitizenCouncil(models.Model):
    """Conseil citoyen (CIT-1) : une structure de l'annuaire, un contrat, le quartier qu'il représente."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="councils")
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="+", verbose_name="structure"
    )
    neighbourhood = models.ForeignKey(
        Neighbourhood, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="quartier"
    )
    place = models.CharField("lieu", max_length=100)
    created_year = models.PositiveSmallIntegerField("créé en", null=True, blank=True)
    recognised_on = models.DateField("reconnu par le préfet le", null=True, blank=True)
    status = models.CharField(
        "statut", max_length=12, choices=CouncilStatus, default=CouncilStatus.TO_CONFIRM
    )
    source_lines = models.CharField("lignes", max_length=60, blank=True)
    carrier = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="structure porteuse",
    )
    meeting_place = models.CharField("lieu de réunion", max_length=200, blank=True)
    means = models.TextField("moyens", blank=True)
    resident_seats = models.PositiveSmallIntegerField("sièges d'habitants", null=True, blank=True)
    actor_seats = models.PositiveSmallIntegerField(
        "sièges d'associations et d'acteurs locaux", null=True, blank=True
    )

    class Meta:
        verbose_name = "conseil citoyen"
        verbose_name_plural = "conseils citoyens"
        ordering = ("contract", "place")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=CouncilStatus.values), name="council_status_is_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class CouncilStatusChange(models.Model):
    """Changement de statut d'un conseil : quand, pourquoi, qui l'a noté (CIT-1)."""

    council = models.ForeignKey(CitizenCouncil, models.PROTECT, related_name="status_changes")
    before = models.CharField("statut d'avant", max_length=12, choices=CouncilStatus)
    status = models.CharField("statut", max_length=12, choices=CouncilStatus)
    since_on = models.DateField("depuis le")
    reason = models.TextField("motif")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="noté par")
    recorded_at = models.DateTimeField("noté le")

    class Meta:
        verbose_name = "changement de statut d'un conseil citoyen"
        verbose_name_plural = "changements de statut des conseils citoyens"
        ordering = ("council", "-since_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=CouncilStatus.values), name="council_change_status_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="council_change_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.council} : {self.get_status_display().lower()}"


class CouncilRecognition(models.Model):
    """Reconnaissance d'un conseil par le préfet, après l'avis du maire ou de l'EPCI (B4.1)."""

    council = models.ForeignKey(CitizenCouncil, models.PROTECT, related_name="recognitions")
    signed_on = models.DateField("arrêté signé le")
    number = models.CharField("numéro de l'arrêté", max_length=60)
    opinion_of = models.CharField("avis rendu par", max_length=150)
    opinion_on = models.DateField("avis rendu le")
    opinion = models.TextField("avis", blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="arrêté"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="notée par")
    recorded_at = models.DateTimeField("notée le")

    class Meta:
        verbose_name = "reconnaissance d'un conseil citoyen"
        verbose_name_plural = "reconnaissances des conseils citoyens"
        ordering = ("council", "-signed_on", "-pk")
        constraints = (
            models.UniqueConstraint("council", "number", name="council_recognition_is_noted_once"),
            models.CheckConstraint(
                condition=Q(opinion_on__lte=F("signed_on")), name="opinion_comes_before_recognition"
            ),
        )

    def __str__(self) -> str:
        return f"Arrêté {self.number}"


class CouncilMember(models.Model):
    """Membre d'un conseil citoyen : son collège, son mandat, son genre s'il l'a dit (CIT-1)."""

    council = models.ForeignKey(CitizenCouncil, models.PROTECT, related_name="members")
    full_name = models.CharField("nom", max_length=150)
    college = models.CharField("collège", max_length=10, choices=CouncilCollege)
    on_behalf_of = models.CharField("association ou structure", max_length=150, blank=True)
    gender = models.CharField("genre", max_length=8, choices=Gender, default=Gender.UNSAID)
    is_drawn = models.BooleanField("tiré au sort", default=False)
    from_on = models.DateField("mandat depuis le")
    to_on = models.DateField("mandat jusqu'au", null=True, blank=True)
    left_on = models.DateField("parti le", null=True, blank=True)
    left_reason = models.CharField("motif du départ", max_length=250, blank=True)

    class Meta:
        verbose_name = "membre d'un conseil citoyen"
        verbose_name_plural = "membres des conseils citoyens"
        ordering = ("council", "-college", "full_name")
        constraints = (
            models.CheckConstraint(
                condition=Q(college__in=CouncilCollege.values), name="council_college_is_known"
            ),
            models.CheckConstraint(condition=Q(gender__in=Gender.values), name="council_gender_is_known"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")), name="mandate_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("from_on")) & ~Q(left_reason=""),
                name="council_member_leaves_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    def sits(self, day: date) -> bool:
        """From the first to the last day of the mandate, both included; the day of leaving, no more."""
        is_over = (self.to_on and self.to_on < day) or (self.left_on and self.left_on <= day)
        return self.from_on <= day and not is_over


class CouncilContact(models.Model):
    """Coordonnées personnelles d'un membre, à part : seule l'équipe du GIP les lit."""

    member = models.OneToOneField(CouncilMember, models.CASCADE, related_name="contact")
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("courriel", max_length=254, blank=True)
    address = models.CharField("adresse", max_length=250, blank=True)

    class Meta:
        verbose_name = "coordonnées d'un membre"
        verbose_name_plural = "coordonnées des membres"

    def __str__(self) -> str:
        return str(self.member)


class CouncilSession(models.Model):
    """Réunion d'un conseil citoyen, et qui y était (CIT-1)."""

    council = models.ForeignKey(CitizenCouncil, models.PROTECT, related_name="sessions")
    held_on = models.DateField("jour")
    subject = models.CharField("objet", max_length=200)
    present = models.ManyToManyField(CouncilMember, related_name="+", blank=True, verbose_name="présents")

    class Meta:
        verbose_name = "réunion d'un conseil citoyen"
        verbose_name_plural = "réunions des conseils citoyens"
        ordering = ("council", "-held_on", "-pk")
        constraints = (
            models.UniqueConstraint("council", "held_on", "subject", name="council_session_is_noted_once"),
        )

    def __str__(self) -> str:
        return self.subject
