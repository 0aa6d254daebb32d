"""A resident answers without account, without script, without leaving a trace (CON-2, B8.2)."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from faubourg.journal.models import Entry
from faubourg.questionnaires.models import Response
from faubourg.questionnaires.rules import bulletins
from tests.factories import BatchFactory, FormFactory, ResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return FormFactory()


def address(form):
    return reverse("answering:answer", args=[form.questionnaire.public_code])


def sealed(page):
    return re.search(r'name="progress" value="([^"]+)"', page.content.decode())[1]


def walk(form, *pages, client=None):
    """Open the page, send each part in turn; the last answer of the server."""
    client = client or Client(enforce_csrf_checks=True)
    page = client.get(address(form))
    for typed in pages:
        page = client.post(address(form), {"progress": sealed(page), "way": "next", **typed})
    return page


def test_a_resident_answers_part_by_part(form):
    ended = walk(form, {}, {"q1": "yes", "q2": "3"}, {"q3": ["bench", "trees"], "q4": "De l'ombre"})

    assert ended.url == reverse("answering:done", args=[form.questionnaire.public_code])
    kept = Response.objects.get()
    assert kept.content == {"q1": "yes", "q2": 3, "q3": ["trees", "bench"], "q4": "De l'ombre"}
    assert (kept.mode, kept.bulletin) == ("online", None)


def test_nothing_is_kept_of_who_answers_but_the_day_b8_2(form):
    fields = {field.name for field in Response._meta.get_fields()}
    walk(form, {}, {"q1": "no"}, {})

    assert fields == {"id", "questionnaire", "form", "mode", "received_on", "language", "content", "batch",
                      "bulletin", "reference", "excluded_because", "is_counted"}  # fmt: skip
    assert Response._meta.get_field("received_on").get_internal_type() == "DateField"
    assert Entry.objects.count() == 0
    assert Session.objects.count() == 0


def test_the_page_needs_neither_script_nor_cookie_and_is_light(form):
    page = Client().get(address(form))
    assert b"<script" not in page.content
    assert page.cookies == {}
    assert len(page.content) < 20_000


def test_what_is_required_is_said_beside_its_question_and_nothing_is_lost(form):
    page = walk(form, {}, {"q2": "douze"})
    text = page.content.decode()
    assert "Répondez à cette question." in text
    assert Response.objects.count() == 0


def test_going_back_keeps_what_was_answered(form):
    client = Client()
    page = walk(form, {}, {"q1": "yes", "q2": "7"}, client=client)
    page = client.post(address(form), {"progress": sealed(page), "way": "back", "q4": "À garder"})
    assert 'value="7"' in page.content.decode()
    page = client.post(address(form), {"progress": sealed(page), "way": "next", "q1": "yes", "q2": "7"})
    assert "À garder" in page.content.decode()


def test_a_page_closed_by_mistake_is_found_again_on_the_same_telephone(form):
    client = Client()
    walk(form, {}, {"q1": "no"}, client=client)
    assert "Vos idées" in client.get(address(form)).content.decode()
    page = client.get(address(form))
    client.post(address(form), {"progress": sealed(page), "way": "restart"})
    assert "Commencer" in client.get(address(form)).content.decode()


def test_sending_twice_enters_once(form):
    client = Client()
    page = walk(form, {}, {"q1": "no"}, client=client)
    last = {"progress": sealed(page), "way": "next", "q4": "Une fois"}
    client.post(address(form), last)
    again = client.post(address(form), last)
    assert again.status_code == 302
    assert Response.objects.count() == 1


def test_the_language_is_chosen_in_the_page(form):
    client = Client()
    page = walk(form, {}, client=client)
    page = client.post(address(form), {"progress": sealed(page), "language": "en"})
    text = page.content.decode()
    assert "Do you go to the market?" in text
    assert "Combien de fois par mois ?" in text  # nobody has translated it yet


def test_a_question_of_the_page_that_a_condition_skips_says_so(form):
    page = walk(form, {})
    assert "Répondez seulement si vous avez répondu « Oui » à la question 1." in page.content.decode()


def test_a_paper_sheet_answers_once(form):
    batch = BatchFactory(form=form)
    number = bulletins.with_letters(batch.first_number, batch.secret)
    walk(form, {"bulletin": number}, {"q1": "no"}, {})
    again = walk(form, {"bulletin": number}, {"q1": "yes"}, {})

    assert "a déjà une réponse" in again.content.decode()
    assert Response.objects.get().bulletin == batch.first_number
    assert Response.objects.get().batch == batch


@pytest.mark.parametrize("typed", ["1234567", "abc"])
def test_a_number_copied_wrong_is_refused_at_once(form, typed):
    page = walk(form, {"bulletin": typed})
    assert "Ce numéro est faux" in page.content.decode()


def test_a_number_of_no_sheet_is_refused_and_the_answers_are_kept(form):
    page = walk(form, {"bulletin": bulletins.written(77)}, {"q1": "no"}, {"q4": "Rien de perdu"})
    assert "Ce n&#x27;est pas une feuille de ce questionnaire" in page.content.decode()
    assert Response.objects.count() == 0


@pytest.mark.parametrize("ending", ["", "-aaaaa"])
def test_the_number_of_the_neighbour_s_sheet_is_not_enough_without_its_letters(form, ending):
    batch = BatchFactory(form=form)
    guessed = bulletins.written(batch.first_number + 1) + ending
    page = walk(form, {"bulletin": guessed}, {"q1": "no"}, {})
    assert "recopiez son numéro et ses cinq lettres" in page.content.decode()
    assert Response.objects.count() == 0


def test_a_sheet_printed_before_there_were_letters_still_answers(form):
    batch = BatchFactory(form=form, secret="")
    walk(form, {"bulletin": bulletins.written(batch.first_number)}, {"q1": "no"}, {})
    assert Response.objects.get().batch == batch


def test_a_program_that_fills_the_hidden_field_is_thanked_and_not_kept(form):
    assert walk(form, {}, {"q1": "no"}, {"site": "buy"}).status_code == 302
    assert Response.objects.count() == 0


def test_a_forged_progress_starts_again(form):
    page = Client().post(address(form), {"progress": "x:y:z", "way": "next"})
    assert page.status_code == 200
    assert Response.objects.count() == 0


def test_a_closed_questionnaire_says_where_paper_still_goes(form):
    form.questionnaire.state = "closed"
    form.questionnaire.save()
    page = Client().get(address(form)).content.decode()
    assert "Ce questionnaire est fermé" in page
    assert "Centre social" in page


def test_a_draft_has_no_public_address(form):
    form.questionnaire.state = "draft"
    form.questionnaire.save()
    assert Client().get(address(form)).status_code == 404


def test_hostile_words_are_only_words(form, client, cast, officer):
    hostile = "<script>alert(1)</script>{{ 7*7 }}'; DROP TABLE"
    browser = Client()
    page = walk(form, {}, {"q1": "no"}, client=browser)
    page = browser.post(address(form), {"progress": sealed(page), "way": "back", "q4": hostile})
    page = browser.post(address(form), {"progress": sealed(page), "way": "next", "q1": "no"})
    assert b"<script>alert" not in page.content
    browser.post(address(form), {"progress": sealed(page), "way": "next", "q4": hostile})
    assert Response.objects.get().content["q4"] == hostile


def test_a_page_costs_few_questions_of_the_database(form, django_assert_max_num_queries):
    ResponseFactory(form=form)
    form.locked_on = "2026-11-25"
    form.save()
    client = Client()
    page = walk(form, {}, {"q1": "no"}, client=client)
    with django_assert_max_num_queries(8):
        client.post(address(form), {"progress": sealed(page), "way": "next"})
