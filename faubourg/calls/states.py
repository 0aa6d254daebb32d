"""The life of a call, and what an envelope pays for."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class CallState(TextChoices):
    DRAFT = "draft", "En préparation"
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Clos"


CALL_FLOW = Flow(
    CallState.DRAFT,
    Step("open", (CallState.DRAFT,), CallState.OPEN, "Ouvrir l'appel"),
    Step("close", (CallState.OPEN,), CallState.CLOSED, "Clore l'appel"),
)


class FundingLine(TextChoices):
    """Ligne de crédits : le programme 147 obéit à ses propres règles (GEO-6)."""

    P147 = "p147", "Crédits spécifiques politique de la ville (P147)"
    TARGETED = "targeted", "Crédits spécifiques d'un autre financeur"
    MAINSTREAM = "mainstream", "Droit commun"


class PaperScope(TextChoices):
    """À qui une pièce est demandée."""

    ALL = "all", "Tous les porteurs"
    ASSOCIATIONS = "associations", "Associations"
    RENEWALS = "renewals", "Renouvellements"
