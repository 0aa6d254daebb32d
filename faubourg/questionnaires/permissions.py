"""Who asks, who types, who reads. Every refusal is the sentence its reader will see."""

from faubourg.consultation.models import KEEPERS, READERS
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_survey(standing: Standing, contract_id: int) -> Verdict:
    """The GIP prepares the questions, prints, opens and closes."""
    if standing.holds(contract_id, *KEEPERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP prépare les questionnaires : dites-lui ce qu'il faut changer.")


def can_derogate(standing: Standing, contract_id: int) -> Verdict:
    """The direction records what the data protection officer allows (CON-7)."""
    if standing.holds(contract_id, Role.GIP_DIRECTOR):
        return ALLOWED
    return denied("La direction du GIP note la dérogation du délégué à la protection des données.")


def can_type(standing: Standing, contract_id: int) -> Verdict:
    """Everyone at the GIP may type the paper sheets."""
    if standing.holds(contract_id, *GIP_ROLES):
        return ALLOWED
    return denied("Les bulletins se saisissent au GIP.")


def can_read_answers(standing: Standing, contract_id: int) -> Verdict:
    """Words that nobody has reviewed yet are read by those who review them."""
    if standing.holds(contract_id, *READERS):
        return ALLOWED
    return denied("Les réponses se lisent au GIP et à la délégation du préfet, avant leur relecture.")
