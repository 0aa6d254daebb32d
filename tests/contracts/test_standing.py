"""What a person holds, read in one query (GOV-4: seats expire by themselves)."""

from datetime import date, timedelta

import pytest

from faubourg.contracts.queries import standing
from tests.conftest import TODAY
from tests.factories import (
    InterestFactory,
    MembershipFactory,
    OrganisationFactory,
    TeamMemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_person_holds_memberships_seats_and_ties_read_in_one_query(django_assert_num_queries):
    nadia = UserFactory()
    membership = MembershipFactory(user=nadia, role="editor")
    MembershipFactory(user=nadia, organisation=membership.organisation, role="signatory")
    seat = TeamMemberFactory(user=nadia, role="expert", contract__requires_second_factor=True)
    tie = InterestFactory(user=nadia)
    TeamMemberFactory()

    with django_assert_num_queries(1):
        held = standing(nadia, TODAY)
        standing(nadia, TODAY)

    assert held.memberships == {membership.organisation_id: frozenset({"editor", "signatory"})}
    assert held.holds(seat.contract_id, "expert", "reader")
    assert not held.holds(seat.contract_id, "gip_officer")
    assert held.seats[0].requires_second_factor
    assert held.is_tied_to(tie.organisation_id)
    assert held.is_tied_to(membership.organisation_id)


@pytest.mark.parametrize(
    ("from_on", "to_on", "holds"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY + timedelta(days=1), None, False),
        (None, TODAY - timedelta(days=1), False),
    ],
)
def test_a_seat_holds_from_its_first_to_its_last_day(from_on, to_on, holds):
    seat = TeamMemberFactory(from_on=from_on, to_on=to_on)

    assert standing(seat.user, TODAY).sits_on(seat.contract_id) is holds


def test_a_tie_that_has_ended_no_longer_binds():
    tie = InterestFactory(ended_on=date(2026, 6, 30))

    assert not standing(tie.user, TODAY).is_tied_to(tie.organisation_id)


def test_someone_who_sits_for_a_body_is_tied_to_the_dossiers_that_body_files():
    """B2.5: the intercommunality's officer does not appraise the intercommunality's own dossier."""
    seat = TeamMemberFactory(role="funder_officer", organisation=OrganisationFactory(kind="epci"))

    assert standing(seat.user, TODAY).is_tied_to(seat.organisation_id)
