"""Who is awaited, who is there, and how many it takes (GOV-1, CIT-2): dated, « à confirmer » until set."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.governance.actions import attendance, bodies, meetings
from faubourg.governance.queries import attendance_of, colleges_of
from faubourg.governance.rules import College
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def colleges(meeting):
    return {one.label: one for one in colleges_of(meeting, attendance_of(meeting))}


def set_quorum(body, officer, **said):
    words = {"funders": 1, "councils": None, "from_on": date(2027, 1, 1), "source": "règlement", **said}
    return bodies.set_quorum(body, actor=officer, now=NOW, **words)


@pytest.mark.parametrize(("needed", "reached"), [(None, None), (1, True), (2, False)])
def test_a_college_is_reached_from_its_number_on(needed, reached):
    assert College("Financeurs", ("A", "B"), ("A",), needed).is_reached is reached


def test_gov_1_without_a_text_the_quorum_is_to_confirm(meeting):
    assert "quorum à confirmer" in colleges(meeting)["Financeurs"].sentence


def test_gov_1_a_guest_counts_for_the_organisation_written_beside_the_name(
    meeting, cast, officer, state_officer
):
    before = colleges(meeting)["Financeurs"]
    assert str(cast.state) in before.absent
    attendance.add_guest(meeting, actor=officer, full_name="Jean", on_behalf_of=cast.state.name, now=NOW)
    assert str(cast.state) in colleges(meeting)["Financeurs"].present


def test_gov_1_a_person_with_a_seat_counts_for_it(meeting, cast, officer, state_officer):
    attendance.record_attendance(meeting, actor=officer, present=[state_officer.pk], now=NOW)
    assert colleges(meeting)["Financeurs"].present == (str(cast.state),)


@pytest.mark.parametrize(("from_on", "needed"), [(date(2027, 2, 20), 1), (date(2027, 2, 21), None)])
def test_gov_1_the_quorum_in_force_is_that_of_the_day_of_the_meeting(meeting, body, officer, from_on, needed):
    set_quorum(body, officer, from_on=from_on)
    assert colleges(meeting)["Financeurs"].needed == needed


def test_gov_1_a_quorum_names_its_text_and_a_number(body, officer):
    with pytest.raises(Refusal, match="quel texte"):
        set_quorum(body, officer, source=" ")
    with pytest.raises(Refusal, match="au moins un"):
        set_quorum(body, officer, funders=None)


def test_only_the_gip_says_the_quorum(body, expert):
    with pytest.raises(PermissionDenied):
        set_quorum(body, expert)


def test_the_record_says_the_quorum(meeting, body, officer):
    set_quorum(body, officer, funders=0)
    meetings.start(meeting, actor=officer, now=NOW)
    record = meetings.close(meeting, actor=officer, now=NOW)
    assert any("il en faut 0 : quorum atteint" in sentence for sentence in record.words["quorum"])


def test_the_team_sets_scope_and_quorum_on_the_page(client, body, officer, cast):
    client.force_login(officer)
    sent = {"funders": "2", "councils": "", "from_on": "01/01/2027", "source": "règlement intérieur"}
    client.post(reverse("governance:set_quorum", args=[body.pk]), sent)
    client.post(reverse("governance:set_scope", args=[body.pk]), {"objectives": [cast.objective.pk]})
    page = client.get(reverse("governance:body", args=[body.pk])).content.decode()
    assert "2 financeurs au moins" in page
    assert str(cast.objective) in page
    wrong = client.post(reverse("governance:set_quorum", args=[body.pk]), {**sent, "from_on": "demain"})
    assert "règlement intérieur" in wrong.content.decode()
