"""Who may do what to a dossier under examination: the table printed in the README of the app."""

import pytest

from faubourg.appraisal import permissions
from faubourg.contracts.queries import standing
from tests.conftest import TODAY
from tests.factories import InterestFactory

ROLES = (
    "director", "officer", "finance", "delegate", "state_officer", "state_decider", "expert", "councillor",
    "reader", "signatory", "editor", "org_admin", "technical_admin", "stranger",
)  # fmt: skip
GIP = {"director", "officer"}
TABLE = {
    "director",
    "officer",
    "finance",
    "delegate",
    "state_officer",
    "state_decider",
    "expert",
    "councillor",
}
MATRIX = {
    "appraise": GIP,
    "save_appraisal": GIP,
    "bypass_committee": {"director"},
    "remark": TABLE,
    "give_council_opinion": {*GIP, "councillor"},
    "answer_information": {"signatory", "editor", "org_admin"},
}


def verdict(verb, person, application, council):
    may = getattr(permissions, f"can_{verb}")
    more = (council,) if verb == "give_council_opinion" else ()
    return may(standing(person, TODAY), application, *more)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", MATRIX)
def test_each_role_does_what_the_table_says(request, cast, desk, role, verb):
    person = request.getfixturevalue(role)
    found = verdict(verb, person, desk.filed(), cast.council)
    assert bool(found) is (role in MATRIX[verb])
    assert found.allowed or found.reason.endswith(".")


@pytest.mark.parametrize("role", sorted(TABLE))
@pytest.mark.parametrize("verb", [verb for verb in MATRIX if verb != "answer_information"])
def test_whatever_their_role_whoever_is_tied_does_nothing(request, cast, desk, role, verb):
    """PRG-7, B2.5."""
    person = request.getfixturevalue(role)
    InterestFactory(user=person, organisation=cast.applicant)
    found = verdict(verb, person, desk.filed(), cast.council)
    assert not found
    assert "déport" in found.reason
