"""Opening, closing, postponing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from faubourg.calls import actions
from faubourg.calls.queries import open_calls
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import CallFactory, NeighbourhoodFactory

REASON = "Le conseil n'existe plus depuis 2022 ; trois cafés QPV ont porté sur l'appel."


def entry(verb):
    return Entry.objects.filter(verb=verb).latest("id")


def test_a_call_whose_councils_were_consulted_opens(draft, consulted, officer):
    """PRG-1."""
    actions.open(draft, actor=officer, now=NOW)

    draft.refresh_from_db()
    assert (draft.state, draft.opened_at, draft.exception_reason) == ("open", NOW, "")
    assert entry("calls.open").changes["state"] == ["draft", "open"]


def test_a_call_does_not_open_before_its_councils_were_consulted(draft, cast, officer):
    """PRG-1, l. 902: BLOQUE."""
    with pytest.raises(Refusal, match="pas encore consulté"):
        actions.open(draft, actor=officer, now=NOW)

    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize(("consulted_on", "opens"), [(date(2026, 12, 1), True), (date(2026, 12, 2), False)])
def test_the_council_is_consulted_on_the_day_of_opening_at_the_latest(
    draft, consulted, officer, consulted_on, opens
):
    consulted.consulted_on = consulted_on
    consulted.save()
    if opens:
        actions.open(draft, actor=officer, now=NOW)
    else:
        with pytest.raises(Refusal):
            actions.open(draft, actor=officer, now=NOW)


def test_without_an_active_council_the_director_opens_with_a_reason_that_is_published(
    draft, cast, director, client, signatory
):
    cast.council.status = "dormant"
    cast.council.save()

    actions.open(draft, actor=director, exception_reason=REASON, now=NOW)

    draft.refresh_from_db()
    assert (draft.exception_reason, draft.exception_by) == (REASON, director)
    assert entry("calls.open").changes["exception_reason"] == ["", REASON]
    client.force_login(signatory)
    page = client.get(f"/appels/{draft.pk}/").content.decode()
    assert "trois cafés QPV" in page
    assert "Claire Directrice" in page


def test_an_active_council_left_out_also_takes_the_directors_exception(draft, director):
    actions.open(draft, actor=director, exception_reason=REASON, now=NOW)

    assert draft.state == "open"


def test_an_officer_cannot_make_the_exception(draft, officer):
    with pytest.raises(PermissionDenied, match="direction du GIP"):
        actions.open(draft, actor=officer, exception_reason=REASON, now=NOW)

    draft.refresh_from_db()
    assert (draft.state, draft.exception_reason) == ("draft", "")


def test_a_reason_too_short_is_refused_at_its_field(draft, director):
    with pytest.raises(Refusal) as refusal:
        actions.open(draft, actor=director, exception_reason="Pas de conseil.", now=NOW)

    assert "20 caractères" in refusal.value.errors["exception_reason"][-1]


def test_a_reason_that_is_not_needed_is_not_published(draft, consulted, director):
    actions.open(draft, actor=director, exception_reason=REASON, now=NOW)

    assert draft.exception_reason == ""


def test_the_councils_of_every_neighbourhood_opened_count(draft, consulted, cast, officer):
    other = NeighbourhoodFactory(name="Centre")
    cast.contract.neighbourhoods.add(other)
    draft.neighbourhoods.add(other)

    with pytest.raises(Refusal, match="Centre : aucun conseil"):
        actions.open(draft, actor=officer, now=NOW)


def test_everything_missing_is_said_at_once_even_to_the_director(draft, director):
    draft.objectives.clear()
    draft.envelopes.all().delete()
    draft.contact = ""
    draft.save()

    with pytest.raises(Refusal) as refusal:
        actions.open(draft, actor=director, exception_reason=REASON, now=NOW)

    assert len(refusal.value.errors[""]) == 3


def test_a_call_opens_once(draft, consulted, officer):
    actions.open(draft, actor=officer, now=NOW)

    actions.open(draft, actor=officer, now=NOW + timedelta(seconds=5))

    draft.refresh_from_db()
    assert draft.opened_at == NOW
    assert Entry.objects.filter(verb="calls.open").count() == 1


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (datetime(2027, 1, 15, 22, 59, tzinfo=UTC), 1),  # 23:59 in Paris
        (datetime(2027, 1, 15, 23, 0, tzinfo=UTC), 0),  # midnight in Paris
    ],
)
def test_the_last_day_ends_at_midnight_in_paris(cast, now, count):
    assert open_calls(localdate(now)).count() == count


def test_a_call_closes_only_once_its_last_day_is_over(cast, officer):
    with pytest.raises(PermissionDenied, match="15 janvier 2027 inclus"):
        actions.close(cast.call, actor=officer, now=datetime(2027, 1, 15, 22, 59, tzinfo=UTC))

    actions.close(cast.call, actor=officer, now=datetime(2027, 1, 15, 23, 0, tzinfo=UTC))

    assert cast.call.state == "closed"
    assert entry("calls.close").changes["state"] == ["open", "closed"]


def test_an_open_call_is_given_more_time_with_a_published_reason(cast, officer, client, signatory):
    actions.postpone(
        cast.call, actor=officer, closes_on=date(2027, 1, 31), reason="Panne du guichet.", now=NOW
    )

    assert entry("calls.postpone").changes["closes_on"] == ["2027-01-15", "2027-01-31"]
    client.force_login(signatory)
    page = client.get(f"/appels/{cast.call.pk}/").content.decode()
    assert "Panne du guichet." in page
    assert "15 janvier 2027" in page


def test_a_second_postponement_keeps_the_first_date(cast, officer):
    for day in (date(2027, 1, 31), date(2027, 2, 10)):
        actions.postpone(cast.call, actor=officer, closes_on=day, reason="Neige.", now=NOW)

    assert (cast.call.first_closes_on, cast.call.closes_on) == (date(2027, 1, 15), date(2027, 2, 10))


@pytest.mark.parametrize(
    ("closes_on", "reason", "field"),
    [
        (date(2027, 1, 14), "Panne.", "closes_on"),
        (date(2027, 1, 15), "Panne.", "closes_on"),
        (date(2027, 1, 16), "  ", "reason"),
    ],
)
def test_an_open_call_is_never_shortened_nor_postponed_without_reason(
    cast, officer, closes_on, reason, field
):
    with pytest.raises(Refusal) as refusal:
        actions.postpone(cast.call, actor=officer, closes_on=closes_on, reason=reason, now=NOW)

    assert refusal.value.errors[field]
    cast.call.refresh_from_db()
    assert cast.call.closes_on == date(2027, 1, 15)


def test_a_call_that_is_over_is_not_postponed_into_the_past(cast, officer):
    with pytest.raises(Refusal, match="déjà passée"):
        actions.postpone(
            cast.call,
            actor=officer,
            closes_on=date(2027, 1, 20),
            reason="Neige.",
            now=datetime(2027, 1, 25, 9, tzinfo=UTC),
        )


def test_a_draft_is_not_postponed(officer, cast):
    draft = CallFactory(contract=cast.contract, state="draft")
    with pytest.raises(PermissionDenied, match="ouvert"):
        actions.postpone(draft, actor=officer, closes_on=date(2027, 3, 1), reason="Neige.", now=NOW)
