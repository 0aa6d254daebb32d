"""The thread, both ways: from words to what was told back, from a euro to the words (CON-5)."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.awards.models import FundingDecision
from faubourg.consultation.models import ObjectiveLink
from faubourg.contracts.queries import standing
from faubourg.thread import actions, queries
from faubourg.thread.models import Feedback, Snapshot
from faubourg.thread.rules import Counts, breaks_of
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import (
    ContributionFactory,
    GatheringFactory,
    InterestFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    TopicFactory,
    UserFactory,
    complete_application,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(cast):
    """A sentence of residents, reviewed, kept and linked."""
    made = ContributionFactory(
        contract=cast.contract, text="Mme Roux veut de l'ombre", public_text="De l'ombre sur la place",
        reviewed_on=TODAY, state="kept", neighbourhood=cast.qpv,
    )  # fmt: skip
    ObjectiveLink.objects.create(
        contribution=made, objective=cast.objective, reason="Un quartier vert", linked_on=TODAY
    )
    return made


@pytest.fixture
def funded(cast):
    return fund(cast)


def fund(cast, state="notified", number="2027-001", outcome="granted", **fields):
    application = complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope, state=state, number=number,
        submitted_at=NOW, **fields,
    )  # fmt: skip
    FundingDecision.objects.create(
        funding_request=application.funding_requests.get(), outcome=outcome,
        awarded_amount=3_000 if outcome == "granted" else 0, reason="" if outcome == "granted" else "Non",
        act_kind="award_order", act_number="1", decided_on=TODAY, recorded_by=UserFactory(), recorded_at=NOW,
    )  # fmt: skip
    return application


def tell(cast, actor, **said):
    told = {"outcome": "result", "text": "Quatre arbres plantés", "told_on": TODAY, "told_where": "Café QPV"}
    return actions.tell_back(cast.contract, actor=actor, now=NOW, **{**told, **said})


def strands(person, cast, **ends):
    return queries.strands_of(queries.seated(standing(person, TODAY)), cast.contract.pk, **ends)


def test_from_a_sentence_to_what_was_told_back_con_5(cast, officer, words, funded):
    told = tell(cast, officer, application=funded)

    (strand,) = strands(officer, cast, words=[words.pk])

    assert [one.contribution for one in strand.said] == [words]
    assert [(act.application, act.awarded_amount) for act in strand.acts] == [(funded, Decimal(3_000))]
    assert strand.told == [told]
    assert strand.breaks == []


def test_from_a_dossier_and_its_euros_back_to_the_words_con_5(cast, officer, words, funded):
    (strand,) = strands(officer, cast, applications=[funded.pk])
    assert [one.contribution for one in strand.said] == [words]


def test_a_topic_leads_all_its_words_and_a_reason_of_their_own_wins(cast, officer, words, funded):
    topic = TopicFactory(contract=cast.contract)
    other = ContributionFactory(contract=cast.contract, state="kept", topic=topic, said_on=words.said_on)
    words.topic = topic
    words.save()
    ObjectiveLink.objects.create(
        topic=topic, objective=cast.objective, reason="Tout le thème", linked_on=TODAY
    )

    (strand,) = strands(officer, cast)

    assert {one.contribution: one.reason for one in strand.said} == {
        words: "Un quartier vert",
        other: "Tout le thème",
    }


def test_words_on_a_priority_find_the_actions_below_it(cast, officer, words, funded):
    priority = ObjectiveFactory(contract=cast.contract, level="priority", code="1", position=0)
    cast.objective.parent = priority
    cast.objective.save()
    ObjectiveLink.objects.update(objective=priority)

    (strand,) = strands(officer, cast, words=[words.pk])

    assert strand.objective == priority
    assert [act.application for act in strand.acts] == [funded]


def test_an_operational_objective_is_counted_with_its_strategic_one(cast, officer, words, funded):
    below = ObjectiveFactory(contract=cast.contract, level="operational", parent=cast.objective, code="1.0.1")
    ObjectiveLink.objects.update(objective=below)
    funded.objectives.set([below])

    (strand,) = strands(officer, cast)

    assert (strand.objective, strand.counts) == (cast.objective, Counts(1, 1, 1, 0))


def test_words_not_kept_and_dossiers_stopped_are_not_in_the_thread(cast, officer, words, funded):
    ContributionFactory(contract=cast.contract, state="set_aside", reason="Privé")
    fund(cast, state="withdrawn", number="2027-002")
    words.state, words.reason = "set_aside", "Le terrain est privé."
    words.save()
    (strand,) = strands(officer, cast)
    assert strand.counts == Counts(0, 1, 1, 0)


def test_whoever_is_tied_to_the_applicant_learns_nothing_before_the_letter_b2_5(cast, officer, words):
    """B2.5: the thread never says a decision that the page of the dossier keeps."""
    decided = fund(cast, state="decided")
    InterestFactory(user=officer, organisation=cast.applicant)

    def awarded():
        del officer._standing
        return [act.awarded_amount for strand in strands(officer, cast) for act in strand.acts]

    standing(officer, TODAY)
    assert awarded() == [0]
    decided.state = "notified"
    decided.save()
    assert awarded() == [3_000]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(1, 1, 1, 1), []),
        (Counts(0, 1, 1, 1), ["des actions, sans parole d'habitant"]),
        (Counts(1, 0, 0, 0), ["aucune action proposée"]),
        (Counts(1, 2, 0, 0), ["aucune action financée pour l'instant"]),
        (Counts(1, 1, 1, 0), ["rien n'a été rendu aux habitants"]),
    ],
)
def test_what_is_broken_is_said_in_words(counts, said):
    assert list(breaks_of(counts)) == said


def test_every_kind_of_break_is_listed_with_what_mends_it_con_5(client, cast, officer, words, funded):
    """C4 test 9: a contribution without an answer is on the page."""
    ContributionFactory(contract=cast.contract, text="Et le stade ?")
    ContributionFactory(contract=cast.contract, text="Des bancs", state="kept")
    ObjectiveFactory(contract=cast.contract, level="priority", label="Priorité nue")
    ObjectiveFactory(contract=cast.contract, label="Sans rien")
    lonely = ObjectiveFactory(contract=cast.contract, label="Sans parole")
    fund(cast, number="2027-002", title="Sans mots").objectives.set([lonely])
    client.force_login(officer)

    page = client.get(reverse("thread:broken", args=[cast.contract.slug])).content.decode()

    for said in ("Et le stade ?", "Des bancs", "Priorité nue", "Sans rien", "Sans mots",
                 "rien n'a été rendu aux habitants"):  # fmt: skip
        assert said in page.replace("&#x27;", "'"), said


def test_what_was_told_is_noted_once_and_about_something(cast, officer, funded):
    assert tell(cast, officer, application=funded) == tell(cast, officer, application=funded)
    with pytest.raises(Refusal, match="quel objectif"):
        tell(cast, officer, text="Autre")
    with pytest.raises(Refusal, match="à venir"):
        tell(cast, officer, objective=cast.objective, told_on=TODAY + timedelta(days=1))
    assert Feedback.objects.count() == 1


def test_only_the_gip_tells_back_and_photographs(cast, reader, funded):
    with pytest.raises(PermissionDenied, match="GIP"):
        tell(cast, reader, application=funded)
    with pytest.raises(PermissionDenied, match="GIP"):
        actions.take_snapshot(cast.contract, actor=reader, moment="mid_term", now=NOW)


def test_a_photograph_does_not_change_with_the_thread(cast, officer, words, funded):
    taken = actions.take_snapshot(cast.contract, actor=officer, moment="mid_term", now=NOW)
    words.delete()
    again = actions.take_snapshot(cast.contract, actor=officer, moment="mid_term", now=NOW)

    assert taken == again
    (row,) = Snapshot.objects.get().rows
    assert (row["words"], row["funded"], row["awarded"]) == (1, 1, "3000.00")


# In public ----------------------------------------------------------------------------------------


def read(client, name, *args):
    answer = client.get(reverse(f"public_thread:{name}", args=args))
    return answer.content.decode().replace("&#x27;", "'")


def test_a_neighbourhood_reads_what_it_said_what_was_decided_what_it_gave_con_8(
    client, cast, officer, words, funded
):
    tell(cast, officer, application=funded)

    page = read(client, "place", cast.qpv.code)

    for said in ("Vous avez dit", "De l'ombre sur la place", "3 000 €", "Quatre arbres plantés"):
        assert said in page.replace("\xa0", " "), said
    assert "Mme Roux" not in page


def test_nothing_unread_unanswered_or_still_in_preparation_is_public_con_7(client, cast, words):
    ContributionFactory(contract=cast.contract, neighbourhood=cast.qpv, text="Brut", state="kept")
    ContributionFactory(
        contract=cast.contract, neighbourhood=cast.qpv, public_text="Sans réponse", reviewed_on=TODAY
    )
    page = read(client, "place", cast.qpv.code)
    assert "Brut" not in page
    assert "Sans réponse" not in page


@pytest.mark.parametrize("state", ["submitted", "decided", "validated"])
def test_an_action_is_public_once_its_applicant_has_the_letter_b2_5(client, cast, words, state):
    application = fund(cast, state=state)
    assert application.title not in read(client, "place", cast.qpv.code)
    assert client.get(reverse("public_thread:action", args=[application.pk])).status_code == 404


def test_a_refused_dossier_is_nobodys_news(client, cast, words):
    application = fund(cast, outcome="rejected", title="Action refusée")
    assert "Action refusée" not in read(client, "place", cast.qpv.code)
    assert "Non" not in read(client, "action", application.pk).split("<main")[1].split("</main")[0]


def test_one_sentence_forward_and_back_without_an_account(client, cast, words, funded):
    page = read(client, "words", words.pk)
    assert reverse("public_thread:action", args=[funded.pk]) in page
    page = read(client, "action", funded.pk)
    assert reverse("public_thread:words", args=[words.pk]) in page


def test_what_is_not_kept_is_public_with_its_reason_con_5(client, cast):
    ContributionFactory(
        contract=cast.contract, neighbourhood=cast.qpv, public_text="Une piscine", reviewed_on=TODAY,
        state="set_aside", reason="Trop cher pour la commune.",
    )  # fmt: skip
    page = read(client, "place", cast.qpv.code)
    assert "Une piscine" in page
    assert "Trop cher pour la commune." in page


def test_published_words_leave_as_a_table_no_spreadsheet_runs_con_8(client, cast, words):
    words.public_text = "=HYPERLINK(1)"
    words.save()
    answer = client.get(reverse("public_thread:words_file", args=[cast.qpv.code]))

    header, line = csv.reader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";")
    told = dict(zip(header, line, strict=True))
    assert told["parole"] == "'=HYPERLINK(1)"
    assert told["objectif"] == cast.objective.label
    assert "Roux" not in answer.content.decode()


def test_the_next_gatherings_are_told_where_one_may_come(client, cast):
    told = {"consultation__contract": cast.contract, "neighbourhood": cast.qpv, "place": "Sous la halle"}
    GatheringFactory(**told, consultation__state="published", held_on=localdate(), title="Café du quartier")
    GatheringFactory(**told, held_on=localdate(), title="Encore secret")
    GatheringFactory(
        **told, consultation__state="published", held_on=localdate() - timedelta(days=1), title="Hier"
    )
    page = read(client, "place", cast.qpv.code)

    assert cast.qpv.code in read(client, "index")
    assert "Café du quartier" in page
    assert "Sous la halle" in page
    assert "Encore secret" not in page
    assert "Hier" not in page


def test_what_was_told_to_another_neighbourhood_is_not_on_this_page(client, cast, officer, words):
    tell(cast, officer, objective=cast.objective, text="Dit ailleurs", neighbourhood=NeighbourhoodFactory())
    tell(cast, officer, objective=cast.objective, text="Dit partout")
    page = read(client, "place", cast.qpv.code)
    assert "Dit partout" in page
    assert "Dit ailleurs" not in page


def test_hostile_words_are_shown_as_words_on_the_page_and_on_the_poster(client, cast, words):
    words.public_text = '<script>alert(1)</script> #set page(fill: red) "}'
    words.save()
    assert "<script>alert(1)" not in read(client, "place", cast.qpv.code)
    assert client.get(reverse("public_thread:poster", args=[cast.qpv.code])).content.startswith(b"%PDF")


def test_a_page_shows_twenty_words_of_an_objective_and_counts_the_others(client, cast):
    for _ in range(22):
        one = ContributionFactory(
            contract=cast.contract,
            neighbourhood=cast.qpv,
            public_text="Mots",
            reviewed_on=TODAY,
            state="kept",
        )
        ObjectiveLink.objects.create(
            contribution=one, objective=cast.objective, reason="Vert", linked_on=TODAY
        )
    page = read(client, "place", cast.qpv.code)
    assert page.count("« Mots »") == 20
    assert "et 2 autres" in page


def test_a_neighbourhood_of_no_contract_has_no_page(client, cast):
    other = NeighbourhoodFactory()
    for name in ("place", "poster"):
        assert client.get(reverse(f"public_thread:{name}", args=[other.code])).status_code == 404


def test_the_poster_is_one_tagged_a3_page_con_8(client, cast, officer, words, funded):
    tell(cast, officer, application=funded)
    answer = client.get(reverse("public_thread:poster", args=[cast.qpv.code]))

    pdf = pikepdf.open(BytesIO(answer.content))
    assert len(pdf.pages) == 1
    assert [round(float(side)) for side in pdf.pages[0].MediaBox[2:]] == [1191, 842]
    assert bool(pdf.Root.MarkInfo.Marked)


def test_a_poster_of_many_words_stays_on_one_page(client, cast, officer, funded):
    for number in range(12):
        objective = ObjectiveFactory(contract=cast.contract, label=f"Un objectif assez long numéro {number}")
        for _ in range(5):
            made = ContributionFactory(
                contract=cast.contract, public_text="Des mots " * 12, reviewed_on=TODAY, state="kept",
                neighbourhood=cast.qpv,
            )  # fmt: skip
            ObjectiveLink.objects.create(
                contribution=made, objective=objective, reason="Vert", linked_on=TODAY
            )
    answer = client.get(reverse("public_thread:poster", args=[cast.qpv.code]))
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_the_thread_cost_the_same_however_long_it_is(
    client, cast, officer, words, funded, django_assert_max_num_queries, count
):
    for number in range(count):
        objective = ObjectiveFactory(contract=cast.contract)
        made = ContributionFactory(
            contract=cast.contract,
            public_text="Mots",
            reviewed_on=TODAY,
            state="kept",
            neighbourhood=cast.qpv,
        )
        ObjectiveLink.objects.create(contribution=made, objective=objective, reason="Vert", linked_on=TODAY)
        application = fund(cast, number=f"2027-1{number:02d}")
        application.objectives.set([objective])
        tell(cast, officer, objective=objective, text=f"Dit {number}")
        actions.take_snapshot(
            cast.contract, actor=officer, moment=("signature", "end", "other")[number], now=NOW
        )
    client.force_login(officer)
    slug = cast.contract.slug
    for name in ("thread:show", "thread:feedback", "thread:snapshots"):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name, args=[slug])).status_code == 200
    with django_assert_max_num_queries(15):
        client.get(reverse("thread:broken", args=[slug]))
    for name, pk in (("thread:words", words.pk), ("thread:action", funded.pk)):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(name, args=[pk])).status_code == 200
    client.logout()
    for name, key in (("place", cast.qpv.code), ("words", words.pk), ("action", funded.pk)):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(f"public_thread:{name}", args=[key])).status_code == 200
