"""Who may do what to a dossier: one row per person, one column per verb."""

from datetime import timedelta

import pytest

from faubourg.applications import permissions
from faubourg.contracts.queries import standing
from tests.conftest import NOW, TODAY
from tests.factories import ApplicationFactory, InterestFactory, MembershipFactory

ALL = "director officer finance delegate state_officer state_decider expert councillor reader technical_admin"
OUTSIDERS = [*ALL.split(), "stranger"]


@pytest.fixture
def draft(cast):
    return ApplicationFactory(call=cast.call, applicant=cast.applicant)


@pytest.fixture
def filed(cast):
    return ApplicationFactory(call=cast.call, applicant=cast.applicant, filed=True)


def held(request, name):
    return standing(request.getfixturevalue(name), TODAY)


@pytest.mark.parametrize(
    ("name", "verbs"),
    [
        ("editor", {"edit", "withdraw", "read_papers", "start"}),
        ("org_admin", {"edit", "withdraw", "read_papers", "start"}),
        ("signatory", {"edit", "withdraw", "read_papers", "start", "submit"}),
        ("director", {"extend", "read_papers"}),
        ("officer", {"extend", "read_papers"}),
        ("finance", {"read_papers"}),
        ("delegate", {"read_papers"}),
        ("state_officer", {"read_papers"}),
        ("state_decider", {"read_papers"}),
        ("expert", {"read_papers"}),
        ("councillor", set()),
        ("reader", set()),
        ("technical_admin", set()),
        ("stranger", set()),
    ],
)
def test_what_each_person_may_do_to_a_draft(request, cast, draft, name, verbs):
    person = held(request, name)
    allowed = {
        "edit": permissions.can_edit(person, draft),
        "withdraw": permissions.can_withdraw(person, draft),
        "read_papers": permissions.can_read_papers(person, draft),
        "submit": permissions.can_submit(person, draft, NOW),
        "extend": permissions.can_extend(person, draft),
        "start": permissions.can_start(person, cast.call, cast.applicant, TODAY),
    }

    assert {verb for verb, verdict in allowed.items() if verdict} == verbs
    assert all(
        verdict.reason.endswith(".") or ":" in verdict.reason for verdict in allowed.values() if not verdict
    )


@pytest.mark.parametrize(
    ("state", "is_open"), [("draft", True), ("incomplete", True), ("submitted", False), ("withdrawn", False)]
)
def test_only_a_draft_or_a_dossier_to_complete_is_written(cast, editor, state, is_open):
    dossier = ApplicationFactory(call=cast.call, applicant=cast.applicant, submitted_at=NOW, state=state)

    assert bool(permissions.can_edit(standing(editor, TODAY), dossier)) is is_open


@pytest.mark.parametrize(("name", "may"), [("editor", False), ("org_admin", False), ("signatory", True)])
def test_only_a_signatory_withdraws_what_is_filed(request, filed, name, may):
    assert bool(permissions.can_withdraw(held(request, name), filed)) is may


@pytest.mark.parametrize("state", ["validated", "notified", "withdrawn"])
def test_nobody_withdraws_after_the_validation(cast, signatory, state):
    dossier = ApplicationFactory(call=cast.call, applicant=cast.applicant, filed=True, state=state)

    assert not permissions.can_withdraw(standing(signatory, TODAY), dossier)


def test_a_signatory_withdraws_a_decided_dossier_whose_money_falls_short(cast, signatory):
    dossier = ApplicationFactory(call=cast.call, applicant=cast.applicant, filed=True, state="decided")

    assert permissions.can_withdraw(standing(signatory, TODAY), dossier)


def test_a_membership_that_has_ended_gives_nothing(cast, draft):
    past = MembershipFactory(organisation=cast.applicant, role="signatory", to_on=TODAY - timedelta(days=1))

    assert not permissions.can_edit(standing(past.user, TODAY), draft)


def test_prg_7_an_officer_tied_to_the_applicant_does_not_reopen_its_filing(cast, officer, draft):
    InterestFactory(user=officer, organisation=cast.applicant)

    assert "déport" in permissions.can_extend(standing(officer, TODAY), draft).reason


def test_take_part_needs_a_seat_and_no_tie(cast, officer, signatory, stranger, filed):
    """B2.5."""
    assert permissions.can_take_part(standing(officer, TODAY), filed)
    assert not permissions.can_take_part(standing(signatory, TODAY), filed)
    assert not permissions.can_take_part(standing(stranger, TODAY), filed)
