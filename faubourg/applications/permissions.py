"""Who may do what to a dossier. Every refusal is the sentence its reader will see."""

from datetime import date, datetime

from django.utils.timezone import localdate

from faubourg.applications.models import HELPERS, Application, ApplicationPaper
from faubourg.applications.rules import OTHER_PAPERS, is_unlocked
from faubourg.applications.states import APPLICATION_FLOW, Part, State
from faubourg.calls.models import Call
from faubourg.calls.rules import is_open
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import FUNDER_ROLES, GIP_ROLES, Role
from faubourg.directory.models import Organisation
from faubourg.directory.states import MembershipRole, PaperKind
from faubourg.toolkit.days import format_day, format_moment
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

WRITERS = (MembershipRole.ADMINISTRATOR, MembershipRole.EDITOR, MembershipRole.SIGNATORY)
PAPER_READERS = (*GIP_ROLES, *FUNDER_ROLES, Role.PREFECT_DELEGATE, Role.EXPERT)


def can_start(standing: Standing, call: Call, applicant: Organisation, today: date) -> Verdict:
    """Begin a dossier: in the name of one's organisation, while the call is open (PRG-2)."""
    if not standing.acts_for(applicant.pk, *WRITERS):
        return denied("Vous ne pouvez commencer un dossier qu'au nom d'une structure dont vous êtes membre.")
    return _is_open(call, today)


def can_duplicate(standing: Standing, source: Application) -> Verdict:
    """Take one's own dossier as a base for another call."""
    if standing.acts_for(source.applicant_id, *WRITERS):
        return ALLOWED
    return denied("Seuls les membres de la structure qui a porté ce dossier peuvent le reprendre.")


def can_edit(standing: Standing, application: Application, part: str = "", name: str = "") -> Verdict:
    """Write in the form: a member of the applicant, while it is a draft or must be completed.

    Naming a part, or one of its questions, asks for that one: a request for information may unlock a few.
    """
    if not standing.acts_for(application.applicant_id, *WRITERS) and not assists(standing, application):
        return denied("Seuls les membres de la structure qui porte ce dossier peuvent l'écrire.")
    if not application.is_editable:
        return denied(
            f"Ce dossier ne se modifie plus : son état est « {application.get_state_display()} ». "
            "Pour corriger quelque chose, demandez au GIP de vous le rouvrir par une demande de complément."
        )
    if part and not is_unlocked(application.unlocked, part, name):
        return denied(
            "Cette réponse est verrouillée : le GIP n'y demande pas de correction. S'il faut la changer, "
            "dites-le dans votre réponse, il pourra l'ouvrir."
        )
    return ALLOWED


def assists(standing: Standing, application: Application) -> bool:
    """Types in the name of the applicant: the GIP, untied, in a draft that is open to it (ASS-4)."""
    return (
        application.is_assisted
        and application.state == State.DRAFT
        and standing.holds(application.call.contract_id, *HELPERS)
        and not standing.is_tied_to(application.applicant_id)
    )


def can_start_for(standing: Standing, call: Call, applicant_id: int | None = None) -> Verdict:
    """Begin a draft in the name of an organisation; the call may be over, a paper came in time (ASS-4)."""
    if not standing.holds(call.contract_id, *HELPERS):
        return denied("Seuls la direction et les chargés de mission du GIP saisissent pour une structure.")
    if applicant_id is not None and standing.is_tied_to(applicant_id):
        return denied(
            "Vous êtes lié à cette structure : demandez à un collègue de saisir pour elle (déport)."
        )
    if call.state == CallState.DRAFT:
        return denied("Cet appel est encore en préparation.")
    return ALLOWED


def can_ask_help(standing: Standing, application: Application) -> Verdict:
    """Open one's draft to the GIP, or close it again: who writes in it decides."""
    if not standing.acts_for(application.applicant_id, *WRITERS):
        return denied("Seuls les membres de la structure ouvrent leur brouillon au GIP.")
    if application.state != State.DRAFT:
        return denied("Ce dossier n'est plus un brouillon.")
    return ALLOWED


can_end_help = can_ask_help


def can_file_paper(standing: Standing, application: Application) -> Verdict:
    """File on the strength of a signed paper: who typed it for the applicant (ASS-4)."""
    if assists(standing, application):
        return ALLOWED
    return denied(
        "Un dossier papier est déposé par le GIP, sur un brouillon qu'il a saisi pour la structure."
    )


