"""What makes a consultation fair and two readings reliable."""

from decimal import Decimal

import pytest

from faubourg.consultation.rules import agreement, attendance_errors, modality_errors, name_hints
from faubourg.consultation.states import (
    CONSULTATION_FLOW,
    CONTRIBUTION_FLOW,
    DIGITAL,
    MINUTES_FLOW,
    ConsultationState,
    ContributionState,
    MinutesState,
)


@pytest.mark.parametrize(
    ("modalities", "is_refused"),
    [
        ([], True),
        (["online"], True),
        (["online", "online_meeting"], True),
        (["online", "paper"], False),
        (["public_meeting"], False),
    ],
)
def test_a_consultation_must_be_open_to_whoever_has_no_screen_con_1(modalities, is_refused):
    assert bool(modality_errors(modalities, DIGITAL)) == is_refused


def test_categories_never_count_more_people_than_came_con_4():
    assert attendance_errors(78, {"residents": 60, "elected": 18}) == []
    assert attendance_errors(78, {"residents": 60, "elected": 19}) != []
    assert attendance_errors(None, {"residents": 60}) == []
    assert attendance_errors(78, {"residents": None, "elected": None}) == []


def test_the_agreement_of_the_textbook_con_5():
    """Cohen's example of 50 proposals read by two people: 35 alike, kappa 0.40."""
    pairs = [(1, 1)] * 20 + [(1, 2)] * 5 + [(2, 1)] * 10 + [(2, 2)] * 15

    found = agreement(pairs)

    assert (found.read_twice, found.agreed, found.percent) == (50, 35, Decimal("70.0"))
    assert found.kappa == Decimal("0.40")
    assert found.words == "faible"


def test_perfect_agreement_is_one_and_agreement_by_chance_is_zero():
    assert agreement([(1, 1), (2, 2), (None, None)]).kappa == Decimal("1.00")
    assert agreement([(1, 1), (1, 2), (2, 1), (2, 2)]).kappa == Decimal("0.00")
    assert agreement([(1, 2), (2, 1)]).kappa == Decimal("-1.00")


def test_agreement_says_nothing_when_everything_is_in_one_topic_or_nothing_was_read():
    assert agreement([(1, 1), (1, 1)]).kappa is None
    assert agreement([]).percent is None
    assert agreement([]).words.startswith("à confirmer")


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Des arbres sur la place", []),
        ("Demandez à Mme Roux", ["le nom d'une personne"]),
        ("Mon numéro : 06 12 34 56 78", ["un numéro de téléphone"]),
        ("awa@exemple.fr", ["une adresse électronique"]),
        ("Au 12 rue Haute", ["une adresse précise"]),
        ("En 2023, 300 000 personnes", []),
    ],
)
def test_what_might_say_who_spoke_is_pointed_at_con_7(text, hints):
    assert name_hints(text) == hints


@pytest.mark.parametrize(
    ("flow", "states"),
    [
        (CONSULTATION_FLOW, ConsultationState),
        (MINUTES_FLOW, MinutesState),
        (CONTRIBUTION_FLOW, ContributionState),
    ],
)
def test_every_state_is_reached(flow, states):
    reached = {flow.initial} | {step.target for step in flow.steps.values()}
    assert reached == set(states)
