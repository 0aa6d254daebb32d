"""Who reads the pages that belong to no contract."""

from faubourg.contracts.rules import Standing
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_read_neighbourhoods(standing: Standing) -> Verdict:
    """The people who read a contract read the register of neighbourhoods, like the figures of a territory."""
    if standing.seats or standing.memberships or standing.is_technical_admin:
        return ALLOWED
    return denied("Les quartiers se lisent avec un rôle dans un contrat de ville : demandez-le au GIP.")
