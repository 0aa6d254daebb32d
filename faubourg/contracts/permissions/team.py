"""Who sees, gives and ends the seats of a contract (GOV-4)."""

from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_see_team(standing: Standing, contract_id: int) -> Verdict:
    """Those who sit on the contract know each other; the technical administrator keeps the seats."""
    if standing.sits_on(contract_id) or standing.is_technical_admin:
        return ALLOWED
    return denied("L'équipe d'un contrat est vue de ceux qui y tiennent un rôle.")


def can_give_seat(standing: Standing, contract_id: int) -> Verdict:
    if standing.holds(contract_id, Role.GIP_DIRECTOR) or standing.is_technical_admin:
        return ALLOWED
    return denied("Les rôles sont donnés par la direction du GIP ou par l'administrateur technique.")


can_end_seat = can_give_seat


def can_require_second_factor(standing: Standing, contract_id: int) -> Verdict:
    if standing.holds(contract_id, Role.GIP_DIRECTOR) or standing.is_technical_admin:
        return ALLOWED
    return denied("Le second facteur est exigé par la direction du GIP ou par l'administrateur technique.")
