from faubourg.directory.views.bank import (
    bank_paper,
    confirm_bank_details,
    record_bank_details,
    reject_bank_details,
)
from faubourg.directory.views.members import change_roles, end_membership, invite_member
from faubourg.directory.views.organisations import create_organisation, edit_organisation, index, show
from faubourg.directory.views.papers import (
    add_organisation_paper,
    organisation_paper,
    withdraw_organisation_paper,
)
from faubourg.directory.views.ties import declare_interest_for

__all__ = [
    "add_organisation_paper",
    "bank_paper",
    "change_roles",
    "confirm_bank_details",
    "create_organisation",
    "declare_interest_for",
    "edit_organisation",
    "end_membership",
    "index",
    "invite_member",
    "organisation_paper",
    "record_bank_details",
    "reject_bank_details",
    "show",
    "withdraw_organisation_paper",
]
