"""The plan for taking part, annexed to the contract once the steering committee decides (CIT-5)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.consultation import actions
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db


def add(cast, actor, what="Réunir les conseils", theme="councils"):
    return actions.add_plan_action(
        cast.contract, theme=theme, what=what, in_charge="", due_on=None, actor=actor, now=NOW
    )


def adopt(cast, actor, day=TODAY):
    return actions.adopt_plan(cast.contract, decided_on=day, reference="COPIL 3", actor=actor, now=NOW)


def test_an_action_is_said_once_and_only_by_the_team(cast, officer, councillor):
    assert add(cast, officer) == add(cast, officer)
    with pytest.raises(PermissionDenied):
        add(cast, councillor)


def test_an_action_is_given_up_for_a_reason(cast, officer):
    action = add(cast, officer)
    with pytest.raises(Refusal, match="pourquoi"):
        actions.follow_plan_action(action, state="dropped", reason=" ", actor=officer, now=NOW)
    actions.follow_plan_action(action, state="dropped", reason="Fusion", actor=officer, now=NOW)
    action.refresh_from_db()
    assert (action.state, action.reason) == ("dropped", "Fusion")


def test_an_empty_plan_or_a_decision_to_come_annexes_nothing(cast, officer):
    with pytest.raises(Refusal, match="aucune action"):
        adopt(cast, officer)
    add(cast, officer)
    with pytest.raises(Refusal, match="à venir"):
        adopt(cast, officer, TODAY + timedelta(days=1))
    assert adopt(cast, officer) == adopt(cast, officer)


def test_another_decision_of_the_same_day_is_told_not_lost(cast, officer):
    add(cast, officer)
    adopt(cast, officer)

    with pytest.raises(Refusal, match="COPIL 3"):
        actions.adopt_plan(cast.contract, decided_on=TODAY, reference="COPIL 4", actor=officer, now=NOW)


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_is_awaited_until_it_is_annexed(client, cast, officer, django_assert_max_num_queries, count):
    for number in range(count):
        add(cast, officer, f"Action {number}")
    client.force_login(officer)
    url = reverse("consultation:plan", args=[cast.contract.slug])
    with django_assert_max_num_queries(8):
        page = client.get(url).content.decode()
    assert "Attendu depuis le premier semestre 2024" in page
    assert page.count("Aucune action sur ce thème") == 5
    adopt(cast, officer)
    assert "Annexe au contrat" in client.get(url).content.decode()
