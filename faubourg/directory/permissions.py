"""Who may do what in the directory. Every refusal is the sentence its reader will see."""

from faubourg.accounts.rules import Office
from faubourg.directory.models import BankDetails, Interest, Organisation
from faubourg.directory.rules import sees_every_organisation, speaks_for
from faubourg.directory.states import MembershipRole
from faubourg.toolkit.verdict import ALLOWED, Verdict, denied

ADMINISTRATOR, EDITOR, SIGNATORY = MembershipRole


def can_see_all_organisations(office: Office) -> Verdict:
    if sees_every_organisation(office):
        return ALLOWED
    return denied("Vous voyez les structures dont vous êtes membre.")


def can_create_organisation(office: Office) -> Verdict:
    if office.leads or office.is_technical_admin:
        return ALLOWED
    return denied("Une structure est créée par la direction ou un chargé de mission du GIP : écrivez-leur.")


def can_edit_organisation(office: Office, organisation: Organisation) -> Verdict:
    if office.acts_for(organisation.pk, ADMINISTRATOR, EDITOR) or _is_known_on(organisation, office.gip):
        return ALLOWED
    return denied(
        "La fiche est tenue par l'administrateur ou un saisisseur de la structure, ou le GIP de son contrat."
    )


def can_read_organisation_papers(office: Office, organisation: Organisation) -> Verdict:
    """The files kept on the page; a funder reads those of a dossier on the dossier."""
    if office.acts_for(organisation.pk) or _is_known_on(organisation, office.gip):
        return ALLOWED
    return denied("Les pièces d'une structure sont lues par ses membres et par le GIP de son contrat.")


can_add_organisation_paper = can_withdraw_organisation_paper = can_edit_organisation


def can_manage_members(office: Office, organisation: Organisation) -> Verdict:
    """Invite, change roles, end a membership."""
    if office.acts_for(organisation.pk, ADMINISTRATOR) or office.is_technical_admin:
        return ALLOWED
    if _is_known_on(organisation, office.leads):
        return ALLOWED
    return denied(
        "Les membres sont invités par l'administrateur de la structure ou par le GIP de son contrat."
    )


can_invite_member = can_change_roles = can_manage_members


def can_end_membership(office: Office, organisation: Organisation, user_id: int) -> Verdict:
    """Anyone leaves by oneself; the others are taken off by those who manage the members."""
    if office.user_id == user_id and office.acts_for(organisation.pk):
        return ALLOWED
    return can_manage_members(office, organisation)


def can_see_bank_details(office: Office, organisation: Organisation) -> Verdict:
    if office.acts_for(organisation.pk, ADMINISTRATOR, SIGNATORY) or _is_known_on(organisation, office.pays):
        return ALLOWED
    return denied(
        "Le RIB est lu par l'administrateur et le signataire de la structure, et par la gestion du GIP."
    )


def can_record_bank_details(office: Office, organisation: Organisation) -> Verdict:
    if office.acts_for(organisation.pk, ADMINISTRATOR, SIGNATORY):
        return ALLOWED
    return denied(
        "Le RIB est saisi par l'administrateur ou le signataire de la structure, par personne d'autre."
    )


def can_confirm_bank_details(office: Office, details: BankDetails) -> Verdict:
    """A second person of the organisation, or the GIP that pays: never the one who typed it (B7.3)."""
    if office.user_id == details.recorded_by_id:
        return denied("Vous avez saisi ce RIB : une autre personne doit le confirmer.")
    organisation = details.organisation
    if office.acts_for(organisation.pk, ADMINISTRATOR, SIGNATORY):
        return ALLOWED
    if _is_known_on(organisation, office.pays):
        if organisation.pk in office.ties:
            return denied("Vous êtes lié à cette structure : un collègue du GIP confirme son RIB (déport).")
        return ALLOWED
    return denied(
        "Un RIB est confirmé par un autre administrateur ou signataire de la structure, ou par la direction "
        "ou la gestion financière du GIP."
    )


can_reject_bank_details = can_confirm_bank_details


def can_declare_interest(office: Office, user_id: int) -> Verdict:
    """One's own ties; the GIP director records those of others (PRG-7, B2.5)."""
    if speaks_for(office, user_id):
        return ALLOWED
    return denied(
        "Chacun déclare ses propres liens ; la direction du GIP peut le faire pour quelqu'un d'autre."
    )


def can_end_interest(office: Office, interest: Interest) -> Verdict:
    return can_declare_interest(office, interest.user_id)


def can_see_interests(office: Office) -> Verdict:
    """Read the ties of everyone with an organisation."""
    if office.directs:
        return ALLOWED
    return denied("Les liens d'intérêt de chacun sont lus par la direction du GIP.")


def can_manage_people(office: Office) -> Verdict:
    """List the accounts, close and reopen them, send an invitation again."""
    if office.is_technical_admin:
        return ALLOWED
    return denied("Les comptes sont gérés par l'administrateur technique.")


def can_deactivate(office: Office, user_id: int) -> Verdict:
    if office.user_id == user_id:
        return denied(
            "Vous ne pouvez pas désactiver votre propre compte : demandez à un autre administrateur."
        )
    return can_manage_people(office)


can_reactivate = can_deactivate


def can_remove_second_factor(office: Office, user_id: int) -> Verdict:
    """For somebody who has lost their telephone; one's own is removed from « Mon compte », with its code."""
    if office.user_id == user_id:
        return denied("Votre propre second facteur se retire depuis « Mon compte », avec son code.")
    return can_manage_people(office)


def can_ask_email_change(office: Office, user_id: int) -> Verdict:
    """One's own address; the technical administrator helps who has lost the former one."""
    return ALLOWED if office.user_id == user_id else can_manage_people(office)


# --------------------------------------------------------------------------------------------------


def _is_known_on(organisation: Organisation, contracts: frozenset[int]) -> bool:
    """The GIP of a contract looks after the organisations of that contract, and those of no contract yet."""
    if not contracts:
        return False
    return not organisation.contract_ids or bool(organisation.contract_ids & contracts)
