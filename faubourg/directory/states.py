"""What an organisation is, and what a person may do for it."""

from django.db.models import TextChoices


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
