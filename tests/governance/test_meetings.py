from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from faubourg.governance.actions import agenda, attendance, decisions, meetings
from faubourg.governance.states import MEETING_FLOW, MeetingState
from faubourg.journal.models import Entry
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import ContractFactory, MeetingFactory

AT = datetime(2027, 2, 20, 8, 40, tzinfo=UTC)


def test_every_state_of_a_meeting_is_reached_and_two_are_final():
    reached = {MEETING_FLOW.initial, *(step.target for step in MEETING_FLOW.steps.values())}
    assert reached == set(MeetingState)
    assert {state for state in MeetingState if not list(MEETING_FLOW.open_to(state))} == {
        "closed",
        "cancelled",
    }


def test_the_gip_plans_a_meeting(body, officer):
    meeting = meetings.plan(body, actor=officer, title=" COPIL ", starts_at=AT, place="Mairie", now=NOW)
    assert (meeting.title, meeting.state, meeting.place) == ("COPIL", "planned", "Mairie")
    assert Entry.objects.filter(verb="governance.plan", subject_id=meeting.pk, actor=officer).exists()


def test_a_meeting_without_a_title_is_refused(body, officer):
    with pytest.raises(Refusal, match="Donnez un titre"):
        meetings.plan(body, actor=officer, title=" ", starts_at=AT, now=NOW)


def test_a_meeting_is_amended_while_nothing_is_closed(meeting, officer):
    meetings.amend(meeting, actor=officer, title="Autre", starts_at=AT, place="Salle", now=NOW)
    meeting.refresh_from_db()
    assert (meeting.title, meeting.starts_at, meeting.place) == ("Autre", AT, "Salle")
    assert Entry.objects.get(verb="governance.amend").changes["title"] == ["COPIL de printemps", "Autre"]


def test_a_meeting_starts_then_closes_once(meeting, officer):
    meetings.start(meeting, actor=officer, now=NOW)
    meetings.close(meeting, actor=officer, now=NOW)
    assert (meeting.state, meeting.closed_at) == ("closed", NOW)
    with pytest.raises(IllegalStep):
        meetings.close(meeting, actor=officer, now=NOW)


def test_after_the_closing_nothing_of_the_record_changes(cast, meeting, officer):
    item = agenda.add_item(meeting, actor=officer, title="Bilan", now=NOW)
    guest = attendance.add_guest(meeting, actor=officer, full_name="Mme Roux", now=NOW)
    meetings.start(meeting, actor=officer, now=NOW)
    meetings.close(meeting, actor=officer, now=NOW)
    for change in (
        lambda: agenda.add_item(meeting, actor=officer, title="Autre", now=NOW),
        lambda: agenda.move_item(item, actor=officer, by=1, now=NOW),
        lambda: agenda.set_minutes(item, actor=officer, minutes=5, now=NOW),
        lambda: agenda.remove_item(item, actor=officer, now=NOW),
        lambda: attendance.record_attendance(meeting, actor=officer, present=[], now=NOW),
        lambda: attendance.add_guest(meeting, actor=officer, full_name="Autre", now=NOW),
        lambda: attendance.remove_guest(guest, actor=officer, now=NOW),
        lambda: decisions.record_decision(
            meeting, actor=officer, contract=cast.contract, text="Oui", now=NOW
        ),
        lambda: meetings.amend(meeting, actor=officer, title="Autre", starts_at=AT, now=NOW),
    ):
        with pytest.raises(Refusal, match="close"):
            change()
    assert [item.title for item in meeting.agenda.all()] == ["Bilan"]


def test_items_go_up_and_down_and_stop_at_the_ends(meeting, officer):
    first, second = (agenda.add_item(meeting, actor=officer, title=title, now=NOW) for title in ("A", "B"))
    agenda.move_item(second, actor=officer, by=agenda.UP, now=NOW)
    assert [item.title for item in meeting.agenda.order_by("position")] == ["B", "A"]
    agenda.move_item(second, actor=officer, by=agenda.UP, now=NOW)
    agenda.move_item(first, actor=officer, by=agenda.DOWN, now=NOW)
    assert [item.title for item in meeting.agenda.order_by("position")] == ["B", "A"]


@pytest.mark.parametrize(("minutes", "stands"), [(0, False), (1, True), (480, True), (481, False)])
def test_an_item_lasts_from_one_minute_to_eight_hours(meeting, officer, minutes, stands):
    item = agenda.add_item(meeting, actor=officer, title="A", now=NOW)
    if stands:
        agenda.set_minutes(item, actor=officer, minutes=minutes, now=NOW)
        item.refresh_from_db()
        assert item.minutes == minutes
    else:
        with pytest.raises(Refusal, match="de 1 à 480"):
            agenda.set_minutes(item, actor=officer, minutes=minutes, now=NOW)


def test_an_item_is_removed(meeting, officer):
    agenda.remove_item(agenda.add_item(meeting, actor=officer, title="A", now=NOW), actor=officer, now=NOW)
    assert not meeting.agenda.exists()


def test_those_ticked_are_present_and_the_others_absent(meeting, officer, expert, delegate):
    attendance.record_attendance(meeting, actor=officer, present=[expert.pk, delegate.pk], now=NOW)
    attendance.record_attendance(meeting, actor=officer, present=[delegate.pk], now=NOW)
    assert dict(meeting.attendances.values_list("full_name", "is_present")) == {
        "Élise Experte": False,
        "Denis Délégué": True,
    }


def test_somebody_without_a_seat_is_not_ticked_present(meeting, officer, stranger, reader):
    for person in (stranger, reader):
        with pytest.raises(Refusal, match="n'a plus de rôle"):
            attendance.record_attendance(meeting, actor=officer, present=[person.pk], now=NOW)


def test_a_guest_has_a_name(meeting, officer):
    with pytest.raises(Refusal, match="nom"):
        attendance.add_guest(meeting, actor=officer, full_name=" ", now=NOW)


def test_a_guest_written_by_mistake_is_removed(meeting, officer):
    guest = attendance.add_guest(meeting, actor=officer, full_name="Mme Roux", now=NOW)
    attendance.remove_guest(guest, actor=officer, now=NOW)
    assert not meeting.attendances.exists()


def test_decisions_are_numbered_and_tied_to_a_contract(cast, meeting, officer):
    """GOV-3."""
    meetings.start(meeting, actor=officer, now=NOW)
    for number, text in enumerate(("Programmation validée", "Avenant"), start=1):
        made = decisions.record_decision(meeting, actor=officer, contract=cast.contract, text=text, now=NOW)
        assert (made.number, made.contract) == (number, cast.contract)


def test_a_decision_without_one_of_the_contracts_of_the_body_is_refused(meeting, officer):
    """GOV-3."""
    meetings.start(meeting, actor=officer, now=NOW)
    for contract in (None, ContractFactory()):
        with pytest.raises(Refusal, match="Choisissez le contrat"):
            decisions.record_decision(meeting, actor=officer, contract=contract, text="Oui", now=NOW)


def test_a_decision_is_taken_in_a_meeting_that_sits(cast, meeting, officer):
    with pytest.raises(Refusal, match="ouvrez d'abord"):
        decisions.record_decision(meeting, actor=officer, contract=cast.contract, text="Oui", now=NOW)


def test_another_contracts_gip_does_not_run_this_meeting(cast, officer):
    foreign = MeetingFactory(body__contracts=[ContractFactory()])
    with pytest.raises(PermissionDenied):
        meetings.start(foreign, actor=officer, now=NOW)
