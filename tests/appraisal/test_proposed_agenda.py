"""The agenda proposed from the dossiers that are ready (PRG-6), with its time and the gauge (PRG-1)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.appraisal import actions
from faubourg.appraisal.models import TabledApplication
from faubourg.appraisal.queries import proposed_for
from faubourg.appraisal.rules import Proposed, in_order
from faubourg.contracts.queries import standing
from faubourg.governance.actions import bodies
from faubourg.governance.actions.attendance import record_attendance
from faubourg.governance.actions.meetings import start
from faubourg.governance.rules import NO_OFFICER
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def examine(meeting, officer, objectives=(), neighbourhoods=()):
    bodies.set_scope(
        meeting.body, actor=officer, objectives=objectives, neighbourhoods=neighbourhoods, now=NOW
    )


def proposed(meeting, officer):
    return proposed_for(standing(officer, NOW.date()), meeting)


def test_prg_6_those_of_the_committee_first_then_what_was_put_off():
    rows = [Proposed("a"), Proposed("b", is_of_theme=True), Proposed("c", is_of_place=True, came_back=True)]
    assert [one.thing for one in in_order(rows)] == ["c", "b", "a"]


def test_prg_6_a_dossier_of_the_theme_or_of_the_place_is_ticked(client, desk, officer, cast):
    meeting, dossier = desk.committee(), desk.appraised()
    assert [one.is_expected for one in proposed(meeting, officer)] == [False]
    examine(meeting, officer, objectives=[cast.objective])
    assert [one.why for one in proposed(meeting, officer)] == ["thème du comité"]
    examine(meeting, officer, neighbourhoods=[cast.qpv])
    assert [one.why for one in proposed(meeting, officer)] == ["territoire du comité"]
    client.force_login(officer)
    page = client.get(reverse("appraisal:table", args=[meeting.pk])).content.decode()
    assert f'id="inscrire-{dossier.pk}" name="applications" value="{dossier.pk}" checked' in page


def test_prg_6_tick_count_and_table_in_one_act(client, desk, officer, cast):
    meeting, first, second = desk.committee(), desk.appraised(), desk.appraised()
    desk.admissible()
    cast.call.gauges.create(body=meeting.body, most_applications=1)
    client.force_login(officer)
    address = reverse("appraisal:table", args=[meeting.pk])
    sent = {
        "applications": [second.pk, first.pk], f"minutes-{first.pk}": "10", f"minutes-{second.pk}": "5",
    }  # fmt: skip
    page = client.post(address, {**sent, "act": "count"}).content.decode()
    assert "<strong>15 minutes</strong>" in page
    assert "La jauge est dépassée" in page
    assert "1 dossier recevable reste à" in page
    assert not TabledApplication.objects.exists()
    client.post(address, sent)
    tabled = TabledApplication.objects.order_by("item__position")
    assert [(one.application, one.item.minutes) for one in tabled] == [(first, 10), (second, 5)]


def test_prg_8_a_funder_without_officer_is_in_the_record(desk, officer, cast, ask_county):
    tabled = desk.tabled()
    ask_county(tabled.application, 100)
    desk.spoken(tabled)
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    from faubourg.governance.models import MeetingRecord  # noqa: PLC0415

    words = MeetingRecord.objects.get().words["financeurs"]
    assert {one["nom"] for one in words} == {str(cast.state), str(cast.county)}
    assert NO_OFFICER in {one["referent"] for one in words}


def test_the_projector_shows_the_first_point_as_soon_as_the_session_is_open(client, desk, officer):
    tabled = desk.tabled()
    client.force_login(officer)
    page = client.get(reverse("appraisal:projection", args=[tabled.item.meeting_id])).content.decode()
    assert "1 / 1" in page
    assert "va commencer" not in page


@pytest.mark.parametrize("page", ["appraisal:table", "appraisal:meeting"])
def test_preparing_costs_the_same_at_one_and_at_ten(client, desk, officer, cast, page):
    meeting = desk.committee()
    examine(meeting, officer, objectives=[cast.objective], neighbourhoods=[cast.qpv])
    cast.call.gauges.create(body=meeting.body, most_applications=5)
    start(meeting, actor=officer, now=NOW)
    record_attendance(meeting, actor=officer, present=[officer.pk], now=NOW)
    client.force_login(officer)
    costs = []
    for more in (1, 9):
        for rank in range(more):
            desk.count = min(desk.count, 7)
            if page == "appraisal:meeting":
                desk.spoken(desk.tabled(meeting, number=f"2027-{more}{rank}"))
            else:
                desk.appraised(number=f"2027-{more}{rank}")
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse(page, args=[meeting.pk])).content.decode()
        assert shown.count("2027-9") >= more - 1
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12


def test_projecting_costs_the_same_at_one_and_at_ten(client, desk, officer):
    meeting = desk.committee(is_open=True)
    client.force_login(officer)
    costs = []
    for more in (1, 9):
        for rank in range(more):
            desk.count = min(desk.count, 7)
            desk.tabled(meeting, number=f"2027-{more}{rank}")
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse("appraisal:projection", args=[meeting.pk])).content.decode()
        assert f"1 / {1 if more == 1 else 10}" in shown
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12
