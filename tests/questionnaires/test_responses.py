"""An answer, wherever it came from, is set aside with its reason, and counted again (CON-3)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.journal.models import Entry
from faubourg.questionnaires import actions, queries
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import FormFactory, ResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast):
    return FormFactory(questionnaire__contract=cast.contract)


def yes_to_the_market(form):
    """How many are told to have said yes, small numbers shown."""
    _, results = queries.results_of(form.questionnaire, 0)
    return results[0].bars[0].count


@pytest.mark.parametrize("counted", [True, False])
def test_an_online_answer_set_aside_leaves_the_results_and_comes_back(client, officer, form, counted):
    kept, doubtful = ResponseFactory(form=form), ResponseFactory(form=form)
    if counted:
        actions.count_new(form.questionnaire)
    client.force_login(officer)
    page = client.post(
        reverse("questionnaires:exclude", args=[doubtful.pk]), {"reason": "Envoyée en rafale"}, follow=True
    )
    assert "Envoyée en rafale" in page.content.decode()
    assert yes_to_the_market(form) == 1
    if not counted:
        actions.count_new(form.questionnaire)
    client.post(reverse("questionnaires:reinstate", args=[doubtful.pk]))

    assert yes_to_the_market(form) == 2
    told = Entry.objects.get(verb="questionnaires.reinstate")
    assert told.changes["excluded_because"] == ["Envoyée en rafale", ""]
    assert kept.excluded_because == ""


def test_setting_aside_asks_why_and_coming_back_asks_for_something_to_bring_back(client, officer, form):
    one = ResponseFactory(form=form)
    client.force_login(officer)
    page = client.post(reverse("questionnaires:exclude", args=[one.pk]), {"reason": " "})
    assert "Ce champ est obligatoire." in page.content.decode()
    with pytest.raises(Refusal, match="n'est pas écartée"):
        actions.reinstate(one, actor=officer, now=NOW)


def test_who_types_paper_alone_neither_sets_aside_nor_brings_back(finance, form):
    one = ResponseFactory(form=form, excluded_because="Vide")
    with pytest.raises(PermissionDenied):
        actions.exclude(one, actor=finance, reason="Non", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.reinstate(one, actor=finance, now=NOW)


def test_answers_are_read_one_by_one_and_those_set_aside_apart(client, officer, reader, form):
    ResponseFactory(form=form, content={"q1": "no", "q4": "Des bancs"})
    ResponseFactory(form=form, content={"q4": "Achetez ici"}, excluded_because="Publicité")
    client.force_login(officer)
    address = reverse("questionnaires:responses", args=[form.questionnaire.pk])
    every, aside = (
        client.get(address).content.decode(),
        client.get(f"{address}?voir=ecartees").content.decode(),
    )

    assert "Non · Des bancs" in every
    assert "Publicité" in every
    assert "Des bancs" not in aside
    assert "Achetez ici" in aside
    client.force_login(reader)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    client, officer, form, django_assert_max_num_queries, count
):
    for _ in range(count):
        ResponseFactory(form=form)
    client.force_login(officer)
    with django_assert_max_num_queries(9):
        client.get(reverse("questionnaires:responses", args=[form.questionnaire.pk]))
