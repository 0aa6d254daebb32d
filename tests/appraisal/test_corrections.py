"""Answers asked again one by one: what opens, what comes back, the clock that stops."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.applications.actions import save_part
from faubourg.appraisal import actions, rules
from faubourg.appraisal.jobs import remind_applicants
from faubourg.appraisal.models import Correction, InformationRequest
from faubourg.appraisal.queries import clock_of, requests_of
from faubourg.messaging.models import Message
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import ParameterFactory

SOON = date(2026, 12, 15)
TITLE = rules.Asked("projet-title", "incorrect", "Le titre dit autre chose.")
BUDGET = rules.Asked("budget", "incomplete", "Il manque le devis de la serre.")


def ask(application, officer, *asked, question="", due_on=SOON, now=NOW):
    return actions.ask_information(
        application, actor=officer, question=question, due_on=due_on, asked=asked, now=now
    )


def answer(application, editor, words="", now=NOW):
    actions.answer_information(application, actor=editor, answer=words, now=now)


def write(application, editor, **values):
    save_part(application, "projet", values, actor=editor, now=NOW)


def test_only_the_answers_named_open_and_the_letter_says_why(desk, officer, signatory):
    application = desk.filed()
    ask(application, officer, TITLE, BUDGET)
    application.refresh_from_db()
    assert application.unlocked == {
        "projet-title": {"label": "Intitulé de l'action", "why": "Incorrect : Le titre dit autre chose."},
        "budget": {"label": "Le budget entier", "why": "Incomplet : Il manque le devis de la serre."},
    }
    letter = Message.objects.get(recipient=signatory.email).body
    assert "Intitulé de l'action — Incorrect : Le titre dit autre chose." in letter
    assert "15 décembre 2026" in letter
    assert rules.AFTER_THE_DAY in letter


def test_naming_no_answer_opens_the_whole_dossier(desk, officer, editor):
    application = desk.filed()
    ask(application, officer, question="Un devis ?")
    write(application, editor, title="Tout autre titre")
    assert application.unlocked == {}
    assert application.title == "Tout autre titre"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (rules.Asked("projet-need", "incorrect", " "), "note-projet-need"),
        (rules.Asked("projet-need", "", "Des mots"), "flaw-projet-need"),
        (rules.Asked("projet-colour", "incorrect", "Des mots"), "flaw-projet-colour"),
    ],
)
def test_each_answer_asked_is_in_the_form_and_has_its_reason(desk, officer, asked, field):
    with pytest.raises(Refusal) as refused:
        ask(desk.filed(), officer, asked)
    assert [name for name, told in refused.value.errors.items() if told] == [field]


def test_an_outdated_paper_needs_no_more_words(desk, officer):
    application = desk.filed()
    ask(application, officer, rules.Asked("pieces-autre", "outdated"))
    assert Correction.objects.get().why == "Périmé."


def test_the_answer_keeps_old_and_new_side_by_side_and_locks_again(desk, officer, editor):
    application = desk.filed(title="Jardins")
    ask(application, officer, TITLE)
    write(application, editor, title="Jardins partagés de l'Écusson")
    answer(application, editor)
    correction = Correction.objects.get()
    assert (correction.before, correction.after) == ("Jardins", "Jardins partagés de l'Écusson")
    application.refresh_from_db()
    assert (application.state, application.unlocked) == ("submitted", {})
    with pytest.raises(PermissionDenied):
        write(application, editor, title="Encore autre chose")


def test_an_answer_left_as_it_was_is_explained_or_refused(desk, officer, editor):
    application = desk.filed()
    ask(application, officer, TITLE)
    with pytest.raises(Refusal, match="Pas de changement à « Intitulé de l'action »"):
        answer(application, editor, " ")
    answer(application, editor, "Le titre est le bon : c'est celui de l'affiche.")
    assert Correction.objects.get().is_unchanged


def test_what_was_not_opened_does_not_hold_the_answer_back(desk, officer, editor):
    """The applicant could not mend it: the officer will see it in the checks."""
    application = desk.filed()
    ask(application, officer, TITLE)
    application.indicators.all().delete()
    write(application, editor, title="Autre")
    answer(application, editor)
    assert application.state == "submitted"


def test_what_was_opened_must_stand_again(desk, officer, editor):
    application = desk.filed()
    ask(application, officer, rules.Asked("projet-indicators", "incorrect", "Trop vagues"))
    write(application, editor, indicators=[])
    with pytest.raises(Refusal, match="indicateurs"):
        answer(application, editor)


def test_the_officer_accepts_one_correction_then_all_and_twice_is_once(desk, officer, editor, director):
    application = desk.filed()
    request = ask(application, officer, TITLE, BUDGET)
    with pytest.raises(IllegalStep, match="pas encore répondu"):
        actions.accept_corrections(request, actor=officer, now=NOW)
    answer(application, editor, "Rien à changer.")
    actions.accept_corrections(request, actor=officer, key="budget", now=NOW)
    assert [one.key for one in Correction.objects.filter(accepted_at__isnull=True)] == ["projet-title"]
    assert len(actions.accept_corrections(request, actor=officer, now=NOW)) == 1
    assert actions.accept_corrections(request, actor=director, now=NOW) == []
    assert set(Correction.objects.values_list("accepted_by", flat=True)) == {officer.pk}


def test_only_the_gip_accepts(desk, officer, editor, state_officer):
    application = desk.filed()
    request = ask(application, officer, TITLE)
    answer(application, editor, "Non.")
    for person in (editor, state_officer):
        with pytest.raises(PermissionDenied):
            actions.accept_corrections(request, actor=person, now=NOW)


def test_asking_once_more_opens_that_answer_alone(client, desk, officer, editor):
    application = desk.filed()
    ask(application, officer, TITLE, BUDGET)
    answer(application, editor, "Non.")
    client.force_login(officer)
    page = client.get(reverse("appraisal:ask_information", args=[application.pk]), {"champ": "budget"})
    assert page.context["form"]["flaw-budget"].value() == "incorrect"
    assert page.context["form"]["flaw-projet-title"].value() == ""
    ask(application, officer, BUDGET)
    application.refresh_from_db()
    assert list(application.unlocked) == ["budget"]


# The day set ----------------------------------------------------------------------------------------


def test_the_day_set_included_the_applicant_keeps_the_hand_then_the_gip_may_take_it_back(
    desk, officer, editor
):
    application = desk.filed()
    request = ask(application, officer, TITLE, due_on=TODAY)
    write(application, editor, title="Commencé")
    with pytest.raises(Refusal, match="attendez le lendemain"):
        actions.take_back(application, actor=officer, now=NOW)
    actions.take_back(application, actor=officer, now=NOW + timedelta(days=1))
    request.refresh_from_db()
    assert (request.taken_back_by, request.corrections.get().after) == (officer, "Commencé")
    assert (application.state, application.unlocked) == ("submitted", {})
    with pytest.raises(IllegalStep):
        answer(application, editor, "Trop tard ?")


def test_a_late_answer_counts_while_the_gip_has_not_taken_the_dossier_back(desk, officer, editor):
    application = desk.filed()
    ask(application, officer, question="Un devis ?", due_on=TODAY)
    answer(application, editor, "Le voici.", now=NOW + timedelta(days=9))
    assert application.state == "submitted"


def test_taking_back_twice_takes_back_once(desk, officer):
    application = desk.filed()
    ask(application, officer, question="?", due_on=TODAY)
    later = NOW + timedelta(days=1)
    actions.take_back(application, actor=officer, now=later)
    with pytest.raises(IllegalStep):
        actions.take_back(application, actor=officer, now=later)


@pytest.mark.parametrize(
    ("asked_on", "due_on", "today", "is_due"),
    [
        (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 11), False),
        (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 12), True),
        (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 15), True),
        (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 16), False),
        (date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 1), False),
        (date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 2), True),
    ],
)
def test_the_reminder_leaves_in_the_three_days_before_never_on_the_day_it_was_asked(
    asked_on, due_on, today, is_due
):
    assert rules.is_to_be_reminded(asked_on=asked_on, due_on=due_on, today=today) is is_due


def test_the_applicant_is_reminded_once_and_not_after_answering(desk, officer, editor, signatory):
    silent, quick = desk.filed(), desk.filed()
    for application in (silent, quick):
        ask(application, officer, question="Un devis ?")
    answer(quick, editor, "Le voici.")
    assert remind_applicants(NOW) == 0
    near = datetime(2026, 12, 12, 8, tzinfo=UTC)
    assert remind_applicants(near) == 1
    assert remind_applicants(near + timedelta(minutes=1)) == 0
    letters = Message.objects.filter(subject__contains="est attendue")
    assert [letter.recipient for letter in letters] == [signatory.email]
    assert InformationRequest.objects.get(application=silent).reminded_at == near


# The clock --------------------------------------------------------------------------------------------


def test_the_clock_stops_while_the_applicant_has_the_hand_and_goes_on_after():
    filed, asked, back = date(2026, 12, 1), date(2026, 12, 6), date(2026, 12, 11)
    before = rules.clock(filed, [], date(2026, 12, 6), 60)
    assert (before.appraisal_days, before.due_on) == (5, date(2027, 1, 30))
    paused = rules.clock(filed, [(asked, None)], date(2026, 12, 9), 60)
    assert (paused.appraisal_days, paused.waiting_days, paused.is_paused, paused.due_on) == (5, 3, True, None)
    after = rules.clock(filed, [(asked, back)], date(2026, 12, 18), 60)
    assert after.words.replace("\u00a0", " ") == "12 jours d'instruction, 5 jours d'attente du porteur"
    assert after.due_on == date(2027, 2, 4)


def test_without_a_delay_in_the_contract_no_last_day_is_told():
    assert rules.clock(date(2026, 12, 1), [], date(2026, 12, 6)).due_on is None


def test_a_dossier_handed_back_late_in_the_evening_in_paris_counts_from_that_day(cast, desk, officer, editor):
    """23 h 30 UTC on the 1st is the 2nd in Paris."""
    ParameterFactory(contract=cast.contract, code="instruction.delai", value=60)
    application = desk.filed()
    ask(application, officer, question="?", now=datetime(2026, 12, 1, 23, 30, tzinfo=UTC))
    answer(application, editor, "Oui", now=datetime(2026, 12, 4, 10, tzinfo=UTC))
    clock = clock_of(application, requests_of(application), date(2026, 12, 4))
    assert (clock.waiting_days, clock.appraisal_days) == (2, 12)
    assert clock.due_on == date(2026, 11, 20) + timedelta(days=62)


# The pages --------------------------------------------------------------------------------------------


def test_an_officer_asks_two_answers_the_applicant_corrects_them_the_officer_sees_old_and_new(
    client, desk, officer, editor
):
    application = desk.filed(title="Jardins")
    client.force_login(officer)
    sent = {
        "due_on": "2030-01-15", "flaw-projet-title": "incorrect", "note-projet-title": "Trop court",
        "flaw-projet-need": "incomplete", "note-projet-need": "Qui l'a dit ?",
    }  # fmt: skip
    answered = client.post(reverse("appraisal:ask_information", args=[application.pk]), sent)
    assert answered.url == reverse("appraisal:sheet", args=[application.pk])
    client.force_login(editor)
    page = client.get(reverse("appraisal:answer_information", args=[application.pk])).content.decode()
    assert page.count("Pas encore changé") == 2
    edit = reverse("applications:edit", args=[application.pk, "projet"])
    client.post(edit, {"version": 0, "page": "a", "title": "Jardins partagés", "need": "Les voisins"})
    client.post(reverse("appraisal:answer_information", args=[application.pk]), {"answer": ""})
    client.force_login(officer)
    page = client.get(reverse("appraisal:sheet", args=[application.pk])).content.decode()
    for words in ("Jardins", "Jardins partagés", "Besoin", "Les voisins", "Accepter", "Redemander"):
        assert words in page
    request = InformationRequest.objects.get()
    accept = reverse("appraisal:accept_corrections", args=[application.pk, request.pk])
    client.post(accept, {"key": "projet-title"})
    assert "Acceptée" in client.get(reverse("appraisal:sheet", args=[application.pk])).content.decode()


def test_a_refused_request_keeps_every_word(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    sent = {"due_on": "2020-01-15", "flaw-budget": "incorrect", "note-budget": "Revoyez le poste 60"}
    page = client.post(reverse("appraisal:ask_information", args=[application.pk]), sent).content.decode()
    assert "Revoyez le poste 60" in page
    assert "Cette date est passée" in page


def test_the_pages_of_a_request_cost_the_same_with_one_and_three_corrections(client, desk, officer, editor):
    def cost(person, name, application):
        client.force_login(person)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"appraisal:{name}", args=[application.pk])).status_code == 200
        return len(captured)

    one, three = desk.filed(), desk.filed()
    ask(one, officer, TITLE)
    ask(three, officer, TITLE, BUDGET, rules.Asked("projet-need", "outdated"))
    for person, name in ((editor, "answer_information"), (officer, "sheet")):
        assert cost(person, name, one) == cost(person, name, three)
    assert cost(officer, "ask_information", one) <= 14


def test_the_way_to_take_a_dossier_back_shows_once_the_day_is_past(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    ask(application, officer, question="?", due_on=date(2026, 12, 1))
    InformationRequest.objects.update(due_on=localdate())
    sheet = reverse("appraisal:sheet", args=[application.pk])
    assert "Reprendre sans réponse" not in client.get(sheet).content.decode()
    InformationRequest.objects.update(due_on=localdate() - timedelta(days=1))
    assert "Reprendre sans réponse" in client.get(sheet).content.decode()
    client.post(reverse("appraisal:take_back", args=[application.pk]))
    application.refresh_from_db()
    assert application.state == "submitted"
