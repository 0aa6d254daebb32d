"""GOV-1: a body that meets too seldom is called late, some days after its period or on 31 December."""

from datetime import date

import pytest

from faubourg.governance.rules import rhythm


@pytest.mark.parametrize(
    ("held", "minimum", "today", "late"),
    [
        (0, 2, date(2027, 7, 29), False),  # first half ended on 30 June: 30 days on is 30 July
        (0, 2, date(2027, 7, 30), True),
        (1, 2, date(2027, 7, 30), False),
        (1, 2, date(2027, 12, 30), False),
        (1, 2, date(2027, 12, 31), True),  # C4 test 26
        (2, 2, date(2027, 12, 31), False),
        (0, 4, date(2027, 4, 29), False),
        (0, 4, date(2027, 4, 30), True),
        (3, 4, date(2027, 12, 31), True),
        (0, None, date(2027, 12, 31), False),
    ],
)
def test_a_body_is_late_only_once_its_period_and_thirty_days_have_passed(held, minimum, today, late):
    assert rhythm(held=held, minimum=minimum, today=today, grace=30).is_late is late


@pytest.mark.parametrize(("grace", "late"), [(29, True), (30, True), (31, False), (None, False)])
def test_the_days_of_grace_are_those_of_the_contract(grace, late):
    assert rhythm(held=0, minimum=2, today=date(2027, 7, 30), grace=grace).is_late is late
    assert rhythm(held=0, minimum=2, today=date(2027, 12, 31), grace=grace).is_late


def test_the_rhythm_says_its_figures_in_words():
    assert rhythm(held=1, minimum=2, today=date(2027, 12, 31), grace=30).sentence == (
        "1 sur 2 cette année : il devrait y en avoir eu 2 à ce jour."
    )
    assert (
        rhythm(held=2, minimum=2, today=date(2027, 12, 31), grace=30).sentence
        == "2 sur 2 au moins cette année."
    )
    assert (
        rhythm(held=0, minimum=None, today=date(2027, 12, 31), grace=30).sentence
        == "Aucun rythme n'est fixé."
    )
