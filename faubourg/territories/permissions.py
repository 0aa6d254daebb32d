"""Who may ask where a place is. The refusal is the sentence its reader will see."""

from faubourg.accounts.rules import Office
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_locate(office: Office) -> Verdict:
    """The GIP, funders, councillors, applicants: whoever reads the register of neighbourhoods."""
    if office.contracts or office.memberships or office.is_technical_admin:
        return ALLOWED
    return denied("Situer un point demande un rôle dans un contrat de ville : demandez-le au GIP.")
