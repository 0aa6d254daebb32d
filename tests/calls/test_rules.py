"""When a call is open, what it lacks, which councils are silent."""

from datetime import date

import pytest

from faubourg.calls.rules import (
    CouncilPlace,
    days_left,
    is_open,
    is_reason,
    missing_before_opening,
    phase,
    proposed_milestones,
    retitle,
    shift_years,
    silences,
)
from faubourg.calls.states import CALL_FLOW, CallState, Phase, Section

OPENS, CLOSES = date(2026, 11, 2), date(2027, 1, 15)
DAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 1), False),
        (date(2026, 11, 2), True),
        (date(2027, 1, 15), True),
        (date(2027, 1, 16), False),
    ],
)
def test_one_files_from_the_first_day_to_the_last_included(today, expected):
    assert is_open("open", OPENS, CLOSES, today) is expected


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_dates_alone_open_nothing(state):
    assert not is_open(state, OPENS, CLOSES, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        ("draft", date(2026, 12, 1), Phase.DRAFT),
        ("open", date(2026, 11, 1), Phase.ANNOUNCED),
        ("open", date(2026, 12, 1), Phase.RUNNING),
        ("open", date(2027, 1, 16), Phase.OVER),
        ("closed", date(2026, 12, 1), Phase.CLOSED),
    ],
)
def test_a_call_says_where_it_stands(state, today, expected):
    assert phase(state, OPENS, CLOSES, today) == expected


@pytest.mark.parametrize(
    ("day", "words"),
    [(13, "encore 2 jours"), (14, "encore 1 jour"), (15, "c'est le dernier jour"), (16, "")],
)
def test_days_left_count_the_last_day_in(day, words):
    assert days_left(CLOSES, date(2027, 1, day)) == words


def lacking(**changes):
    whole = {
        "opens_on": OPENS, "closes_on": CLOSES, "today": DAY, "has_guidelines": True, "objectives_count": 1,
        "neighbourhoods_count": 1, "envelopes_count": 1, "contact": "GIP, 04 66 00 00 00",
    }  # fmt: skip
    return [missing.section for missing in missing_before_opening(**(whole | changes))]


def test_a_whole_call_lacks_nothing():
    assert lacking() == []


@pytest.mark.parametrize(
    ("change", "section"),
    [
        ({"has_guidelines": False}, Section.FRAMING),
        ({"contact": "  "}, Section.FRAMING),
        ({"opens_on": None}, Section.CALENDAR),
        ({"closes_on": None}, Section.CALENDAR),
        ({"closes_on": date(2026, 11, 1)}, Section.CALENDAR),
        ({"today": date(2027, 1, 16)}, Section.CALENDAR),
        ({"objectives_count": 0}, Section.SCOPE),
        ({"neighbourhoods_count": 0}, Section.SCOPE),
        ({"envelopes_count": 0}, Section.ENVELOPES),
    ],
)
def test_each_thing_missing_names_its_section(change, section):
    """PRG-1."""
    assert set(lacking(**change)) == {section}


def test_a_call_may_still_open_on_its_last_day():
    assert lacking(today=CLOSES) == []


QPV = {1: ("L'Écusson", True)}


def council(is_active=True, consulted_on=None, place=1):
    return CouncilPlace("Conseil de Saint-Ambroix", place, is_active, consulted_on)


@pytest.mark.parametrize(
    ("councils", "is_silent"),
    [
        ([council(consulted_on=DAY)], False),
        ([council(consulted_on=date(2026, 11, 3))], True),
        ([council()], True),
        ([council(is_active=False)], True),
        ([council(is_active=False, consulted_on=DAY)], False),
        ([], True),
        ([council(consulted_on=DAY), council()], True),
        ([council(consulted_on=DAY), council(place=2)], False),
        ([council(consulted_on=DAY, place=2)], True),
    ],
)
def test_the_councils_of_the_neighbourhoods_opened_are_heard_by_the_day_of_opening(councils, is_silent):
    """PRG-1, l. 902: every active council is consulted; a QPV without one must have been heard otherwise."""
    assert bool(silences(QPV, councils, DAY)) is is_silent


def test_a_call_on_vulnerable_territories_alone_hears_one_council_at_least():
    pocket = {3: ("Bessèges", False)}
    assert silences(pocket, [], DAY) == ["Aucun conseil citoyen n'a été consulté sur cet appel."]
    assert silences(pocket, [council(consulted_on=DAY)], DAY) == []


@pytest.mark.parametrize(("length", "expected"), [(19, False), (20, True)])
def test_a_reason_has_twenty_signs(length, expected):
    assert is_reason(f"  {'x' * length}  ") is expected


def test_last_years_call_is_read_one_year_later():
    assert retitle("Appel à projets 2026", 2026, 2027) == "Appel à projets 2027"
    assert shift_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert shift_years(date(2026, 1, 15), 1) == date(2027, 1, 15)


def test_the_typical_calendar_runs_from_the_framing_note_to_the_first_payments():
    """PRG-12."""
    days = [milestone.due_on for milestone in proposed_milestones(2027)]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2026, 9, 30), date(2027, 6, 30))


def test_every_state_of_the_flow_is_reached_and_only_closed_is_final():
    reached = {CALL_FLOW.initial} | {step.target for step in CALL_FLOW.steps.values()}
    assert reached == set(CallState)
    assert [state for state in CallState if not list(CALL_FLOW.open_to(state))] == [CallState.CLOSED]
