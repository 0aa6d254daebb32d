"""Who may do what to a dossier. Every refusal is the sentence its reader will see."""

from faubourg.applications.models import Application
from faubourg.contracts.rules import Standing
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_take_part(standing: Standing, application: Application) -> Verdict:
    """Read the notes, give an opinion, decide: never for a dossier one is tied to (B2.5, PRG-7)."""
    if standing.is_tied_to(application.applicant_id):
        return denied(
            "Vous êtes lié à la structure qui porte ce dossier : vous vous en tenez à l'écart (déport), "
            "sans lire les notes ni donner d'avis."
        )
    if not standing.sits_on(application.call.contract_id):
        return denied("Ce dossier relève d'un contrat où vous n'avez pas de rôle.")
    return ALLOWED
