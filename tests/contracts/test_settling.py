"""Vouching for a figure, settling a point: who may, and what stays written."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.contracts.actions.settling import settle_clarification, unverify_parameter, verify_parameter
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import ParameterFactory
from tests.factories.contracts import ClarificationFactory

OTHERS = (
    "finance", "delegate", "state_officer", "state_decider", "expert", "councillor", "reader", "editor",
    "signatory", "technical_admin", "elsewhere",
)  # fmt: skip


@pytest.fixture
def rule(contract):
    """A rule of general knowledge that would block."""
    return ParameterFactory(contract=contract, proof_level="general")


@pytest.fixture
def point(contract):
    return ClarificationFactory(contract=contract, number=3)


def test_a_rule_of_general_knowledge_only_blocks_once_the_director_has_verified_it(rule, director):
    assert not rule.may_block

    verify_parameter(rule, actor=director, now=NOW)

    rule.refresh_from_db()
    assert (rule.verified_by, rule.verified_on) == (director, TODAY)
    assert rule.may_block


def test_a_verification_given_by_mistake_is_taken_back(rule, director):
    verify_parameter(rule, actor=director, now=NOW)

    unverify_parameter(rule, actor=director, now=NOW)

    rule.refresh_from_db()
    assert not rule.may_block
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "contracts.verify_parameter",
        "contracts.unverify_parameter",
    ]


@pytest.mark.parametrize("person", ["officer", *OTHERS])
@pytest.mark.parametrize("act", [verify_parameter, unverify_parameter])
def test_only_the_director_vouches_for_a_figure(request, rule, person, act):
    with pytest.raises(PermissionDenied, match="direction du GIP"):
        act(rule, actor=request.getfixturevalue(person), now=NOW)


def test_verifying_twice_is_refused_with_a_sentence(rule, director):
    verify_parameter(rule, actor=director, now=NOW)

    with pytest.raises(Refusal, match="déjà vérifié"):
        verify_parameter(rule, actor=director, now=NOW)


def test_taking_back_what_was_not_given_is_refused(rule, director):
    with pytest.raises(Refusal, match="n'est pas vérifié"):
        unverify_parameter(rule, actor=director, now=NOW)


def test_a_figure_without_a_value_has_nothing_to_verify(contract, director):
    unknown = ParameterFactory(contract=contract, value=None)

    with pytest.raises(Refusal, match="n'a pas de valeur"):
        verify_parameter(unknown, actor=director, now=NOW)


@pytest.mark.parametrize("person", ["director", "officer"])
def test_the_gip_writes_down_what_was_decided(request, point, person):
    """A20."""
    user = request.getfixturevalue(person)

    settle_clarification(point, actor=user, decision=" La seconde date. ", now=NOW)

    point.refresh_from_db()
    assert (point.state, point.decision, point.decided_by, point.decided_on) == (
        "settled",
        "La seconde date.",
        user,
        TODAY,
    )
    assert Entry.objects.get().changes["decision"] == ["", "La seconde date."]


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_writes_a_decision(request, point, person):
    with pytest.raises(PermissionDenied, match="équipe du GIP"):
        settle_clarification(point, actor=request.getfixturevalue(person), decision="x", now=NOW)


def test_a_blank_decision_is_refused(point, director):
    with pytest.raises(Refusal) as refusal:
        settle_clarification(point, actor=director, decision="  ", now=NOW)

    assert list(refusal.value.errors) == ["decision"]


def test_a_second_decision_replaces_the_first_which_stays_in_the_journal(point, director, officer):
    settle_clarification(point, actor=officer, decision="La première.", now=NOW)

    settle_clarification(point, actor=director, decision="La seconde.", now=NOW)

    assert Entry.objects.latest("pk").changes["decision"] == ["La première.", "La seconde."]


# The pages ------------------------------------------------------------------------------------------


def settle_url(point):
    return reverse("contracts:settle_clarification", args=[point.contract.slug, point.number])


def verify_url(parameter, verb="verify_parameter"):
    return reverse(f"contracts:{verb}", args=[parameter.contract.slug, parameter.pk])


def test_the_director_verifies_and_takes_back_from_the_page(client, rule, director):
    client.force_login(director)
    page = reverse("contracts:parameters", args=[rule.contract.slug])
    assert "Marquer vérifié" in client.get(page).text

    assert "Retirer la vérification" in client.post(verify_url(rule), follow=True).text

    assert "Marquer vérifié" in client.post(verify_url(rule, "unverify_parameter"), follow=True).text


def test_verifying_is_a_post(client, rule, director):
    client.force_login(director)

    assert client.get(verify_url(rule)).status_code == 405


def test_a_reader_sees_no_button_and_is_refused_when_trying(client, rule, reader):
    client.force_login(reader)
    page = reverse("contracts:parameters", args=[rule.contract.slug])

    assert "Marquer vérifié" not in client.get(page).text
    assert client.post(verify_url(rule)).status_code == 403


def test_the_parameter_of_another_contract_is_not_found(client, contract, rule, elsewhere):
    client.force_login(elsewhere)
    assert client.post(verify_url(rule)).status_code == 404

    other = ParameterFactory(code="ailleurs")
    client.force_login(contract.team.create(user=elsewhere, role="gip_director").user)
    wrong = reverse("contracts:verify_parameter", args=[contract.slug, other.pk])
    assert client.post(wrong).status_code == 404


def test_the_officer_settles_a_point_from_its_page(client, point, officer):
    client.force_login(officer)
    assert point.finding in client.get(settle_url(point)).text

    page = client.post(settle_url(point), {"decision": "Décidé en COPIL."}, follow=True)

    assert "Décidé en COPIL." in page.text
    assert "Réglé" in page.text


def test_an_empty_decision_stays_on_the_page_with_its_sentence(client, point, officer):
    client.force_login(officer)

    page = client.post(settle_url(point), {"decision": " "})

    assert page.status_code == 200
    assert "Écrivez ce qui a été décidé, et par qui." in page.text


@pytest.mark.parametrize(("person", "status"), [("reader", 403), ("editor", 403), ("elsewhere", 404)])
def test_the_page_of_a_decision_is_for_the_gip(client, request, point, person, status):
    client.force_login(request.getfixturevalue(person))

    assert client.get(settle_url(point)).status_code == status
