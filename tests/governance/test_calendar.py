"""A meeting in people's own calendars: the same event, moved or cancelled, never a second one (GOV-2)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from faubourg.governance.actions import meetings
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, officer, meeting):
    def read():
        client.force_login(officer)
        answer = client.get(reverse("governance:meeting_ics", args=[meeting.pk]))
        assert answer["Content-Type"].startswith("text/calendar")
        calendar = Calendar.from_ical(answer.content)
        return calendar, calendar.walk("VEVENT")[0]

    return read


def test_gov_2_the_event_is_in_paris_time_with_its_zone(read, meeting):
    calendar, event = read()
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert event.decoded("DTSTART") == meeting.starts_at


def test_gov_2_moving_or_cancelling_is_the_same_event_further_on(read, meeting, officer):
    _, first = read()
    later = meeting.starts_at + timedelta(days=1)
    meetings.amend(meeting, actor=officer, title=meeting.title, starts_at=later, now=NOW)
    meetings.amend(meeting, actor=officer, title=meeting.title, starts_at=later, now=NOW)
    _, moved = read()
    meetings.cancel(meeting, actor=officer, now=NOW)
    calendar, gone = read()
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [one["SEQUENCE"] for one in (first, moved, gone)] == [0, 1, 2]
    assert (str(calendar["METHOD"]), str(gone["STATUS"])) == ("CANCEL", "CANCELLED")
