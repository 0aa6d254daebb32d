"""The committee examines, decides, answers; its money, its quorum, its record hold (FPH-4, FPH-2)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.fph.actions import close_session, decide, place_requests, plan_session, set_share, withdraw
from faubourg.fph.models import CommitteeSession, ExaminedRequest
from faubourg.fph.queries import money_of, money_told, waiting_requests
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.toolkit.refusal import Refusal
from tests.factories import (
    CommitteeMemberFactory,
    CommitteeSessionFactory,
    ExaminedRequestFactory,
    FundFactory,
    FundRulesFactory,
    FundShareFactory,
    ParameterFactory,
    RequestFactory,
    secret_of,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)


@pytest.fixture
def fund(cast, clock):
    clock(NOW)
    ParameterFactory(contract=cast.contract, code="fph.max_action", value=700)
    fund = FundFactory(contract=cast.contract)
    FundShareFactory(fund=fund, funder=cast.state, amount=1000)
    return fund


@pytest.fixture
def members(fund):
    return CommitteeMemberFactory.create_batch(3, fund=fund)


@pytest.fixture
def session(fund, members):
    return CommitteeSessionFactory(fund=fund, held_on=DAY, present=members)


def examine(session, **fields):
    request = RequestFactory(fund=session.fund, **fields)
    return ExaminedRequestFactory(session=session, request=request)


def grant(examined, officer, amount=300, **fields):
    said = {"outcome": "granted", "granted_amount": Decimal(amount), "reason": "", "aside": []} | fields
    decide(examined, actor=officer, now=NOW, **said)


def test_a_session_from_the_list_of_those_who_wait_to_the_answer_fph_4(
    client, cast, fund, members, officer, tmp_path
):
    kept = RequestFactory(fund=fund, contact__email="nadia@exemple.fr")
    turned_down = RequestFactory(fund=fund, title="Loto")
    client.force_login(officer)

    plan = {"held_on": "2026-12-01", "place": "Maison", "requests": [kept.pk, turned_down.pk]}
    client.post(reverse("fph:plan_session", args=[fund.pk]), plan)
    session = CommitteeSession.objects.get()
    client.post(reverse("fph:record_presence", args=[session.pk]), {"present": [one.pk for one in members]})
    first, second = session.examined.order_by("position")
    answer = client.post(
        reverse("fph:decide", args=[session.pk, first.pk]), {"outcome": "granted", "granted_amount": "250"}
    )
    assert answer.url == reverse("fph:decide", args=[session.pk, second.pk]) + "#decision"
    answer = client.post(
        reverse("fph:decide", args=[session.pk, second.pk]), {"outcome": "refused", "reason": "Le loto vend."}
    )
    assert answer.url == reverse("fph:session", args=[session.pk])
    assert "Loto" in client.get(answer.url).content.decode()
    client.post(reverse("fph:close_session", args=[session.pk]))

    kept.refresh_from_db()
    turned_down.refresh_from_db()
    assert (kept.state, kept.granted_amount, kept.decided_on) == ("granted", 250, DAY)
    assert (turned_down.state, turned_down.granted_amount) == ("refused", None)
    told = Message.objects.get(kind="fph.decision")
    assert told.recipient == "nadia@exemple.fr"
    assert "250" in told.body
    followed = client.get(reverse("fph:follow", args=[secret_of(turned_down)])).content.decode()
    assert "Le loto vend." in followed
    path = tmp_path / "minutes.pdf"
    path.write_bytes(client.get(reverse("fph:minutes", args=[session.pk])).content)
    with pikepdf.open(path) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_nothing_is_known_outside_before_the_closing_and_a_decision_is_mended_until_then(
    client, fund, session, officer
):
    examined = examine(session, contact__email="nadia@exemple.fr")
    grant(examined, officer, 300)
    grant(examined, officer, 200)

    request = examined.request
    request.refresh_from_db()
    assert request.state == "filed"
    assert not Message.objects.exists()
    assert money_of(fund).engaged == 200
    assert money_told(fund).engaged == 0
    assert "200,00" not in client.get(reverse("fph:fund", args=[fund.pk])).content.decode()
    assert "accordé" not in client.get(reverse("fph:follow", args=[secret_of(request)])).content.decode()


@pytest.mark.parametrize(("amount", "is_granted"), [("300.01", False), ("300", True), ("0", False)])
def test_no_more_than_what_is_asked_fph_4(session, officer, amount, is_granted):
    examined = examine(session, asked_amount=300)

    if is_granted:
        grant(examined, officer, amount)
    else:
        with pytest.raises(Refusal):
            grant(examined, officer, amount)

    assert ExaminedRequest.objects.filter(outcome="granted").exists() is is_granted


def test_no_more_than_the_maximum_of_the_day_of_the_session_fph_1(cast, session, officer):
    examined = examine(session, asked_amount=800)

    with pytest.raises(Refusal, match="au maximum"):
        grant(examined, officer, "700.01")
    grant(examined, officer, 700)


def test_two_sessions_at_once_never_give_more_than_the_fund_has_fph_2(fund, members, session, officer):
    other = CommitteeSessionFactory(fund=fund, held_on=date(2026, 11, 30), present=members)
    grant(examine(session, asked_amount=700), officer, 700)
    last = examine(other, asked_amount=700)

    with pytest.raises(Refusal, match="300"):
        grant(last, officer, "300.01")
    grant(last, officer, 300)

    assert money_of(fund).left == 0
    with pytest.raises(Refusal, match="déjà accordés"):
        set_share(fund, funder=fund.shares.get().funder, amount=Decimal(999), actor=officer, now=NOW)


def test_a_request_taken_back_gives_its_money_back_fph_2(fund, session, officer):
    examined = examine(session)
    grant(examined, officer, 300)
    close_session(session, actor=officer, now=NOW)
    assert money_of(fund).engaged == 300

    withdraw(examined.request, actor=None, now=NOW)

    assert money_of(fund).engaged == 0


@pytest.mark.parametrize("outcome", ["refused", "adjourned"])
def test_a_refusal_or_a_delay_says_why_beside_its_field_and_keeps_what_was_typed(
    client, session, members, officer, outcome
):
    examined = examine(session)
    client.force_login(officer)

    answer = client.post(
        reverse("fph:decide", args=[session.pk, examined.pk]), {"outcome": outcome, "aside": [members[0].pk]}
    )

    assert list(answer.context["form"].errors) == ["reason"]
    assert answer.context["form"]["aside"].value() == [str(members[0].pk)]
    assert not examined.aside.exists()


def test_whoever_is_tied_stands_aside_and_does_not_count_for_the_quorum_fph_4(
    fund, session, members, officer
):
    FundRulesFactory(contract=fund.contract, quorum=3)
    examined = examine(session)

    with pytest.raises(Refusal, match="2 votants sur 3"):
        grant(examined, officer, aside=[members[0]])
    grant(examined, officer)


def test_a_member_without_a_vote_does_not_make_the_quorum_fph_4(fund, session, members, officer):
    FundRulesFactory(contract=fund.contract, quorum=3)
    members[0].is_voting = False
    members[0].save()

    with pytest.raises(Refusal, match="2 votants sur 3"):
        grant(examine(session), officer)


def test_a_quorum_lost_since_is_seen_at_the_closing_fph_4(fund, session, members, officer):
    FundRulesFactory(contract=fund.contract, quorum=3)
    grant(examine(session), officer)
    session.present.remove(members[0])

    with pytest.raises(Refusal, match="Quorum pas atteint"):
        close_session(session, actor=officer, now=NOW)


def test_rules_without_a_quorum_warn_and_let_decide_fph_4(client, fund, session, members, officer):
    client.force_login(officer)
    session.present.set(members[:1])

    grant(examine(session), officer)

    page = client.get(reverse("fph:session", args=[session.pk])).content.decode()
    assert "quorum à confirmer" in page
    session.present.clear()
    with pytest.raises(Refusal, match="Personne ne peut voter"):
        grant(examine(session), officer)


def test_a_request_put_off_waits_again_and_whoever_asked_reads_why(client, fund, session, officer):
    examined = examine(session)
    decide(
        examined, outcome="adjourned", granted_amount=None, reason="Il manque un devis.", aside=[],
        actor=officer, now=NOW,
    )  # fmt: skip
    close_session(session, actor=officer, now=NOW)

    assert list(waiting_requests(fund)) == [examined.request]
    page = client.get(reverse("fph:follow", args=[secret_of(examined.request)])).content.decode()
    assert "Il manque un devis." in page


def test_a_request_is_before_one_session_at_a_time(fund, session, members, officer):
    examined = examine(session)

    other = plan_session(
        fund, held_on=date(2026, 12, 8), place="", requests=[examined.request], actor=officer, now=NOW
    )

    assert not other.examined.exists()


def test_a_session_closes_once_everything_is_said_and_changes_no_more(session, officer):
    done, left = examine(session), examine(session)
    grant(done, officer)
    with pytest.raises(Refusal, match=left.request.number):
        close_session(session, actor=officer, now=NOW)
    withdraw(left.request, actor=None, now=NOW)

    closed = close_session(session, actor=officer, now=NOW)

    assert closed.number == "FPH-2026-C01"
    for change in (
        lambda: grant(done, officer, 100),
        lambda: close_session(session, actor=officer, now=NOW),
        lambda: place_requests(session, requests=[], actor=officer, now=NOW),
    ):
        with pytest.raises(Refusal, match="ne change plus"):
            change()


def test_records_follow_each_other_in_the_order_of_the_closings(fund, members, session, officer):
    earlier = CommitteeSessionFactory(fund=fund, held_on=date(2026, 11, 10), present=members)
    for one in (session, earlier):
        grant(examine(one), officer)

    numbers = [close_session(one, actor=officer, now=NOW).number for one in (session, earlier)]

    assert numbers == ["FPH-2026-C01", "FPH-2026-C02"]


def test_nothing_is_decided_before_the_day(session, officer):
    examined = examine(session)

    with pytest.raises(Refusal, match="à partir de ce jour"):
        decide(
            examined, outcome="granted", granted_amount=Decimal(10), reason="", aside=[], actor=officer,
            now=NOW - timedelta(days=1),
        )  # fmt: skip


def test_only_the_gip_writes_and_the_committee_reads(client, session, officer, councillor):
    examined = examine(session)

    with pytest.raises(PermissionDenied):
        grant(examined, councillor)
    client.force_login(councillor)
    assert client.get(reverse("fph:session", args=[session.pk])).status_code == 200
    assert client.get(reverse("fph:decide", args=[session.pk, examined.pk])).status_code == 403


def test_the_journal_never_names_a_member(client, fund, officer):
    client.force_login(officer)
    client.post(
        reverse("fph:add_member", args=[fund.pk]),
        {"full_name": "Zoé Habitante", "kind": "resident", "is_voting": "on", "joined_on": "2026-11-01"},
    )

    page = client.get(reverse("fph:committee", args=[fund.pk])).content.decode()
    assert "Zoé Habitante" in page
    entry = Entry.objects.get(verb="fph.add_member")
    assert "Zoé" not in f"{entry.subject} {entry.changes}"


def test_a_member_who_left_is_no_longer_offered_after_her_last_day(client, fund, members, session, officer):
    client.force_login(officer)
    client.post(reverse("fph:end_member", args=[members[0].pk]), {"left_on": "2026-11-30"})
    client.post(reverse("fph:end_member", args=[members[1].pk]), {"left_on": "2026-12-01"})

    page = client.get(reverse("fph:record_presence", args=[session.pk])).content.decode()

    assert members[0].full_name not in page
    assert members[1].full_name in page


def test_a_member_with_the_name_of_who_asks_is_asked_whether_she_stands_aside(
    client, session, members, officer
):
    members[0].full_name = "Nadia REFERENTE"
    members[0].save()
    examined = examine(session)
    client.force_login(officer)

    page = client.get(reverse("fph:decide", args=[session.pk, examined.pk])).content.decode()

    assert "Un déport ?" in page


def test_the_page_of_the_fund_says_in_how_many_days_one_is_answered_fph_4(client, fund, session, officer):
    for days in (3, 8, 20):
        grant(examine(session, filed_at=NOW - timedelta(days=days), asked_amount=300), officer)
    address = reverse("fph:fund", args=[fund.pk])
    assert "ont eu leur réponse" not in client.get(address).content.decode()

    close_session(session, actor=officer, now=NOW)

    assert "en 8 jours ou moins" in client.get(address).content.decode()


def test_a_session_cancelled_gives_its_requests_back(client, fund, session, officer):
    examined = examine(session)
    client.force_login(officer)
    grant(examined, officer)
    client.post(reverse("fph:cancel_session", args=[session.pk]))
    assert CommitteeSession.objects.get().state == "planned"

    client.post(reverse("fph:remove_request", args=[session.pk, examined.pk]))
    client.post(reverse("fph:cancel_session", args=[session.pk]))

    assert CommitteeSession.objects.get().state == "cancelled"
    assert list(waiting_requests(fund)) == [examined.request]


@pytest.mark.parametrize("count", [1, 3])
def test_a_session_costs_the_same_however_long(
    client, session, officer, count, django_assert_max_num_queries
):
    for _ in range(count):
        examine(session)
    client.force_login(officer)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("fph:session", args=[session.pk])).content.decode()

    assert page.count("Fête des voisins") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_committee_page_costs_the_same_however_long(
    client, fund, officer, count, django_assert_max_num_queries
):
    CommitteeMemberFactory.create_batch(count, fund=fund)
    CommitteeSessionFactory.create_batch(count, fund=fund)
    client.force_login(officer)

    with django_assert_max_num_queries(9):
        page = client.get(reverse("fph:committee", args=[fund.pk])).content.decode()

    assert page.count("Votante") == count * 2
