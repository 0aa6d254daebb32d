"""What a council writes: acknowledged with a number, answered with reasons; a referral followed up."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.consultation import actions
from faubourg.consultation.models import CouncilLetter
from faubourg.consultation.queries import ANSWER_DAYS
from faubourg.consultation.rules import still_to_do
from faubourg.contracts.models import Signatory
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import CitizenCouncilFactory, OrganisationFactory, ParameterFactory

pytestmark = pytest.mark.django_db


def letter_from(cast, actor, **said):
    told = {"kind": "question", "subject": "L'éclairage", "text": "Quand la rue sera-t-elle éclairée ?"}
    return actions.write_letter(cast.council, actor=actor, now=NOW, **{**told, **said})


def answer(letter, actor, **said):
    told = {"answer": "En mars.", "answered_for": "Le maire", "answered_on": TODAY}
    actions.answer_letter(letter, actor=actor, now=NOW, **{**told, **said})
    letter.refresh_from_db()


@pytest.fixture
def delay(cast):
    return ParameterFactory(contract=cast.contract, code=ANSWER_DAYS, value=30, proof_level="general")


def test_a_letter_is_numbered_in_its_council_and_year_and_is_due_an_answer(cast, councillor, delay):
    """CIT-3: acknowledged with a number and a date; the deadline is the dated parameter's."""
    first = letter_from(cast, councillor)
    second = letter_from(cast, councillor, subject="Les bancs")

    assert (first.number, second.number) == ("2026-1", "2026-2")
    assert (first.received_on, first.due_on) == (TODAY, TODAY + timedelta(days=30))
    assert not first.is_typed_by_team
    assert letter_from(cast, councillor) == first  # pressed twice


def test_without_the_figure_the_deadline_is_to_confirm(cast, councillor):
    assert letter_from(cast, councillor).due_on is None


def test_the_team_types_what_came_on_paper_with_its_own_day(cast, officer, delay):
    letter = letter_from(cast, officer, received_on=TODAY - timedelta(days=4))

    assert letter.is_typed_by_team
    assert letter.due_on == TODAY + timedelta(days=26)
    with pytest.raises(Refusal) as refusal:
        letter_from(cast, officer, subject="", received_on=TODAY + timedelta(days=1))
    assert set(refusal.value.errors) == {"subject", "received_on"}


def test_nobody_writes_for_a_council_that_is_not_theirs(cast, councillor, delegate):
    other = CitizenCouncilFactory(contract=cast.contract)
    for actor, council in ((councillor, other), (delegate, cast.council)):
        with pytest.raises(PermissionDenied):
            actions.write_letter(council, actor=actor, kind="opinion", subject="A", text="B", now=NOW)


def test_a_letter_is_late_from_the_day_after_its_deadline(cast, councillor, officer, delay):
    letter = letter_from(cast, councillor)
    assert not letter.is_late(letter.due_on)
    assert letter.is_late(letter.due_on + timedelta(days=1))

    answer(letter, officer)
    assert not letter.is_late(letter.due_on + timedelta(days=1))


def test_an_answer_says_its_reasons_who_and_when_and_is_given_once(cast, councillor, officer):
    letter = letter_from(cast, councillor)
    with pytest.raises(Refusal) as refusal:
        answer(letter, officer, answer=" ", answered_for="", answered_on=TODAY + timedelta(days=1))
    assert set(refusal.value.errors) == {"answer", "answered_for", "answered_on"}
    with pytest.raises(PermissionDenied):
        answer(letter, councillor)

    answer(letter, officer)

    assert (letter.state, letter.days) == ("answered", 0)
    with pytest.raises(IllegalStep):
        answer(letter, officer)


def test_the_delegate_answers_a_referral_and_nothing_else(cast, councillor, delegate):
    """B4.3: the referral is made to the prefect."""
    answer(letter_from(cast, councillor, kind="referral"), delegate, answered_for="Le préfet")
    with pytest.raises(PermissionDenied):
        answer(letter_from(cast, councillor), delegate)


