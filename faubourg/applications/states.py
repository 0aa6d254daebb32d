"""The life of a dossier: one table. Its money outcome is not here: each funder decides (see awards.rules)."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class State(TextChoices):
    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Déposé"
    INCOMPLETE = "incomplete", "À compléter"
    INADMISSIBLE = "inadmissible", "Irrecevable"
    ADMISSIBLE = "admissible", "Recevable"
    APPRAISED = "appraised", "Instruit"
    TABLED = "tabled", "Inscrit en comité"
    REVIEWED = "reviewed", "Avis rendu"
    DECIDED = "decided", "Décidé par les financeurs"
    VALIDATED = "validated", "Validé en COPIL"
    NOTIFIED = "notified", "Notifié"
    WITHDRAWN = "withdrawn", "Retiré"


APPLICATION_FLOW = Flow(
    State.DRAFT,
    Step("submit", (State.DRAFT,), State.SUBMITTED, "Déposer"),
    Step("ask_information", (State.SUBMITTED, State.ADMISSIBLE), State.INCOMPLETE, "Demander un complément"),
    Step("complete", (State.INCOMPLETE,), State.SUBMITTED, "Répondre au complément"),
    Step("declare_inadmissible", (State.SUBMITTED,), State.INADMISSIBLE, "Déclarer irrecevable"),
    Step("declare_admissible", (State.SUBMITTED,), State.ADMISSIBLE, "Déclarer recevable"),
    Step("appraise", (State.ADMISSIBLE,), State.APPRAISED, "Terminer l'instruction"),
    Step("table", (State.APPRAISED,), State.TABLED, "Inscrire en comité"),
    Step("defer", (State.TABLED,), State.APPRAISED, "Ajourner"),
    Step("review", (State.TABLED,), State.REVIEWED, "Rendre l'avis"),
    Step("bypass_committee", (State.APPRAISED,), State.REVIEWED, "Passer en urgence, sans comité"),
    Step("decide", (State.REVIEWED,), State.DECIDED, "Constater que tous ont décidé"),
    Step("reopen", (State.DECIDED,), State.REVIEWED, "Rouvrir les décisions"),
    Step("validate", (State.DECIDED,), State.VALIDATED, "Valider en COPIL"),
    Step("notify", (State.VALIDATED,), State.NOTIFIED, "Notifier"),
    Step(
        "withdraw",
        (
            State.DRAFT,
            State.SUBMITTED,
            State.INCOMPLETE,
            State.ADMISSIBLE,
            State.APPRAISED,
            State.TABLED,
            State.REVIEWED,
            State.DECIDED,
        ),
        State.WITHDRAWN,
        "Retirer",
    ),
)

EDITABLE = (State.DRAFT, State.INCOMPLETE)
"""The applicant may still write."""

TRANSMITTED = (State.REVIEWED, State.DECIDED, State.VALIDATED, State.NOTIFIED)
"""A committee has spoken: funders may decide (PRG-6)."""

TONES = {
    State.DRAFT: "neutral",
    State.INCOMPLETE: "warning",
    State.INADMISSIBLE: "danger",
    State.WITHDRAWN: "danger",
    State.VALIDATED: "success",
    State.NOTIFIED: "success",
}
"""The tone of the badge of a state; the others inform."""


class Side(TextChoices):
    EXPENSE = "expense", "Charges"
    INCOME = "income", "Produits"
    IN_KIND_USE = "in_kind_use", "Emplois des contributions volontaires"
    IN_KIND_RESOURCE = "in_kind_resource", "Contributions volontaires en nature"


class Recurrence(TextChoices):
    FIRST = "first", "Première demande"
    RENEWAL = "renewal", "Renouvellement"


class Part(TextChoices):
    """Étape du formulaire : one page of the dossier, in the order of the Cerfa 12156."""

    STRUCTURE = "structure", "Structure"
    PROJECT = "projet", "Projet"
    AUDIENCE = "public", "Publics et quartier"
    SCHEDULE = "calendrier", "Calendrier"
    BUDGET = "budget", "Budget"
    PAPERS = "pieces", "Pièces"
    SIGNATURE = "signature", "Vérifier et signer"


WRITTEN = (Part.PROJECT, Part.AUDIENCE, Part.SCHEDULE, Part.BUDGET, Part.SIGNATURE)
"""The parts typed in a form and saved as a draft; the structure and the papers have pages of their own."""
