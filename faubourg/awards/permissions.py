"""Who decides, who validates, who writes to applicants. Every refusal is the sentence its reader will see."""

from faubourg.applications.models import Application
from faubourg.applications.permissions import WRITERS, can_take_part
from faubourg.applications.states import TRANSMITTED, State
from faubourg.awards.models import Scenario
from faubourg.calls.models import Envelope
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import FUNDER_ROLES, GIP_ROLES, Role
from faubourg.directory.states import MembershipRole
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

TEAM = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
ARBITERS = (*GIP_ROLES, *FUNDER_ROLES)
"""Those who try, compare and share scenarios: the GIP and the funders."""


def can_decide(standing: Standing, application: Application, envelope: Envelope) -> Verdict:
    """Each funder for itself, once a committee has spoken, until the COPIL has validated (PRG-6, PRG-10)."""
    contract_id = application.call.contract_id
    if envelope.funder_id not in standing.organisations(contract_id, Role.FUNDER_DECIDER):
        if standing.holds(contract_id, *GIP_ROLES):
            return denied(
                f"Le GIP ne décide pour aucun financeur : cette décision appartient à {envelope.funder}."
            )
        return denied(f"Cette décision appartient à {envelope.funder} : seul son décideur l'enregistre.")
    tie = can_take_part(standing, application)
    if not tie:
        return tie
    if application.state not in TRANSMITTED:
        return denied(
            "Aucun comité n'a encore rendu d'avis sur ce dossier : un financeur décide après lui "
            "(contrat, l. 1058)."
        )
    if application.state not in (State.REVIEWED, State.DECIDED):
        return denied(
            "Les décisions de ce dossier ont été validées en comité de pilotage : elles ne se corrigent plus."
        )
    return ALLOWED


def can_decide_for(standing: Standing, envelope: Envelope) -> Verdict:
    """Write in the whole column of a funder: its decider, and nobody else (PRG-10)."""
    if envelope.funder_id in standing.organisations(envelope.call.contract_id, Role.FUNDER_DECIDER):
        return ALLOWED
    return denied(f"Cette colonne appartient à {envelope.funder} : seul son décideur y écrit.")


def can_ask_reduced_plan(standing: Standing, application: Application) -> Verdict:
    """The GIP asks an applicant how its action goes on with less, unless tied to it (PRG-7)."""
    if not standing.holds(application.call.contract_id, *TEAM):
        return denied("Seule l'équipe du GIP demande un budget réduit au porteur.")
    return can_take_part(standing, application)


def can_read_reduced_plan(standing: Standing, application: Application) -> Verdict:
    """The applicant, and those who may read its notes."""
    return ALLOWED if standing.acts_for(application.applicant_id) else can_take_part(standing, application)


def can_save_reduced_plan(standing: Standing, application: Application) -> Verdict:
    if standing.acts_for(application.applicant_id, *WRITERS):
        return ALLOWED
    return denied("Seules les personnes qui rédigent pour la structure écrivent son budget réduit.")


def can_confirm_reduced_plan(standing: Standing, application: Application) -> Verdict:
    """A smaller plan commits as the filed one did: a signatory (PRG-2, ASS-4)."""
    if standing.acts_for(application.applicant_id, MembershipRole.SIGNATORY):
        return ALLOWED
    return denied("Seule une personne signataire de la structure confirme : demandez-lui de le faire.")


def can_validate(standing: Standing, contract_id: int) -> Verdict:
    """The GIP records what the steering committee validates."""
    if standing.holds(contract_id, *TEAM):
        return ALLOWED
    return denied("Seule l'équipe du GIP enregistre la validation du comité de pilotage.")


def can_prepare_notices(standing: Standing, contract_id: int) -> Verdict:
    if standing.holds(contract_id, *TEAM):
        return ALLOWED
    return denied("Seule l'équipe du GIP prépare les lettres aux porteurs.")


def can_review_letters(
    standing: Standing, contract_id: int | None, application: Application | None = None
) -> Verdict:
    """Read, mend, release or put aside a letter, unless one is tied to whom it is written to (PRG-7)."""
    if contract_id is None or not standing.holds(contract_id, *TEAM):
        return denied("Seule l'équipe du GIP relit et envoie les courriels du contrat.")
    if application is not None and standing.is_tied_to(application.applicant_id):
        return denied(
            "Vous êtes lié à la structure à qui l'on écrit : un collègue relit et envoie la lettre (déport)."
        )
    return ALLOWED


def can_open_outbox(standing: Standing) -> Verdict:
    if standing.contracts(*TEAM):
        return ALLOWED
    return denied("La boîte d'envoi est celle de l'équipe du GIP.")


def can_try_scenarios(standing: Standing, contract_id: int) -> Verdict:
    """Make working copies of the amounts, one's own until one shares them (PRG-9)."""
    if standing.holds(contract_id, *ARBITERS):
        return ALLOWED
    return denied("Les scénarios de programmation se font entre le GIP et les financeurs.")


def can_edit_scenario(standing: Standing, scenario: Scenario) -> Verdict:
    """Its owner; the whole team of the GIP for a scenario of the team that is shared; nobody once adopted."""
    contract_id = scenario.call.contract_id
    verdict = can_try_scenarios(standing, contract_id)
    if not verdict:
        return verdict
    is_ours = scenario.is_of_team and scenario.is_shared and standing.holds(contract_id, *TEAM)
    if scenario.owner_id != standing.user_id and not is_ours:
        return denied(f"Ce scénario est celui de {scenario.owner} : copiez-le pour essayer autre chose.")
    if scenario.adopted_at is not None:
        return denied("Ce scénario a été adopté : il ne change plus. Copiez-le pour essayer autre chose.")
    return ALLOWED


def can_adopt_scenario(standing: Standing, contract_id: int) -> Verdict:
    """What is proposed to the funders is the GIP's word; what they decide stays theirs (PRG-10)."""
    if standing.holds(contract_id, *TEAM):
        return ALLOWED
    return denied("Seule l'équipe du GIP adopte un scénario : il devient ce qu'elle propose aux financeurs.")


def can_arrange_waiting_list(standing: Standing, envelope: Envelope) -> Verdict:
    """The team of the GIP, and whoever decides for the funder: an order, not a decision."""
    contract_id = envelope.call.contract_id
    if standing.holds(contract_id, *TEAM):
        return ALLOWED
    if envelope.funder_id in standing.organisations(contract_id, Role.FUNDER_DECIDER):
        return ALLOWED
    return denied(f"La liste complémentaire de {envelope.funder} est tenue par son décideur et par le GIP.")
