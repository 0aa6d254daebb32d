"""From words to objectives: reviewed, read by two people, answered, linked (CON-5, CON-7)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from faubourg.consultation import actions
from faubourg.consultation.models import Contribution, ObjectiveLink, Topic
from faubourg.consultation.queries import readings_of, without_objective
from faubourg.contracts.queries import standing
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import ContributionFactory, ObjectiveFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(cast):
    return ContributionFactory(
        contract=cast.contract, text="Mme Roux veut des arbres", neighbourhood=cast.qpv
    )


@pytest.fixture
def topic(cast):
    return TopicFactory(contract=cast.contract, label="Cadre de vie")


def test_what_was_said_is_read_by_others_only_once_reviewed_con_7(cast, officer, reader, words):
    seen = Contribution.objects.visible_to(standing(reader, TODAY))
    assert not seen.exists()

    actions.review_contribution(words, actor=officer, public_text="Il faudrait des arbres", now=NOW)

    assert [str(one) for one in seen.all()] == ["Il faudrait des arbres"]


def test_the_page_points_at_a_name_before_publication_con_7(client, officer, words):
    client.force_login(officer)
    page = client.get(reverse("consultation:review_contribution", args=[words.pk])).content.decode()
    assert "On croit y lire le nom d&#x27;une personne" in page


def test_readers_never_see_the_words_as_said_con_7(client, officer, reader, words):
    actions.review_contribution(words, actor=officer, public_text="Il faudrait des arbres", now=NOW)
    client.force_login(reader)
    page = client.get(reverse("consultation:contribution", args=[words.pk])).content.decode()
    assert "Il faudrait des arbres" in page
    assert "Mme Roux" not in page


def test_once_reviewed_what_was_said_no_longer_changes(officer, words):
    actions.correct_contribution(words, actor=officer, text="Mme Roux veut un arbre", now=NOW)
    actions.review_contribution(words, actor=officer, public_text="Un arbre", now=NOW)
    with pytest.raises(Refusal, match="ne change plus"):
        actions.correct_contribution(words, actor=officer, text="Rien", now=NOW)


def test_words_not_kept_have_a_reason_that_can_be_published_con_5(officer, words):
    with pytest.raises(Refusal, match="publiée"):
        actions.set_aside_contribution(words, actor=officer, reason=" ", now=NOW)
    actions.set_aside_contribution(words, actor=officer, reason="Le terrain est privé.", now=NOW)
    words.refresh_from_db()
    assert (words.state, words.reason, words.answered_on) == ("set_aside", "Le terrain est privé.", TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=words.pk).update(reason="")


def test_two_people_who_agree_settle_the_topic_con_5(officer, delegate, words, topic):
    actions.code_contribution(words, actor=officer, topic=topic, now=NOW)
    words.refresh_from_db()
    assert words.topic is None

    actions.code_contribution(words, actor=delegate, topic=topic, now=NOW)
    words.refresh_from_db()
    assert words.topic == topic


def test_one_may_think_again_until_the_second_reading_and_a_third_reader_is_refused(
    cast, officer, delegate, finance, words, topic
):
    actions.code_contribution(words, actor=officer, topic=None, now=NOW)
    actions.code_contribution(words, actor=officer, topic=topic, now=NOW)
    actions.code_contribution(words, actor=delegate, topic=None, now=NOW)

    assert [one.topic for one in words.codings.all()] == [topic, None]
    with pytest.raises(Refusal, match="Deux personnes"):
        actions.code_contribution(words, actor=finance, topic=topic, now=NOW)
    with pytest.raises(Refusal, match="tranche"):
        actions.code_contribution(words, actor=officer, topic=None, now=NOW)


def test_a_disagreement_is_listed_then_settled_in_words_con_5(cast, officer, delegate, words, topic):
    actions.code_contribution(words, actor=officer, topic=topic, now=NOW)
    with pytest.raises(Refusal, match="deux lectures"):
        actions.settle_topic(words, actor=officer, topic=topic, reason="Vert", now=NOW)
    actions.code_contribution(words, actor=delegate, topic=None, now=NOW)
    assert [one.contribution for one in readings_of(cast.contract.pk).disagreements] == [words]

    actions.settle_topic(
        words, actor=officer, topic=topic, reason="Les arbres sont du cadre de vie.", now=NOW
    )

    found = readings_of(cast.contract.pk)
    words.refresh_from_db()
    assert (words.topic, found.disagreements, found.agreement.agreed) == (topic, [], 0)


def test_a_disagreement_settled_as_no_topic_is_no_longer_listed(cast, officer, delegate, words, topic):
    actions.code_contribution(words, actor=officer, topic=topic, now=NOW)
    actions.code_contribution(words, actor=delegate, topic=None, now=NOW)
    actions.settle_topic(words, actor=officer, topic=None, reason="Hors sujet", now=NOW)
    assert readings_of(cast.contract.pk).disagreements == []


def test_a_used_topic_gets_a_new_version_an_unused_one_its_new_name(cast, officer, words, topic):
    renamed = actions.revise_topic(topic, actor=officer, label="Cadre de vie, propreté", now=NOW)
    assert (renamed.pk, renamed.version) == (topic.pk, 1)

    actions.code_contribution(words, actor=officer, topic=renamed, now=NOW)
    again = actions.revise_topic(renamed, actor=officer, label="Espaces publics", now=NOW)

    assert (again.version, again.replaces) == (2, renamed)
    assert str(words.codings.get().topic) == "Cadre de vie, propreté"
    renamed.refresh_from_db()
    with pytest.raises(Refusal, match="plus proposé"):
        actions.code_contribution(words, actor=officer, topic=renamed, now=NOW)


def test_a_topic_is_listed_once_and_can_be_archived(cast, officer, topic):
    with pytest.raises(Refusal, match="déjà dans la liste"):
        actions.add_topic(cast.contract, actor=officer, label="Cadre de vie", now=NOW)
    actions.archive_topic(topic, actor=officer, now=NOW)
    actions.add_topic(cast.contract, actor=officer, label="Cadre de vie", now=NOW)
    assert Topic.objects.filter(label="Cadre de vie").count() == 2


def test_words_lead_to_an_objective_with_a_reason_con_5(cast, officer, words, topic):
    with pytest.raises(Refusal, match="pourquoi"):
        actions.link_to_objective(words, cast.objective, actor=officer, reason="", now=NOW)
    with pytest.raises(Refusal, match="autre contrat"):
        actions.link_to_objective(words, ObjectiveFactory(), actor=officer, reason="Vert", now=NOW)
    for reason in ("Des arbres", "Plus d'ombre"):
        actions.link_to_objective(words, cast.objective, actor=officer, reason=reason, now=NOW)

    assert [link.reason for link in words.links.all()] == ["Plus d'ombre"]
    actions.unlink_from_objective(words.links.get(), actor=officer, now=NOW)
    assert not ObjectiveLink.objects.exists()


def test_kept_words_without_objective_are_found_and_a_topic_may_lead_them_con_5(cast, officer, words, topic):
    actions.keep_contribution(words, actor=officer, now=NOW)
    rows = Contribution.objects.all()
    assert list(without_objective(rows)) == [words]

    Contribution.objects.update(topic=topic)
    actions.link_to_objective(topic, cast.objective, actor=officer, reason="Tout le cadre de vie", now=NOW)
    assert list(without_objective(rows)) == []


@pytest.mark.parametrize("role", ["reader", "councillor", "state_officer"])
def test_only_the_gip_answers_and_only_readers_classify(cast, request, words, topic, role):
    actor = request.getfixturevalue(role)
    for act in (
        lambda: actions.review_contribution(words, actor=actor, public_text="x", now=NOW),
        lambda: actions.keep_contribution(words, actor=actor, now=NOW),
        lambda: actions.code_contribution(words, actor=actor, topic=topic, now=NOW),
        lambda: actions.link_to_objective(words, cast.objective, actor=actor, reason="x", now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_other_reading_is_not_shown_while_one_reads(client, officer, delegate, words, topic):
    actions.code_contribution(words, actor=delegate, topic=topic, now=NOW)
    client.force_login(officer)
    page = client.get(reverse("consultation:contribution", args=[words.pk])).content.decode()
    assert "Denis Délégué" not in page

    address = reverse("consultation:code_contribution", args=[words.contract.slug])
    answer = client.post(address, {"contribution": words.pk, "topic": topic.pk}, follow=True)
    assert "Plus rien à classer" in answer.content.decode()
    words.refresh_from_db()
    assert words.topic == topic


def test_words_are_found_by_what_they_say_without_accents(client, cast, officer, words):
    ContributionFactory(contract=cast.contract, text="Un médecin l'été")
    client.force_login(officer)
    page = client.get(reverse("consultation:words", args=[cast.contract.slug]), {"q": "medecin"})
    assert "Un médecin" in page.content.decode()
    assert "Mme Roux" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_words_cost_the_same_however_long_they_are(
    client, cast, officer, delegate, topic, django_assert_max_num_queries, count
):
    for _ in range(count):
        one = ContributionFactory(contract=cast.contract, state="kept")
        actions.code_contribution(one, actor=officer, topic=topic, now=NOW)
        actions.code_contribution(one, actor=delegate, topic=None, now=NOW)
        actions.link_to_objective(
            one, ObjectiveFactory(contract=cast.contract), actor=officer, reason="Vert", now=NOW
        )
        actions.link_to_objective(
            TopicFactory(contract=cast.contract), cast.objective, actor=officer, reason="Vert", now=NOW
        )
    client.force_login(officer)
    costs = {"words": 9, "readings": 10, "topics": 8, "code_contribution": 8}
    for name, most in costs.items():
        with django_assert_max_num_queries(most):
            assert client.get(reverse(f"consultation:{name}", args=[cast.contract.slug])).status_code == 200
    with django_assert_max_num_queries(9):
        client.get(reverse("consultation:contribution", args=[one.pk]))
