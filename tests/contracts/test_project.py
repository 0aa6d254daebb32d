"""The project of the neighbourhood as it lives: proposed, decided by the COPIL, never erased."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.contracts.actions.project import adopt_version, propose_change, withdraw_change, write_priority
from faubourg.contracts.models import ObjectiveChange, TreeVersion
from faubourg.contracts.rules import QUESTIONS, too_many_priorities, unanswered, unmatched
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import ObjectiveFactory, ParameterFactory

pytestmark = pytest.mark.django_db
RECORD = "COPIL du 1er décembre 2026, point 2"


@pytest.fixture
def priority(cast):
    made = ObjectiveFactory(contract=cast.contract, level="priority", code="1", label="Cadre de vie")
    cast.objective.parent, cast.objective.code, cast.objective.label = made, "1.1", "Plus vert"
    cast.objective.save()
    return made


def propose(cast, actor, **said):
    told = {"kind": "reword", "objective": cast.objective, "label": "Plus frais", "reason": "Café QPV"}
    return propose_change(cast.contract, actor=actor, now=NOW, **{**told, **said})


def refused(refusal):
    """The fields that have a sentence against them."""
    return {name for name, said in refusal.value.errors.items() if said}


def adopt(version, actor, **said):
    return adopt_version(version, actor=actor, now=NOW, **{"decided_on": TODAY, "record": RECORD, **said})


def test_nothing_changes_before_the_steering_committee_prj_2(cast, officer, priority):
    change = propose(cast, officer)
    cast.objective.refresh_from_db()
    assert cast.objective.label == "Plus vert"

    with pytest.raises(Refusal) as refusal:
        adopt(change.version, officer, record=" ", decided_on=TODAY + timedelta(days=1))
    assert refused(refusal) == {"record", "decided_on"}

    adopt(change.version, officer)
    cast.objective.refresh_from_db()
    assert cast.objective.label == "Plus frais"
    with pytest.raises(IllegalStep):
        adopt(change.version, officer)


def test_changes_are_proposed_together_and_applied_together_prj_3(cast, officer, priority):
    gone = ObjectiveFactory(contract=cast.contract, parent=priority, code="1.2")
    propose(cast, officer)
    propose(cast, officer, kind="archive", objective=gone, label="")
    propose(cast, officer, kind="add", objective=None, parent=priority, code="1.3", label="Plus calme")
    adopt(TreeVersion.objects.get(), officer)

    gone.refresh_from_db()
    added = cast.contract.objectives.get(code="1.3")
    assert (gone.archived_on, added.level, added.parent, added.themes) == (
        TODAY,
        "strategic",
        priority,
        priority.themes,
    )


def test_an_objective_is_archived_never_deleted_and_its_children_first_prj_1(cast, officer, priority):
    """C4 test 10: what a dossier answers to stays."""
    with pytest.raises(Refusal, match="archivez-les d'abord"):
        propose(cast, officer, kind="archive", objective=priority, label="")
    cast.call.objectives.set([cast.objective])
    adopt(propose(cast, officer, kind="archive", label="").version, officer)
    assert cast.call.objectives.get() == cast.objective


def test_a_code_is_never_given_twice_nor_an_objective_changed_twice(cast, officer, priority):
    propose(cast, officer)
    for said in ({}, {"kind": "add", "objective": None, "code": "1.1", "label": "Autre"}):
        with pytest.raises(Refusal):
            propose(cast, officer, **said)
    with pytest.raises(Refusal) as refusal:
        propose(cast, officer, kind="add", objective=None, code="", label="", reason="")
    assert refused(refusal) == {"reason", "label", "code"}


def test_a_change_is_withdrawn_before_the_decision_only(cast, officer, priority):
    change = propose(cast, officer)
    withdraw_change(change, actor=officer, now=NOW)
    assert not ObjectiveChange.objects.exists()
    with pytest.raises(Refusal, match="rien à valider"):
        adopt(change.version, officer)

    again = propose(cast, officer)
    adopt(again.version, officer)
    with pytest.raises(Refusal, match="validé"):
        withdraw_change(again, actor=officer, now=NOW)


def test_the_history_says_the_old_the_new_and_why_prj_3(client, cast, officer, reader, priority):
    adopt(propose(cast, officer).version, officer)
    client.force_login(reader)
    page = client.get(reverse("contracts:versions", args=[cast.contract.slug])).content.decode()
    for said in ("Plus vert", "Plus frais", "Café QPV", RECORD, "1er décembre 2026"):
        assert said in page, said
    assert "Proposer un ajustement" not in page


def test_only_the_gip_adjusts(cast, reader, priority):
    with pytest.raises(PermissionDenied, match="GIP"):
        propose(cast, reader)


def test_beyond_the_parameter_of_the_day_one_is_told_prj_4(client, cast, officer):
    ParameterFactory(contract=cast.contract, code="projet.priorites_max", value=7, effect="warns")
    address = reverse("contracts:objectives", args=[cast.contract.slug])
    client.force_login(officer)
    for number in range(7):
        ObjectiveFactory(contract=cast.contract, level="priority", code=str(number))
    cast.objective.parent = cast.contract.objectives.get(code="0")
    cast.objective.save()
    assert "nombre limité" not in client.get(address).content.decode()
    ObjectiveFactory(contract=cast.contract, level="priority", code="8")
    assert "nombre limité, 7 au plus" in client.get(address).content.decode()
    assert too_many_priorities(99, None) == ""


def test_the_questions_of_a_priority_without_an_answer_are_listed_prj_5(client, cast, officer, priority):
    answers = dict.fromkeys(QUESTIONS, "")
    write_priority(priority, actor=officer, now=NOW, **{**answers, "projects": "Une place plantée"})
    client.force_login(officer)
    page = client.get(reverse("contracts:objectives", args=[cast.contract.slug])).content.decode()

    assert "(3 réponses à écrire)" in page
    assert "Une place plantée" in page
    assert unanswered(answers) == list(QUESTIONS.values())


def test_a_priority_without_a_partner_is_told_prj_7():
    assert unmatched({"state", "commune"}) == ["le Département", "la Région"]


def test_an_answer_is_written_from_its_page(client, cast, officer, priority):
    client.force_login(officer)
    address = reverse("contracts:write_priority", args=[cast.contract.slug, priority.pk])
    client.post(address, {"solutions": "Des bancs"})
    assert "Des bancs</textarea>" in client.get(address).content.decode().replace("\n", "")
    strategic = reverse("contracts:write_priority", args=[cast.contract.slug, cast.objective.pk])
    assert client.get(strategic).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_however_long(
    client, cast, officer, priority, django_assert_max_num_queries, count
):
    for number in range(count):
        adopt(propose(cast, officer, label=f"Plus frais {number}").version, officer)
    client.force_login(officer)
    with django_assert_max_num_queries(9):
        client.get(reverse("contracts:versions", args=[cast.contract.slug]))
