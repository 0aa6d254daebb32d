"""What can be done in the directory, by noun."""

from faubourg.directory.actions.bank import confirm_bank_details, record_bank_details, reject_bank_details
from faubourg.directory.actions.interests import declare_interest, end_interest
from faubourg.directory.actions.letters import announce
from faubourg.directory.actions.members import change_roles, end_membership, invite_member
from faubourg.directory.actions.organisations import create_organisation, edit_organisation
from faubourg.directory.actions.papers import (
    add_organisation_paper,
    remind_of_expiry,
    withdraw_organisation_paper,
)
from faubourg.directory.actions.people import (
    accept_invitation,
    ask_email_change,
    choose_mail_pace,
    confirm_email,
    deactivate,
    edit_identity,
    reactivate,
    remove_second_factor,
    resend_letter,
    send_invitation_again,
)

__all__ = [
    "accept_invitation",
    "add_organisation_paper",
    "announce",
    "ask_email_change",
    "change_roles",
    "choose_mail_pace",
    "confirm_bank_details",
    "confirm_email",
    "create_organisation",
    "deactivate",
    "declare_interest",
    "edit_identity",
    "edit_organisation",
    "end_interest",
    "end_membership",
    "invite_member",
    "reactivate",
    "record_bank_details",
    "reject_bank_details",
    "remind_of_expiry",
    "remove_second_factor",
    "resend_letter",
    "send_invitation_again",
    "withdraw_organisation_paper",
]