def can_attach_paper(standing: Standing, application: Application, wanted: int | None = None) -> Verdict:
    """Join a file in answer to one of the papers asked, or besides."""
    return can_edit(standing, application, Part.PAPERS, str(wanted or OTHER_PAPERS))


def can_remove_paper(standing: Standing, application: Application, wanted: int | None = None) -> Verdict:
    return can_attach_paper(standing, application, wanted)


def can_read_papers(standing: Standing, application: Application) -> Verdict:
    """Open the files joined: the applicant, and those who appraise or pay."""
    if standing.acts_for(application.applicant_id):
        return ALLOWED
    if standing.holds(application.call.contract_id, *PAPER_READERS):
        return ALLOWED
    return denied(
        "Les pièces jointes sont lues par le porteur, le GIP, les financeurs et les experts seulement."
    )


def can_read_paper(standing: Standing, paper: ApplicationPaper) -> Verdict:
    """A RIB joined to a dossier is read as the RIB is: the applicant's keepers, the GIP that pays (PRG-2)."""
    asked = paper.required_paper
    if asked is None or asked.kind != PaperKind.BANK:
        return can_read_papers(standing, paper.application)
    if standing.acts_for(
        paper.application.applicant_id, MembershipRole.ADMINISTRATOR, MembershipRole.SIGNATORY
    ) or standing.holds(paper.application.call.contract_id, Role.GIP_DIRECTOR, Role.GIP_FINANCE):
        return ALLOWED
    return denied("Un RIB est lu par l'administrateur et le signataire de la structure et la gestion du GIP.")


def can_submit(standing: Standing, application: Application, now: datetime) -> Verdict:
    """File: a signatory (PRG-2, ASS-4), by midnight of the last day in Paris or of an extension (PRG-3)."""
    if not standing.acts_for(application.applicant_id, MembershipRole.SIGNATORY):
        return denied(
            "Seule une personne signataire de la structure peut déposer : demandez-lui de le faire."
        )
    if application.state != State.DRAFT:
        return denied(
            f"Ce dossier n'est plus un brouillon : son état est « {application.get_state_display()} »."
        )
    if application.late_until is not None and now <= application.late_until:
        return ALLOWED
    if application.late_until is not None:
        return denied(
            f"Le dépôt de ce dossier était rouvert jusqu'au {format_moment(application.late_until)} : "
            "ce moment est passé, appelez le GIP."
        )
    return _is_open(application.call, localdate(now))


def can_withdraw(standing: Standing, application: Application) -> Verdict:
    """Give up: any writer for a draft; a signatory once it is filed, until the COPIL has validated."""
    roles = WRITERS if application.state == State.DRAFT else (MembershipRole.SIGNATORY,)
    if not standing.acts_for(application.applicant_id, *roles):
        return denied("Seule une personne signataire de la structure peut retirer un dossier déposé.")
    if not APPLICATION_FLOW.allows("withdraw", application.state):
        return denied(
            f"Ce dossier ne se retire plus : son état est « {application.get_state_display()} ». "
            "Appelez le GIP."
        )
    return ALLOWED


def has_withdrawn(standing: Standing, application: Application) -> bool:
    """Withdrawn already, and this person could have done it: a second click, or a colleague's."""
    return application.state == State.WITHDRAWN and standing.acts_for(application.applicant_id, *WRITERS)


def can_extend(standing: Standing, application: Application) -> Verdict:
    """Let a draft in late, with a reason (PRG-3): the GIP, unless tied to the applicant (PRG-7)."""
    if not standing.holds(application.call.contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER):
        return denied("Seuls la direction et les chargés de mission du GIP peuvent rouvrir un dépôt.")
    if standing.is_tied_to(application.applicant_id):
        return denied(
            "Vous êtes lié à cette structure : demandez à un collègue de rouvrir son dépôt (déport)."
        )
    if application.state != State.DRAFT:
        return denied("Ce dossier est déjà déposé ou retiré : il n'y a rien à rouvrir.")
    return ALLOWED


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


def _is_open(call: Call, today: date) -> Verdict:
    if is_open(call.state, call.opens_on, call.closes_on, today):
        return ALLOWED
    if today < call.opens_on:
        return denied(f"L'appel ouvre le {format_day(call.opens_on)} : revenez ce jour-là.")
    return denied(
        f"L'appel est fermé depuis le {format_day(call.closes_on)} à minuit. Votre brouillon est gardé : "
        "appelez le GIP, qui peut rouvrir le dépôt s'il y a une raison."
    )
