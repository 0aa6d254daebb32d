"""Training sessions: for whom, and how many came, without a name (CIT-6)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.consultation import actions
from faubourg.consultation.queries import training_totals
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def note(cast, actor, **said):
    told = {"held_on": TODAY, "theme": "Lire un budget", "audiences": ["residents", "elected"]}
    return actions.note_training(
        cast.contract, actor=actor, now=NOW, facilitator="", place="", **{**told, **said}
    )


def test_a_session_is_noted_once_and_several_publics_learn_together(cast, officer):
    session = note(cast, officer)

    assert note(cast, officer) == session
    assert session.is_shared
    assert not note(cast, officer, audiences=["residents"], theme="Prendre la parole").is_shared


def test_people_are_counted_after_they_have_come(cast, officer):
    with pytest.raises(Refusal) as refusal:
        note(cast, officer, audiences=[], held_on=TODAY + timedelta(days=1), residents=4)
    assert set(refusal.value.errors) == {"audiences", "held_on"}

    session = note(cast, officer)
    said = {
        "held_on": TODAY,
        "theme": session.theme,
        "audiences": ["residents"],
        "facilitator": "",
        "place": "",
    }
    actions.amend_training(session, actor=officer, now=NOW, residents=12, elected=0, **said)

    totals = training_totals(cast.contract.pk)
    assert (totals["sessions"], totals["residents"], totals["elected"], totals["professionals"]) == (
        1,
        12,
        0,
        None,
    )


def test_two_sessions_of_a_day_do_not_share_a_theme_and_only_the_team_notes_them(cast, officer, councillor):
    note(cast, officer)
    other = note(cast, officer, theme="Prendre la parole")
    with pytest.raises(Refusal, match="déjà ce thème"):
        actions.amend_training(
            other, actor=officer, now=NOW, held_on=TODAY, theme="Lire un budget", audiences=["elected"]
        )
    with pytest.raises(PermissionDenied):
        note(cast, councillor)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    client, cast, officer, django_assert_max_num_queries, count
):
    for number in range(count):
        note(cast, officer, theme=f"Thème {number}")
    client.force_login(officer)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("consultation:trainings", args=[cast.contract.slug])).content.decode()
    assert page.count("Co-formation") == count
