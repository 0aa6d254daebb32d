from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from faubourg.appraisal import actions
from faubourg.appraisal.models import InformationRequest
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY

SOON = date(2026, 12, 15)


def ask(application, officer, question="Quel est le devis ?", due_on=SOON):
    return actions.ask_information(application, actor=officer, question=question, due_on=due_on, now=NOW)


@pytest.mark.parametrize("stage", ["filed", "admissible"])
def test_a_question_hands_the_dossier_back_and_writes_to_the_applicant(desk, officer, signatory, stage):
    application = getattr(desk, stage)()
    ask(application, officer)
    assert application.state == "incomplete"
    letter = Message.objects.get(recipient=signatory.email)
    assert "Quel est le devis ?" in letter.body
    assert "15 décembre 2026" in letter.body
    assert f"/dossiers/{application.pk}/" in letter.body


def test_a_question_has_words_and_time_to_answer(desk, officer):
    application = desk.filed()
    with pytest.raises(Refusal) as refused:
        ask(application, officer, question=" ", due_on=TODAY - timedelta(days=1))
    assert set(refused.value.errors) == {"question", "due_on"}
    ask(application, officer, due_on=TODAY)
    assert InformationRequest.objects.get().due_on == TODAY


def test_the_answer_sends_the_dossier_back_to_admissibility(desk, officer, editor):
    application = desk.filed()
    ask(application, officer)
    actions.answer_information(application, actor=editor, answer="Voici.", now=NOW)
    assert application.state == "submitted"
    asked = InformationRequest.objects.get()
    assert (asked.answer, asked.answered_by, asked.answered_at) == ("Voici.", editor, NOW)


def test_an_empty_answer_is_refused(desk, officer, editor):
    application = desk.filed()
    ask(application, officer)
    with pytest.raises(Refusal, match="Écrivez"):
        actions.answer_information(application, actor=editor, answer="\n", now=NOW)


def test_answering_twice_answers_once(desk, officer, editor):
    application = desk.filed()
    ask(application, officer)
    actions.answer_information(application, actor=editor, answer="Voici.", now=NOW)
    with pytest.raises(IllegalStep, match="Aucune question"):
        actions.answer_information(application, actor=editor, answer="Encore.", now=NOW)
    assert InformationRequest.objects.get().answer == "Voici."


def test_a_dossier_broken_while_it_was_corrected_is_not_sent_back(desk, officer, editor):
    """PRG-4: what was complete at filing must be complete again."""
    application = desk.filed()
    ask(application, officer)
    application.budget_lines.filter(account="60").delete()
    with pytest.raises(Refusal, match="Budget"):
        actions.answer_information(application, actor=editor, answer="Voici.", now=NOW)
    application.refresh_from_db()
    assert application.state == "incomplete"


def test_only_the_applicant_answers(desk, officer, stranger):
    application = desk.filed()
    ask(application, officer)
    for person in (officer, stranger):
        with pytest.raises(PermissionDenied):
            actions.answer_information(application, actor=person, answer="Voici.", now=NOW)


def test_a_second_question_may_follow_the_first_answer(desk, officer, editor):
    application = desk.filed()
    ask(application, officer)
    actions.answer_information(application, actor=editor, answer="Voici.", now=NOW)
    ask(application, officer, question="Et les statuts ?")
    assert InformationRequest.objects.count() == 2
