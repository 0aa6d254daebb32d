"""Who consults, who reads what was said. Every refusal is the sentence its reader will see."""

from faubourg.consultation.models import KEEPERS, READERS
from faubourg.contracts.rules import Standing
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_consult(standing: Standing, contract_id: int) -> Verdict:
    """The GIP prepares, takes down what is said, answers and links it to the objectives (l. 359-365)."""
    if standing.holds(contract_id, *KEEPERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP tient les concertations : dites-lui ce qu'il faut changer.")


def can_code(standing: Standing, contract_id: int) -> Verdict:
    """Those who read before names are taken out also say which topic they see."""
    if standing.holds(contract_id, *READERS):
        return ALLOWED
    return denied("Les paroles se classent au GIP et à la délégation du préfet, avant leur relecture.")
