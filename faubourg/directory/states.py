"""What an organisation is, and what a person may do for it."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class OrganisationKind(TextChoices):
    ASSOCIATION = "association", "Association"
    STATE = "state", "Service de l'État"
    REGION = "region", "Région"
    DEPARTMENT = "department", "Département"
    EPCI = "epci", "Intercommunalité"
    COMMUNE = "commune", "Commune"
    GIP = "gip", "Groupement d'intérêt public"
    SOCIAL_BODY = "social_body", "Organisme social (CAF…)"
    LANDLORD = "landlord", "Bailleur social"
    PUBLIC_BODY = "public_body", "Autre organisme public"
    CHAMBER = "chamber", "Chambre consulaire"
    CITIZEN_COUNCIL = "citizen_council", "Conseil citoyen"
    COMPANY = "company", "Entreprise"


LOCAL_AUTHORITIES = (
    OrganisationKind.REGION,
    OrganisationKind.DEPARTMENT,
    OrganisationKind.EPCI,
    OrganisationKind.COMMUNE,
)


class MembershipRole(TextChoices):
    ADMINISTRATOR = "administrator", "Administrateur de la structure"
    EDITOR = "editor", "Saisisseur"
    SIGNATORY = "signatory", "Signataire"


class BankState(TextChoices):
    TO_CONFIRM = "to_confirm", "À confirmer"
    IN_FORCE = "in_force", "En vigueur"
    REJECTED = "rejected", "Refusé"
    REPLACED = "replaced", "Remplacé"


BANK_FLOW = Flow(
    BankState.TO_CONFIRM,
    Step("confirm", (BankState.TO_CONFIRM,), BankState.IN_FORCE, "Confirmer le RIB"),
    Step("reject", (BankState.TO_CONFIRM,), BankState.REJECTED, "Refuser le RIB"),
    Step("replace", (BankState.TO_CONFIRM, BankState.IN_FORCE), BankState.REPLACED, "Remplacer le RIB"),
)
"""One person types it, another confirms it (B7.3); until then the former account stays in force."""


class PaperKind(TextChoices):
    """Pièce d'une structure, donnée une fois et reprise par chaque dossier (ASS-1, B3.11)."""

    STATUTES = "statutes", "Statuts"
    REGISTRATION = "registration", "Récépissé de déclaration ou parution au Journal officiel"
    LEADERS = "leaders", "Liste des dirigeants"
    ACCOUNTS = "accounts", "Comptes annuels approuvés"
    ACTIVITY = "activity", "Rapport d'activité"
    INSURANCE = "insurance", "Attestation d'assurance"
    CLEARANCE = "clearance", "Attestation de régularité sociale et fiscale"
    SOCIAL_CENTRE = "social_centre", "Agrément CAF « centre social »"
    AGREEMENT = "agreement", "Autre agrément"
    BANK = "bank", "RIB"


OF_A_YEAR = (PaperKind.ACCOUNTS, PaperKind.ACTIVITY)
KEPT_APART = (PaperKind.BANK,)
"""Asked by calls, kept elsewhere: the RIB has its own page, its own readers and its second person."""
