"""What every page of a programme needs to know of who asks: the pages they may go to."""

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards.permissions import can_try_scenarios, can_validate
from faubourg.calls.models import Call
from faubourg.contracts.requests import who
from faubourg.toolkit.verdict import Verdict


def doors(request: SignedInRequest, call: Call) -> dict[str, Verdict]:
    """For awards/_doors.html."""
    return {
        "can_validate": can_validate(who(request), call.contract_id),
        "can_try": can_try_scenarios(who(request), call.contract_id),
    }
