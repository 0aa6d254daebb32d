"""Who may do what to a dossier being examined. Every refusal is the sentence its reader will see.

All of these begin with can_take_part: whoever is tied to the applicant stands aside (PRG-7, B2.5).
"""

from faubourg.applications.models import Application
from faubourg.applications.permissions import WRITERS, can_take_part
from faubourg.appraisal.states import NOTES_OPEN
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

OFFICERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
AT_THE_TABLE = tuple(role for role in Role if role != Role.READER)
NO_COUNCIL_TO_SPEAK_FOR = denied(
    "Seuls les conseillers du conseil citoyen donnent son avis ; le GIP peut l'écrire pour eux."
)


def can_appraise(standing: Standing, application: Application) -> Verdict:
    """Admissibility, notes, questions, agenda, synthesis: the GIP's work (l. 993, 1058)."""
    aside = can_take_part(standing, application)
    if not aside:
        return aside
    if standing.holds(application.call.contract_id, *OFFICERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP instruit les dossiers : transmettez-lui votre remarque.")


def can_save_appraisal(standing: Standing, application: Application) -> Verdict:
    """The notes stay open from the filing until the funders have decided."""
    verdict = can_appraise(standing, application)
    if verdict and application.state not in NOTES_OPEN:
        return denied(
            "La fiche d'instruction est figée : les financeurs ont décidé, ou le dossier s'est arrêté."
        )
    return verdict


def can_act_in_bulk(standing: Standing) -> Verdict:
    """The same act on several dossiers; each still demands its own right."""
    if standing.contracts(*OFFICERS):
        return ALLOWED
    return denied("Seule l'équipe du GIP agit sur plusieurs dossiers à la fois.")


def can_bypass_committee(standing: Standing, application: Application) -> Verdict:
    """Urgency, with its reason, by the director alone (PRG-6)."""
    aside = can_take_part(standing, application)
    if not aside:
        return aside
    if standing.holds(application.call.contract_id, Role.GIP_DIRECTOR):
        return ALLOWED
    return denied("Seule la direction du GIP peut dispenser un dossier de comité, en disant pourquoi.")


def can_remark(standing: Standing, application: Application) -> Verdict:
    """Everyone who sits at the committee, except readers."""
    aside = can_take_part(standing, application)
    if not aside:
        return aside
    if standing.holds(application.call.contract_id, *AT_THE_TABLE):
        return ALLOWED
    return denied("Votre rôle permet de lire les échanges, pas d'y ajouter une remarque.")


def can_answer_information(standing: Standing, application: Application) -> Verdict:
    """The people who write the applicant's dossiers."""
    if standing.acts_for(application.applicant_id, *WRITERS):
        return ALLOWED
    return denied("Seules les personnes qui rédigent pour la structure répondent à cette demande.")


def can_give_council_opinion(
    standing: Standing, application: Application, council: CitizenCouncil
) -> Verdict:
    """A councillor for their own council; the GIP on its behalf, and the journal says so (CIT-2, CIT-3)."""
    aside = can_take_part(standing, application)
    if not aside:
        return aside
    if council.organisation_id == application.applicant_id:
        return denied("Ce conseil citoyen porte le dossier : il ne donne pas d'avis sur sa propre demande.")
    if application.state not in NOTES_OPEN:
        return denied("Les financeurs ont décidé, ou le dossier s'est arrêté : l'avis ne peut plus changer.")
    contract_id = application.call.contract_id
    if council.organisation_id in standing.organisations(contract_id, Role.COUNCILLOR):
        return ALLOWED
    if standing.holds(contract_id, *OFFICERS):
        return ALLOWED
    return NO_COUNCIL_TO_SPEAK_FOR
