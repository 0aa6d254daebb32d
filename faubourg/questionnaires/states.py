"""How a questionnaire stands, what it may ask, how an answer came in."""

from django.db.models import TextChoices

from faubourg.toolkit.flow import Flow, Step


class QuestionnaireState(TextChoices):
    DRAFT = "draft", "En préparation"
    OPEN = "open", "Ouvert"
    CLOSED = "closed", "Fermé"


QUESTIONNAIRE_FLOW = Flow(
    QuestionnaireState.DRAFT,
    Step("open", (QuestionnaireState.DRAFT, QuestionnaireState.CLOSED), QuestionnaireState.OPEN, "Ouvrir"),
    Step("close", (QuestionnaireState.OPEN,), QuestionnaireState.CLOSED, "Fermer"),
)


class QuestionKind(TextChoices):
    ONE = "select_one", "Une seule réponse"
    SEVERAL = "select_multiple", "Plusieurs réponses"
    INTEGER = "integer", "Un nombre entier"
    DECIMAL = "decimal", "Un nombre"
    TEXT = "text", "Des mots"
    DATE = "date", "Une date"
    YEAR = "year", "Une année"
    NOTE = "note", "Un texte à lire, sans réponse"


WITH_CHOICES = (QuestionKind.ONE, QuestionKind.SEVERAL)
NUMBERS = (QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.YEAR)


class Mode(TextChoices):
    """How an answer came in."""

    ONLINE = "online", "En ligne"
    PAPER = "paper", "Sur papier"
    IMPORTED = "imported", "Repris d'un tableau"
