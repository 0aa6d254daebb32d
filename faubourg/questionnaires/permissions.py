"""Who asks. Every refusal is the sentence its reader will see."""

from faubourg.consultation.models import KEEPERS
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
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
