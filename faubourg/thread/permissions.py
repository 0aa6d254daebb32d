"""Who tells residents what came of it, who photographs the thread."""

from faubourg.consultation.models import KEEPERS
from faubourg.contracts.rules import Standing
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_tell_back(standing: Standing, contract_id: int) -> Verdict:
    """The GIP notes what residents were told, and photographs the thread."""
    if standing.holds(contract_id, *KEEPERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP note ce qui a été rendu aux habitants : dites-lui ce qui manque.")


def can_follow(standing: Standing, contract_id: int) -> Verdict:
    """Everyone with a role on the contract reads the whole thread; the public page is for the others."""
    if standing.sits_on(contract_id):
        return ALLOWED
    return denied("Le fil se lit avec un rôle dans le contrat. La page du quartier est ouverte à tous.")
