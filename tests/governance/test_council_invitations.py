"""The citizen councils are invited to every meeting, and what is missing is told (CIT-2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.governance import queries
from faubourg.governance.actions import councils, meetings
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import BodyFactory, MeetingFactory, ParameterFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def meeting(cast):
    body = BodyFactory(contracts=[cast.contract], kind="steering")
    return MeetingFactory(body=body, starts_at=NOW + 7 * DAY)


def invite(meeting, cast, actor, **changed):
    said = {"council": cast.council.organisation_id, "sent_on": TODAY, "means": "Lettre"}
    return councils.invite_council(meeting, actor=actor, now=NOW, **said | changed)


def test_a_meeting_closed_without_inviting_a_council_says_so_cit_2(client, cast, officer, meeting):
    meetings.start(meeting, actor=officer, now=NOW)
    record = meetings.close(meeting, actor=officer, now=NOW)
    client.force_login(officer)
    page = client.get(reverse("governance:meeting", args=[meeting.pk])).content.decode()

    name = cast.council.organisation.name
    assert any(f"Pas d'invitation notée : {name}" in sentence for sentence in record.words["alertes"])
    assert f"Séance close sans invitation notée : {name}" in page


def test_a_meeting_that_invited_them_says_nothing_cit_2(cast, officer, meeting):
    invite(meeting, cast, officer)
    meetings.start(meeting, actor=officer, now=NOW)
    record = meetings.close(meeting, actor=officer, now=NOW)

    assert not any("invitation" in sentence for sentence in record.words["alertes"])


def test_a_stopped_council_is_not_awaited_cit_2(cast, meeting):
    assert queries.uninvited(meeting) == [cast.council.organisation.name]
    cast.council.status = "stopped"
    cast.council.save()
    assert queries.uninvited(meeting) == []


@pytest.mark.parametrize(("late", "expected"), [(0, False), (1, True)])
def test_papers_are_given_the_days_of_the_parameter_before_cit_2(cast, officer, meeting, late, expected):
    ParameterFactory(contract=cast.contract, code="conseil.documents_delai", value=7)
    meeting.starts_at -= late * DAY
    meeting.save()
    invite(meeting, cast, officer, papers_on=TODAY)

    (one,) = queries.councils_at(meeting)
    assert one.papers_due_on == localdate(meeting.starts_at) - 7 * DAY
    assert one.had_papers_late is expected


def test_a_council_has_a_place_by_a_seat_or_by_its_name_in_the_body_cit_2(cast, meeting):
    (one,) = queries.councils_at(meeting)
    assert not one.has_place
    cast.seat("councillor", cast.council.organisation)
    (one,) = queries.councils_at(meeting)
    assert one.has_place


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sent_on": TODAY + DAY}, "sent_on"),
        ({"papers_on": TODAY + DAY}, "papers_on"),
        ({"council": 0}, "council"),
    ],
)
def test_an_invitation_is_refused_beside_its_field(cast, officer, meeting, changed, field):
    with pytest.raises(Refusal) as refusal:
        invite(meeting, cast, officer, **changed)
    assert set(refusal.value.errors) == {field}


def test_an_invitation_said_again_is_corrected_and_only_by_the_gip(cast, officer, reader, meeting):
    invite(meeting, cast, officer)
    invite(meeting, cast, officer, means="Courriel")
    assert [one.means for one in meeting.council_invitations.all()] == ["Courriel"]
    with pytest.raises(PermissionDenied, match="GIP"):
        invite(meeting, cast, reader)


def test_the_invitations_are_noted_from_their_page_cit_2(client, cast, officer, meeting):
    client.force_login(officer)
    address = reverse("governance:invite_council", args=[meeting.pk])
    refused = client.post(address, {"means": "Courriel au référent"}).content.decode()
    today = localdate()
    meeting.starts_at += 3650 * DAY
    meeting.save()
    client.post(
        address, {"council": cast.council.organisation_id, "sent_on": today.isoformat(), "means": "Lettre"}
    )

    assert "Courriel au référent" in refused
    assert meeting.council_invitations.get().sent_on == today
