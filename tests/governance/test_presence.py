"""Who is in the room, minute by minute (GOV-1, GOV-2): arrivals, departures, excuses, mandates."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.governance.actions import bodies, meetings
from faubourg.governance.actions.attendance import note_presence, record_attendance
from faubourg.governance.queries import attendance_of, colleges_of
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=40)


@pytest.fixture
def sitting(meeting, officer):
    meetings.start(meeting, actor=officer, now=NOW)
    return meeting


@pytest.fixture
def note(sitting, officer):
    def note(person, presence, by=None, now=NOW):
        return note_presence(
            sitting, f"u{person.pk}", presence, actor=officer, by=f"u{by.pk}" if by else "", now=now
        )

    return note


def set_quorum(body, officer, **said):
    words = {"funders": 1, "councils": None, "from_on": date(2026, 1, 1), "source": "règlement", **said}
    bodies.set_quorum(body, actor=officer, now=NOW, **words)


def funders(meeting):
    return colleges_of(meeting, attendance_of(meeting))[0]


def test_gov_2_the_sheet_says_when_somebody_came_and_left(note, sitting, state_officer):
    note(state_officer, "here")
    row = note(state_officer, "gone", now=LATER)
    assert row.said == "arrivé à 11\u00a0h\u00a000, parti à 11\u00a0h\u00a040"
    note(state_officer, "here", now=LATER)
    assert sitting.attendances.get().left_at is None
    assert Entry.objects.filter(verb="governance.note_presence").count() == 3


def test_gov_1_the_quorum_is_said_reached_then_lost(note, sitting, body, officer, state_officer):
    set_quorum(body, officer)
    assert not funders(sitting).is_lost
    note(state_officer, "here")
    assert "quorum atteint" in funders(sitting).sentence
    note(state_officer, "gone", now=LATER)
    assert "quorum perdu depuis le départ de État" in funders(sitting).sentence


@pytest.mark.parametrize("counts", [True, False])
def test_gov_1_a_mandate_counts_where_the_text_says_so(
    note, sitting, body, officer, state_officer, expert, counts
):
    set_quorum(body, officer, counts_mandates=counts)
    note(expert, "here")
    note(state_officer, "represented", by=expert)
    assert funders(sitting).is_reached is counts


def test_gov_2_a_mandate_is_given_to_another_person_who_is_there(note, officer, state_officer, expert):
    for by in (None, state_officer, expert):
        with pytest.raises(Refusal, match="mandat"):
            note(state_officer, "represented", by=by)


def test_gov_2_nobody_leaves_who_is_not_there_and_strangers_are_not_on_the_sheet(note, expert, stranger):
    with pytest.raises(Refusal, match="seul qui est là"):
        note(expert, "gone")
    with pytest.raises(Refusal, match="plus attendue"):
        note(stranger, "here")


def test_gov_2_a_second_click_changes_nothing(note, expert):
    note(expert, "here")
    assert note(expert, "here", now=LATER).arrived_at == NOW
    assert Entry.objects.filter(verb="governance.note_presence").count() == 1


def test_gov_2_ticking_present_on_the_sheet_ends_an_excuse(note, sitting, officer, expert):
    note(expert, "excused")
    record_attendance(sitting, actor=officer, present=[expert.pk], now=NOW)
    assert sitting.attendances.get().presence == "here"


def test_gov_2_the_minutes_say_who_left_who_is_excused_and_who_spoke_for_whom(
    note, sitting, officer, state_officer, expert, delegate
):
    note(state_officer, "here")
    note(state_officer, "gone", now=LATER)
    note(expert, "excused")
    note(officer, "here")
    note(delegate, "represented", by=officer)
    words = meetings.close(sitting, actor=officer, now=LATER).words
    assert any("parti à" in one["au_titre_de"] for one in words["presents"])
    told = " ".join(one["au_titre_de"] for one in words["absents"])
    assert "excusé" in told
    assert "mandat à Omar Chargé" in told


def test_gov_2_the_page_notes_them_and_comes_back_to_itself(client, sitting, officer, expert):
    client.force_login(officer)
    address = f"{reverse('governance:presence', args=[sitting.pk])}?point=3"
    answer = client.post(address, {"who": f"u{expert.pk}", "what": "here"})
    assert answer.url == address
    assert "1 personne présente" in client.get(address).content.decode()
    client.force_login(expert)
    assert client.post(address, {"who": f"u{expert.pk}", "what": "gone"}).status_code == 403
    assert "Part :" not in client.get(address).content.decode()


def test_the_sheet_costs_the_same_with_one_and_three_people(client, cast, sitting, officer):
    client.force_login(officer)
    address, costs = reverse("governance:presence", args=[sitting.pk]), []
    for number in (1, 2):
        for _ in range(number):
            cast.seat("expert", name="Quelqu'un")
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12
