"""Who keeps what is known of the territory. The refusal is the sentence its reader will see."""

from faubourg.contracts.models import Contract
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_keep_equipment(standing: Standing, contract: Contract) -> Verdict:
    """The GIP keeps the directory of equipment (DAT-6)."""
    if standing.holds(contract.pk, Role.GIP_DIRECTOR, Role.GIP_OFFICER):
        return ALLOWED
    return denied("Seule l'équipe du GIP tient la liste des équipements : signalez-lui ce qui manque.")


def can_bring_neighbourhoods(standing: Standing) -> Verdict:
    """Every contract reads the same neighbourhoods: a direction, or who installs Faubourg (GEO-1)."""
    if standing.contracts(Role.GIP_DIRECTOR) or standing.is_technical_admin:
        return ALLOWED
    return denied("Le fichier officiel est chargé par la direction du GIP ou l'administrateur technique.")