def test_a_referral_is_closed_once_passed_on_put_before_the_committee_and_answered(
    cast, councillor, delegate
):
    """B4.3: mayor, intercommunality, signatories; then the steering committee."""
    town, state = OrganisationFactory(name="Ville", kind="commune"), cast.state
    for position, one in enumerate((state, town), start=1):
        Signatory.objects.create(contract=cast.contract, organisation=one, position=position)
    letter = letter_from(cast, councillor, kind="referral")

    with pytest.raises(Refusal) as refusal:
        actions.close_referral(letter, actor=delegate, conclusion="Fini", now=NOW)
    assert refusal.value.errors[""] == still_to_do(["Ville"], is_on_agenda=False)

    actions.pass_on_referral(letter, actor=delegate, organisations=[town], sent_on=TODAY, now=NOW)
    actions.pass_on_referral(letter, actor=delegate, organisations=[town], sent_on=TODAY, now=NOW)
    step = {"kind": "agenda", "happens_on": TODAY + timedelta(days=20), "text": "Point 3"}
    actions.follow_referral(letter, actor=delegate, now=NOW, **step)
    actions.follow_referral(letter, actor=delegate, now=NOW, **step)
    assert (letter.copies.count(), letter.steps.count()) == (1, 1)
    with pytest.raises(IllegalStep):
        actions.close_referral(letter, actor=delegate, conclusion="Fini", now=NOW)

    answer(letter, delegate)
    actions.close_referral(letter, actor=delegate, conclusion="Deux rondes par semaine", now=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.closed_on) == ("closed", TODAY)
    with pytest.raises(Refusal, match="close"):
        actions.follow_referral(letter, actor=delegate, now=NOW, **{**step, "text": "Encore"})


def test_a_question_is_neither_passed_on_nor_closed(cast, councillor, officer):
    letter = letter_from(cast, councillor)
    with pytest.raises(Refusal, match="saisine"):
        actions.close_referral(letter, actor=officer, conclusion="Fini", now=NOW)


def test_before_the_answer_only_the_council_the_team_and_the_delegate_read_it(
    client, cast, councillor, officer, delegate, reader
):
    other = cast.seat("councillor", CitizenCouncilFactory(contract=cast.contract).organisation)
    letter = letter_from(cast, councillor)
    address = reverse("consultation:letter", args=[letter.pk])

    def status(person):
        client.force_login(person)
        return client.get(address).status_code

    assert [status(one) for one in (councillor, officer, delegate, other, reader)] == [
        200,
        200,
        200,
        404,
        404,
    ]
    answer(letter, officer)
    assert [status(one) for one in (other, reader)] == [200, 200]


def test_a_councillor_writes_from_the_page_and_keeps_what_was_typed_when_refused(
    client, cast, councillor, delay
):
    client.force_login(councillor)
    address = reverse("consultation:write_letter")
    typed = {"council": cast.council.pk, "kind": "referral", "text": "Le bruit, la nuit"}

    refused = client.post(address, typed).content.decode()
    assert "Le bruit, la nuit" in refused
    assert "Reçu le" not in refused
    page = client.post(address, {**typed, "subject": "Le bruit"}, follow=True).content.decode()

    assert "n° 2026-" in page or f"n° {CouncilLetter.objects.get().number}" in page
    assert delay.source in page.replace("&#x27;", "'")
    client.force_login(cast.seat("reader"))
    assert client.get(address).status_code == 403


def test_late_letters_wait_on_the_home_of_whoever_must_answer(
    client, cast, councillor, officer, delegate, delay
):
    letter_from(cast, councillor)
    letter_from(cast, councillor, kind="referral", subject="Le bruit")
    CouncilLetter.objects.update(due_on=TODAY - timedelta(days=900))

    def home(person):
        client.force_login(person)
        return client.get(reverse("portal:home")).content.decode().replace("&#x27;", "'")

    assert "2 écrits de conseils citoyens en retard de réponse" in home(officer)
    assert "1 écrit de conseil citoyen en retard de réponse" in home(delegate)
    assert "en retard de réponse" not in home(councillor)
    CouncilLetter.objects.update(due_on=localdate())
    assert "2 écrits de conseils citoyens à répondre" in home(officer)
    assert "en retard de réponse" not in home(officer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_costs_the_same_however_long_it_is(
    client, cast, councillor, officer, django_assert_max_num_queries, count
):
    for number in range(count):
        letter_from(cast, councillor, subject=f"Objet {number}")
    client.force_login(officer)
    with django_assert_max_num_queries(9):
        page = client.get(reverse("consultation:letters"), {"retard": "oui"})
        assert "Rien ne répond" in page.content.decode()
    with django_assert_max_num_queries(9):
        page = client.get(reverse("consultation:letters"))
        assert page.content.decode().count("Objet ") == count
