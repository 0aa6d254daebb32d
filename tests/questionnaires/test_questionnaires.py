"""A questionnaire is prepared, written, opened; its questions lock at the first answer (CON-2, CON-7)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.journal.models import Entry
from faubourg.questionnaires import actions
from faubourg.questionnaires.models import Form, Questionnaire, Response
from faubourg.questionnaires.rules.building import without_question
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import FormFactory, QuestionnaireFactory, ResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(cast):
    return FormFactory(questionnaire__contract=cast.contract)


def add(client, questionnaire, **typed):
    asked = {"group": "p1", "kind": "text", "label_fr": "Que changer ?", "condition": ""}
    return client.post(reverse("questionnaires:add_question", args=[questionnaire.pk]), asked | typed)


def test_the_team_prepares_writes_and_opens(client, cast, officer):
    client.force_login(officer)
    typed = {"title": "Le marché", "return_places": "Mairie", "languages": ["en"]}
    client.post(reverse("questionnaires:prepare", args=[cast.contract.slug]), typed)
    made = Questionnaire.objects.get()
    add(client, made, kind="select_one", label_fr="Y allez-vous ?", choices_fr="Oui\nNon", required="on")
    add(client, made, kind="integer", label_fr="Combien de fois ?", condition="q1:c1")
    client.post(reverse("questionnaires:open_to_answers", args=[made.pk]))
    made.refresh_from_db()

    assert made.state == "open"
    assert made.languages == ["fr", "en"]
    second = Form.objects.get().asked.asked()["q2"]
    assert (second.relevant[0].question, second.relevant[0].value) == ("q1", "c1")


def test_a_sensitive_question_is_refused_and_what_was_typed_is_kept_con_7(client, cast, officer):
    form = FormFactory(questionnaire__contract=cast.contract)
    client.force_login(officer)
    page = add(client, form.questionnaire, label_fr="Quelle est votre religion ?").content.decode()

    assert "touche à la religion" in page
    assert "Quelle est votre religion ?" in page
    assert len(Form.objects.get().asked.asked()) == 4


def test_a_derogation_by_the_direction_allows_the_question_and_is_in_the_journal_con_7(
    client, cast, officer, director
):
    form = FormFactory(questionnaire__contract=cast.contract)
    told = {"label": "Avez-vous un médecin ?", "given_by": "DPO", "reason": "Diagnostic santé"}
    with pytest.raises(PermissionDenied):
        actions.derogate(form.questionnaire, actor=officer, now=NOW, **told)
    actions.derogate(form.questionnaire, actor=director, now=NOW, **told)
    client.force_login(officer)
    add(client, form.questionnaire, label_fr="Avez-vous un médecin ?")

    assert "Avez-vous un médecin ?" in str(Form.objects.get().definition)
    assert Entry.objects.filter(verb="questionnaires.derogate", changes__reason="Diagnostic santé").exists()


def test_questions_that_were_answered_do_not_change_a_new_version_is_made(form, officer):
    actions.answer(form.questionnaire, form, content={"q1": "no"}, reference="a", now=NOW)
    form.refresh_from_db()
    changed = without_question(form.asked, "q4")
    made = actions.save_form(form.questionnaire, changed, actor=officer, now=NOW)

    form.refresh_from_db()
    assert made.number == 2
    assert "q4" in form.asked.asked()
    assert "q4" not in made.asked.asked()
    assert Response.objects.get().form == form


def test_a_name_already_answered_cannot_become_another_kind_of_question(form, officer):
    actions.answer(form.questionnaire, form, content={"q1": "no"}, reference="a", now=NOW)
    form.refresh_from_db()
    changed = form.asked.model_dump(mode="json")
    changed["groups"][1]["questions"][1]["kind"] = "integer"
    with pytest.raises(Refusal, match="autre sorte"):
        actions.save_form(
            form.questionnaire, type(form.asked).model_validate(changed), actor=officer, now=NOW
        )


def test_before_any_answer_the_same_version_changes(form, officer):
    actions.save_form(form.questionnaire, without_question(form.asked, "q4"), actor=officer, now=NOW)
    assert Form.objects.count() == 1


def test_a_questionnaire_without_a_place_for_paper_is_not_opened(cast, officer):
    made = QuestionnaireFactory(contract=cast.contract, return_places="")
    FormFactory(questionnaire=made)
    with pytest.raises(Refusal, match="où rendre une feuille"):
        actions.open_to_answers(made, actor=officer, now=NOW)


def test_a_draft_is_not_read_outside_the_team(client, cast, reader):
    made = QuestionnaireFactory(contract=cast.contract)
    client.force_login(reader)
    assert client.get(reverse("questionnaires:show", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_long_they_are(
    client, cast, officer, django_assert_max_num_queries, count
):
    for _ in range(count):
        form = FormFactory(questionnaire__contract=cast.contract)
        form.questionnaire.neighbourhoods.set([cast.qpv])
        ResponseFactory(form=form)
    client.force_login(officer)
    addresses = {
        "index": cast.contract.slug, "show": form.questionnaire.pk, "questions": form.questionnaire.pk,
    }  # fmt: skip
    for name, argument in addresses.items():
        with django_assert_max_num_queries(8):
            assert client.get(reverse(f"questionnaires:{name}", args=[argument])).status_code == 200
