"""How a request to the residents' fund goes, who asks, what for (FPH-1 to FPH-4)."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class RequestState(TextChoices):
    FILED = "filed", "Déposée"
    GRANTED = "granted", "Accordée"
    REFUSED = "refused", "Refusée"
    PAID = "paid", "Payée"
    SETTLED = "settled", "Soldée"
    WITHDRAWN = "withdrawn", "Retirée"


REQUEST_FLOW = Flow(
    RequestState.FILED,
    Step("grant", (RequestState.FILED,), RequestState.GRANTED, "Accorder"),
    Step("refuse", (RequestState.FILED,), RequestState.REFUSED, "Refuser"),
    Step("withdraw", (RequestState.FILED, RequestState.GRANTED), RequestState.WITHDRAWN, "Retirer"),
    Step("pay", (RequestState.GRANTED, RequestState.PAID), RequestState.PAID, "Payer"),
    Step("settle", (RequestState.PAID,), RequestState.SETTLED, "Solder"),
)
ENGAGED = (RequestState.GRANTED, RequestState.PAID, RequestState.SETTLED)
"""The states whose granted amount is taken from the envelope."""


class SessionState(TextChoices):
    PLANNED = "planned", "Prévue"
    CLOSED = "closed", "Close"
    CANCELLED = "cancelled", "Annulée"


SESSION_FLOW = Flow(
    SessionState.PLANNED,
    Step("close_session", (SessionState.PLANNED,), SessionState.CLOSED, "Clore la séance"),
    Step("cancel_session", (SessionState.PLANNED,), SessionState.CANCELLED, "Annuler la séance"),
)


class Outcome(TextChoices):
    """Ce que le comité dit d'une demande, en séance."""

    GRANTED = "granted", "Accorder"
    REFUSED = "refused", "Refuser"
    ADJOURNED = "adjourned", "Remettre à une autre séance"


class MemberKind(TextChoices):
    RESIDENT = "resident", "Habitante ou habitant"
    COUNCIL = "council", "Conseil citoyen"
    ASSOCIATION = "association", "Association"
    GIP = "gip", "GIP"


class HolderKind(TextChoices):
    RESIDENT = "resident", "Une habitante ou un habitant"
    GROUP = "group", "Un groupe d'habitants, sans association"
    ASSOCIATION = "association", "Une petite association"


class Purpose(TextChoices):
    CITIZEN = "citizen", "Vie de quartier, entraide, citoyenneté"
    SPORT = "sport", "Sport"
    CULTURE = "culture", "Culture, fête, patrimoine"
    RUNNING_COSTS = "running_costs", "Frais courants d'une structure : loyer, salaires, assurance"
    PROFIT = "profit", "Vendre, ou gagner de l'argent"
    WORSHIP = "worship", "Un culte, un parti ou un syndicat"


EXCLUDED = (Purpose.RUNNING_COSTS, Purpose.PROFIT, Purpose.WORSHIP)
"""What a fund never pays for unless its own rules say otherwise (FPH-3, B4.5)."""


PROVABLE = (RequestState.GRANTED, RequestState.PAID)
"""The states in which receipts and photographs are received: from the decision to the settlement."""


class PaymentMeans(TextChoices):
    TRANSFER = "transfer", "Virement"
    CHEQUE = "cheque", "Chèque"
    CASH = "cash", "Espèces, contre un reçu signé"
    PURCHASE = "purchase", "Achat fait par la structure gestionnaire"


class ProofKind(TextChoices):
    RECEIPT = "receipt", "Ticket ou facture"
    PHOTO = "photo", "Photo"
    SIGNED = "signed", "Reçu d'espèces signé"
