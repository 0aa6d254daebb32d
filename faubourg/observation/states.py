"""Where a figure is counted, how far it may be trusted, and what an equipment is."""

from django.db.models import TextChoices


class Scale(TextChoices):
    """Échelle d'un chiffre, du quartier à la France."""

    NEIGHBOURHOOD = "neighbourhood", "Quartier"
    COMMUNE = "commune", "Commune"
    EPCI = "epci", "Intercommunalité"
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"
    COUNTRY = "country", "France"


class Generation(TextChoices):
    """Génération des contours de quartiers ; une commune n'en a pas."""

    NONE = "", "sans objet"
    G2015 = "2015", "quartiers 2015"
    G2024 = "2024", "quartiers 2024"


class Trust(TextChoices):
    """Statut d'un chiffre (DAT-1, DAT-5) : ce qui manque n'est jamais zéro."""

    PUBLISHED = "published", "Publié"
    ESTIMATED = "estimated", "Estimé"
    TO_CHECK = "to_check", "À vérifier"
    SECRET = "secret", "Secret statistique"
    NOT_SIGNIFICANT = "not_significant", "Non significatif"
    NOT_APPLICABLE = "not_applicable", "Sans objet"
    NOT_AVAILABLE = "not_available", "Non disponible"


KNOWN = (Trust.PUBLISHED, Trust.ESTIMATED)
WITHHELD = (
    Trust.SECRET,
    Trust.NOT_SIGNIFICANT,
    Trust.NOT_APPLICABLE,
    Trust.NOT_AVAILABLE,
)


class Theme(TextChoices):
    POPULATION = "population", "Population et ménages"
    HOUSING = "housing", "Logement"
    INCOME = "income", "Revenus et pauvreté"
    EMPLOYMENT = "employment", "Emploi"
    EDUCATION = "education", "Éducation et enfance"
    HEALTH = "health", "Santé"
    ECONOMY = "economy", "Vie économique"
    COMMUNITY = "community", "Vie associative"


class CheckKind(TextChoices):
    """Contrôle d'arithmétique (DAT-3)."""

    SHARE = "share", "Une part"
    WHOLE = "whole", "Un total de 100 %"
    UNIT = "unit", "Une unité à préciser"


class EquipmentKind(TextChoices):
    """Nature d'un équipement (DAT-6), d'après la liste du contrat (l. 191-222)."""

    PUBLIC_SERVICE = "public_service", "Service public"
    EDUCATION = "education", "Enseignement"
    CHILDHOOD = "childhood", "Petite enfance et jeunesse"
    EMPLOYMENT = "employment", "Formation et emploi"
    HEALTH = "health", "Santé"
    SAFETY = "safety", "Sécurité"
    CULTURE = "culture", "Culture et vie sociale"
    SPORT = "sport", "Sport"
    SHOP = "shop", "Commerce"
    TRANSPORT = "transport", "Transport"


class Siting(TextChoices):
    """Dans le quartier prioritaire, ou non : sans adresse vérifiée, « à confirmer », jamais « hors »."""

    IN = "in", "Dans le quartier"
    OUT = "out", "Hors du quartier"
    TO_CONFIRM = "to_confirm", "À confirmer"
