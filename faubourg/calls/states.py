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


class Phase(TextChoices):
    """Where a call stands on a given day: its state and its calendar together. Derived, never stored."""

    DRAFT = "draft", "En préparation"
    ANNOUNCED = "announced", "Annoncé"
    RUNNING = "running", "Ouvert"
    OVER = "over", "Dépôts terminés"
    CLOSED = "closed", "Clos"

    @property
    def tone(self) -> str:
        return {"draft": "neutral", "announced": "info", "running": "success", "over": "warning"}.get(
            self.value, "neutral"
        )


class FundingLine(TextChoices):
    """Ligne de crédits : le programme 147 obéit à ses propres règles (GEO-6)."""

    P147 = "p147", "Crédits spécifiques politique de la ville (P147)"
    TARGETED = "targeted", "Crédits spécifiques d'un autre financeur"
    MAINSTREAM = "mainstream", "Droit commun"
    STRUCTURE = "structure", "Aide à la structure (agrément « centre social » de la CAF)"


class PaperScope(TextChoices):
    """À qui une pièce est demandée."""

    ALL = "all", "Tous les porteurs"
    ASSOCIATIONS = "associations", "Associations"
    RENEWALS = "renewals", "Renouvellements"


class Section(TextChoices):
    """Les parties d'un appel, dans l'ordre où on les remplit ; la valeur est celle de l'adresse."""

    FRAMING = "cadrage", "Cadrage"
    CALENDAR = "calendrier", "Calendrier"
    SCOPE = "perimetre", "Objectifs et territoires"
    ENVELOPES = "enveloppes", "Enveloppes"
    PAPERS = "pieces", "Pièces demandées"
    CRITERIA = "criteres", "Critères"
    COMMITTEES = "comites", "Comités techniques"
    CONSULTATION = "consultation", "Consultation des conseils"
