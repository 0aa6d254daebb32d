"""Who reads and writes in a conversation. Every refusal is the sentence its reader will see."""

from collections.abc import Collection

from faubourg.applications.models import Application
from faubourg.applications.permissions import can_take_part
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.conversations.states import TEAM
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied


def can_write_post(standing: Standing, application: Application) -> Verdict:
    """The members of the applicant and the GIP, unless tied to it (PRG-7), once the dossier is filed."""
    if application.submitted_at is None:
        return denied(
            "L'échange commence au dépôt du dossier. D'ici là, appelez le GIP : son numéro est sur l'appel."
        )
    if standing.acts_for(application.applicant_id):
        return ALLOWED
    tie = can_take_part(standing, application)
    if not tie:
        return tie
    if standing.holds(application.call.contract_id, *GIP_ROLES):
        return ALLOWED
    return denied("L'échange est entre le porteur et le GIP.")


def can_read_posts(standing: Standing, application: Application, asked: Collection[int]) -> Verdict:
    """Those who write, and the officers of the funders asked, for what the GIP has opened to them."""
    verdict = can_write_post(standing, application)
    if verdict or application.submitted_at is None or standing.is_tied_to(application.applicant_id):
        return verdict
    mine = standing.organisations(application.call.contract_id, Role.FUNDER_OFFICER)
    return ALLOWED if mine & set(asked) else verdict


def can_open_to_funders(standing: Standing, application: Application) -> Verdict:
    """The GIP chooses, message by message."""
    if standing.acts_for(application.applicant_id):
        return denied("Le GIP choisit les messages qu'il ouvre aux financeurs.")
    tie = can_take_part(standing, application)
    if not tie:
        return tie
    if standing.holds(application.call.contract_id, *TEAM):
        return ALLOWED
    return denied("La direction et les chargés de mission du GIP ouvrent un message aux financeurs.")
