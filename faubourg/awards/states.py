"""What a funder may decide."""

from django.db.models import TextChoices


class FundingOutcome(TextChoices):
    GRANTED = "granted", "Accordé"
    REJECTED = "rejected", "Refusé"
    DEFERRED = "deferred", "Ajourné"


class ActKind(TextChoices):
    AWARD_ORDER = "award_order", "Arrêté"
    RESOLUTION = "resolution", "Délibération"
    BOARD = "board", "Décision du conseil d'administration"
    OTHER = "other", "Autre acte"


class Outcome(TextChoices):
    """Sort d'un dossier, déduit des décisions ; jamais enregistré."""

    PENDING = "pending", "En attente de décisions"
    GRANTED = "granted", "Accordé"
    PARTLY_GRANTED = "partly_granted", "Accordé en partie"
    REJECTED = "rejected", "Refusé"
    DEFERRED = "deferred", "Ajourné"


class Way(TextChoices):
    """Ce que fait un porteur quand ses financeurs donnent moins ; retirer son dossier est l'autre choix."""

    SMALLER = "smaller", "Je réduis mon action"
    OTHER_FUNDER = "other_funder", "Je trouve un autre financement"
