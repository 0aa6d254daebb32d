"""Paper: printed, handed out, returned, typed once or twice, each counted apart (CON-2, CON-3)."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from faubourg.questionnaires import actions, queries
from faubourg.questionnaires.models import Batch, Form, Response, Typing
from faubourg.questionnaires.rules import bulletins
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import BatchFactory, FormFactory, ResponseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(cast):
    return BatchFactory(form=FormFactory(questionnaire__contract=cast.contract), first_number=1)


def typing(client, batch, number, **keys):
    address = reverse("questionnaires:type_bulletin", args=[batch.pk])
    return client.post(address, {"bulletin": bulletins.written(number), **keys}, follow=True)


def test_batches_never_share_a_number_and_lock_the_questions(cast, officer):
    form = FormFactory(questionnaire__contract=cast.contract)
    other = FormFactory(questionnaire__contract=cast.contract)
    first = actions.print_batch(form.questionnaire, actor=officer, printed=50, channel="Mairie", now=NOW)
    second = actions.print_batch(other.questionnaire, actor=officer, printed=10, channel="École", now=NOW)

    assert (first.first_number, first.last_number, second.first_number) == (1, 50, 51)
    assert Form.objects.get(pk=form.pk).locked_on is not None


def test_the_sheets_are_a_tagged_document_with_their_numbers(client, officer, batch):
    Batch.objects.filter(pk=batch.pk).update(printed=2, handed_out=None, returned=None)
    client.force_login(officer)
    answer = client.get(reverse("questionnaires:bulletins_pdf", args=[batch.pk]))
    pdf = pikepdf.open(BytesIO(answer.content))

    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.Root.Lang) == "fr-FR"
    assert len(pdf.pages) >= 2


def test_one_key_per_answer_is_typed_and_kept_as_the_rules_read_it(client, officer, batch):
    Batch.objects.filter(pk=batch.pk).update(is_typed_twice=False)
    client.force_login(officer)
    page = typing(client, batch, 1, q1="1", q2="4", q3="13", q4="De l'ombre")

    assert "est saisi" in page.content.decode()
    kept = Response.objects.get()
    assert kept.content == {"q1": "yes", "q2": 4, "q3": ["trees", "light"], "q4": "De l'ombre"}
    assert (kept.mode, kept.bulletin) == ("paper", 1)
    assert Typing.objects.get().typed_by == officer


def test_a_key_of_no_box_is_refused_and_the_rest_stays_typed(client, officer, batch):
    client.force_login(officer)
    page = typing(client, batch, 1, q1="7", q4="À garder").content.decode()
    assert "la touche d&#x27;aucune case" in page
    assert "À garder" in page
    assert Typing.objects.count() == 0


def test_a_sheet_left_blank_is_typed_blank(client, officer, batch):
    client.force_login(officer)
    typing(client, batch, 1)
    assert Typing.objects.get().content == {}


def test_the_second_typist_does_not_see_the_first_typing_and_is_somebody_else(
    client, officer, director, batch
):
    client.force_login(officer)
    typing(client, batch, 1, q1="1", q4="Mot de la première")
    again = typing(client, batch, 1, q1="1").content.decode()
    assert "une autre personne fait la seconde saisie" in again
    client.force_login(director)
    page = client.get(reverse("questionnaires:type_bulletin", args=[batch.pk])).content.decode()

    assert "Mot de la première" not in page
    assert Response.objects.count() == 0
    typing(client, batch, 1, q1="1", q4="Mot de la première")
    assert Response.objects.get().content == {"q1": "yes", "q4": "Mot de la première"}


def test_two_typings_that_differ_are_settled_side_by_side(client, officer, director, batch):
    client.force_login(officer)
    typing(client, batch, 1, q1="1", q2="3")
    client.force_login(director)
    typing(client, batch, 1, q1="1", q2="8")
    address = reverse("questionnaires:settle_bulletin", args=[batch.pk, 1])
    page = client.get(address).content.decode()
    assert "Combien de fois par mois" in page
    assert "Venez-vous au marché" not in page
    client.post(address, {"q2": "2"})

    assert Response.objects.get().content == {"q1": "yes", "q2": 8}
    with pytest.raises(Refusal, match="arbitrage"):
        actions.settle_bulletin(batch, actor=officer, bulletin=1, kept={"q2": 1}, now=NOW)


def test_more_typed_than_returned_is_refused_con_3(officer, batch):
    Batch.objects.filter(pk=batch.pk).update(returned=1)
    actions.type_bulletin(batch, actor=officer, bulletin=1, content={}, now=NOW)
    with pytest.raises(Refusal, match="comptez d'abord le retour"):
        actions.type_bulletin(batch, actor=officer, bulletin=2, content={}, now=NOW)
    with pytest.raises(Refusal, match="déjà saisis"):
        actions.count_batch(batch, actor=officer, handed_out=20, returned=0, now=NOW)


@pytest.mark.parametrize(
    ("handed_out", "returned", "said"),
    [(21, 0, "n'a que 20"), (10, 11, "plus qu'il n'en a été remis"), (None, 1, "plus qu'il n'en")],
)
def test_counters_that_contradict_each_other_are_refused_con_3(officer, batch, handed_out, returned, said):
    with pytest.raises(Refusal, match=said):
        actions.count_batch(batch, actor=officer, handed_out=handed_out, returned=returned, now=NOW)


def test_a_sheet_answered_online_is_not_typed(officer, batch):
    ResponseFactory(form=batch.form, batch=batch, bulletin=3)
    with pytest.raises(Refusal, match="répondu en ligne"):
        actions.type_bulletin(batch, actor=officer, bulletin=3, content={}, now=NOW)


def test_a_sheet_of_another_batch_is_refused(officer, batch):
    with pytest.raises(Refusal, match="n'est pas du lot"):
        actions.type_bulletin(batch, actor=officer, bulletin=21, content={}, now=NOW)


def test_counters_are_kept_apart_and_an_answer_set_aside_says_why_con_3(client, officer, batch):
    Batch.objects.filter(pk=batch.pk).update(is_typed_twice=False)
    for number in (1, 2, 3):
        actions.type_bulletin(batch, actor=officer, bulletin=number, content={"q1": "no"}, now=NOW)
    client.force_login(officer)
    find = reverse("questionnaires:find_bulletin", args=[batch.pk])
    found = client.get(find, {"numero": bulletins.written(2)})
    assert found.url == reverse("questionnaires:response", args=[Response.objects.get(bulletin=2).pk])
    client.post(f"{found.url}ecarter/", {"reason": "Illisible"})
    counted = queries.counters_of(batch.form.questionnaire)[0]

    assert (counted.entered, counted.valid, counted.excluded) == (3, 2, 1)
    assert queries.reasons_of(batch.form.questionnaire) == [("Illisible", 1)]
    page = client.get(reverse("questionnaires:batches", args=[batch.form.questionnaire.pk])).content.decode()
    assert "Illisible : 1" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_paper_cost_the_same_however_long_they_are(
    client, officer, batch, django_assert_max_num_queries, count
):
    for number in range(count):
        actions.type_bulletin(batch, actor=officer, bulletin=1 + number, content={}, now=NOW)
        BatchFactory(form=batch.form)
    client.force_login(officer)
    for name, pk in {
        "batches": batch.form.questionnaire.pk,
        "batch": batch.pk,
        "type_bulletin": batch.pk,
    }.items():
        with django_assert_max_num_queries(9):
            assert client.get(reverse(f"questionnaires:{name}", args=[pk])).status_code == 200
