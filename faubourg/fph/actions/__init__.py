"""What is done to the fund, to the requests it receives, and by its committee."""

from faubourg.fph.actions.committee import (
    add_member,
    cancel_session,
    end_member,
    place_requests,
    plan_session,
    record_presence,
    remove_request,
)
from faubourg.fph.actions.contacts import erase_contact
from faubourg.fph.actions.deciding import close_session, decide
from faubourg.fph.actions.funds import adopt_rules, amend_fund, open_fund, set_share
from faubourg.fph.actions.payments import pay, settle
from faubourg.fph.actions.proofs import add_photo, add_receipt, remove_photo
from faubourg.fph.actions.requests import Filed, file_request, type_paper, withdraw

__all__ = [
    "Filed", "add_member", "add_photo", "add_receipt", "adopt_rules", "amend_fund", "cancel_session",
    "close_session", "decide", "end_member", "erase_contact", "file_request", "open_fund", "pay",
    "place_requests", "plan_session", "record_presence", "remove_photo", "remove_request", "set_share",
    "settle", "type_paper", "withdraw",
]  # fmt: skip
