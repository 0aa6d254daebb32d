"""Who may do what to bodies and meetings: the table printed in the README of the app."""

import pytest

from faubourg.contracts.queries import standing
from faubourg.governance import permissions
from faubourg.governance.models import Decision, Task
from tests.conftest import TODAY

ROLES = (
    "director", "officer", "finance", "delegate", "state_officer", "state_decider", "expert", "councillor",
    "reader", "signatory", "technical_admin", "stranger",
)  # fmt: skip
GIP = {"director", "officer"}
MATRIX = {"plan": GIP, "run": GIP, "change_template": GIP, "follow_up": {*GIP, "expert"}}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", MATRIX)
def test_each_role_does_what_the_table_says(request, meeting, role, verb):
    person = request.getfixturevalue(role)
    contract = meeting.body.contracts.first()
    decision = Decision(meeting=meeting, contract=contract)
    things = {"run": meeting, "plan": meeting.body, "change_template": contract}
    things["follow_up"] = Task(decision=decision, in_charge=request.getfixturevalue("expert"))
    verdict = getattr(permissions, f"can_{verb}")(standing(person, TODAY), things[verb])
    assert bool(verdict) is (role in MATRIX[verb])
    assert verdict.allowed or verdict.reason.endswith(".")
