"""Who adjusts the project of the neighbourhood. The refusal is the sentence its reader will see."""

from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_adjust(standing: Standing, contract_id: int) -> Verdict:
    """The GIP proposes for the working groups, writes what the steering committee decides (l. 435)."""
    if standing.holds(contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER):
        return ALLOWED
    return denied("Seule l'équipe du GIP écrit les ajustements : proposez-les-lui, elle les porte au comité.")
