"""Who vouches for a figure, and who records how an unclear point was settled."""

from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_verify_parameter(standing: Standing, contract_id: int) -> Verdict:
    """A verified figure may block a dossier: the direction of the GIP answers for it (A21)."""
    if not standing.holds(contract_id, Role.GIP_DIRECTOR):
        return denied("Seule la direction du GIP marque un paramètre vérifié.")
    return ALLOWED


def can_settle_clarification(standing: Standing, contract_id: int) -> Verdict:
    """The GIP writes down what the one who settles has decided (A20)."""
    if not standing.holds(contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER):
        return denied("Seule l'équipe du GIP écrit ce qui a été décidé sur un point à clarifier.")
    return ALLOWED
