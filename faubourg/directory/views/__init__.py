from faubourg.directory.views.bank import record_bank_details
from faubourg.directory.views.members import change_roles, end_membership, invite_member
from faubourg.directory.views.organisations import create_organisation, edit_organisation, index, show
from faubourg.directory.views.ties import declare_interest_for

__all__ = [
    "change_roles", "create_organisation", "declare_interest_for", "edit_organisation", "end_membership",
    "index", "invite_member", "record_bank_details", "show",
]  # fmt: skip
