"""A funder in its own column: one act, many dossiers, line by line (PRG-10)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.awards.actions import (
    Act,
    RowTyped,
    decide,
    decide_many,
    finalise_column,
    put_on_waiting_list,
    reopen_column,
)
from faubourg.awards.models import FinalColumn, FundingDecision, WaitingRequest
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW, TODAY, asked_of, grant, reject
from tests.awards.test_programme import words
from tests.factories import InterestFactory

pytestmark = pytest.mark.django_db
ACT = Act("resolution", "2027-41", TODAY, "article 6574", "Crédits épuisés")


@pytest.fixture
def asked(cast, dossier):
    """Three dossiers ask 5 000 € each from the State, which has 10 000 €."""
    cast.state_envelope.amount = 10_000
    cast.state_envelope.save()
    return [asked_of(dossier(county=None), cast.state_envelope) for _ in range(3)]


def write(cast, actor, asked, *texts, **options):
    typed = {one.pk: RowTyped(text) for one, text in zip(asked, texts, strict=True)}
    return decide_many(cast.state_envelope, ACT, typed, actor=actor, now=NOW, **options)


def test_one_act_grants_refuses_and_leaves_for_later(cast, asked, state_decider):
    results = write(cast, state_decider, asked, "4 500", "0", "")

    assert [one.told for one in results] == ["accordé : 4\u00a0500\u00a0€", "refusé"]
    granted, refused = FundingDecision.objects.order_by("funding_request_id")
    assert (granted.awarded_amount, granted.get_act_kind_display(), granted.act_number) == (
        4500, "Délibération", "2027-41",
    )  # fmt: skip
    assert (granted.charged_to, granted.covers_from) == ("article 6574", asked[0].application.starts_on)
    assert (refused.outcome, refused.reason) == ("rejected", "Crédits épuisés")


def test_the_envelope_is_spent_line_after_line_and_the_one_too_many_says_so(cast, asked, state_decider):
    results = write(cast, state_decider, asked, "5000", "5000", "0,01")
    assert [bool(one.problem) for one in results] == [False, False, True]
    assert "Il reste 0" in results[2].problem
    assert FundingDecision.objects.count() == 2


def test_all_or_nothing_leaves_everything_as_it_was(cast, asked, state_decider):
    results = write(cast, state_decider, asked, "5000", "5000", "0,01", all_or_nothing=True)
    assert [bool(one.problem) for one in results] == [False, False, True]
    assert not FundingDecision.objects.exists()
    assert not Entry.objects.filter(verb="awards.decide").exists()


def test_a_preview_says_what_would_happen_and_changes_nothing(cast, asked, state_decider):
    results = write(cast, state_decider, asked, "5000", "3 000 L", "9000", dry=True)
    assert results[0].told.startswith("accordé")
    assert results[1].told.startswith("liste complémentaire")
    assert "dépasse la demande" in results[2].problem
    assert not FundingDecision.objects.exists()
    assert not WaitingRequest.objects.exists()


def test_beyond_the_envelope_a_dossier_goes_to_the_waiting_list(cast, asked, state_decider):
    """PRG-9: refusal or the waiting list."""
    write(cast, state_decider, asked, "5000", "5000", "4 000 L")
    assert [(one.funding_request, one.amount) for one in WaitingRequest.objects.all()] == [(asked[2], 4000)]


def test_nobody_writes_in_the_column_of_another(cast, asked, officer, county_decider, state_officer):
    for person in (officer, county_decider, state_officer):
        with pytest.raises(PermissionDenied, match="appartient à État"):
            write(cast, person, asked, "1", "1", "1")


def test_a_line_one_is_tied_to_is_refused_and_the_others_pass(cast, asked, state_decider):
    InterestFactory(user=state_decider, organisation=cast.applicant)
    results = write(cast, state_decider, asked, "1", "1", "1")
    assert all("déport" in one.problem for one in results)


def test_what_a_colleague_decided_meanwhile_is_told_at_its_line_and_not_overwritten(
    client, cast, asked, state_decider
):
    """Two deciders at once, a stale page."""
    other = cast.seat("funder_decider", cast.state, name="Autre Décideur")
    decide(asked[0], actor=other, ruling=grant(1000), version=0, now=NOW)
    client.force_login(state_decider)
    page = client.post(column(cast), form(asked, "2000", "3000", "", save="1"))
    assert "Autre Décideur a enregistré entre-temps" in words(page)
    assert 'value="2000"' in page.content.decode()
    assert {one.awarded_amount for one in FundingDecision.objects.all()} == {1000, 3000}


def column(cast):
    return reverse("awards:decide_many", args=[cast.call.pk, cast.state_envelope.pk])


def form(asked, *texts, **more):
    data = {
        "act_kind": "resolution",
        "act_number": "2027-41",
        "decided_on": "2026-11-01",
        "all_or_nothing": "non",
    }
    for one, text in zip(asked, texts, strict=True):
        data |= {f"amount-{one.pk}": text, f"reason-{one.pk}": "", f"version-{one.pk}": "0"}
    return data | more


def test_the_page_previews_then_records(client, cast, asked, state_decider):
    client.force_login(state_decider)
    seen = words(client.post(column(cast), form(asked, "4 500", "beaucoup", "", preview="1")))
    assert "accordé : 4 500 €" in seen
    assert "n'est pas un montant" in seen.replace("&#x27;", "'")
    assert not FundingDecision.objects.exists()

    answer = client.post(column(cast), form(asked, "4 500", "", "", save="1"))
    assert answer.url == reverse("awards:programme", args=[cast.call.pk])
    assert FundingDecision.objects.get().awarded_amount == 4500


def test_the_same_page_sent_twice_decides_once(client, cast, asked, state_decider):
    client.force_login(state_decider)
    for _ in range(2):
        client.post(column(cast), form(asked, "4 500", "", "", save="1"))
    assert FundingDecision.objects.get().version == 1


def test_a_refusal_without_a_reason_is_refused_at_its_line(client, cast, asked, state_decider):
    client.force_login(state_decider)
    page = words(client.post(column(cast), form(asked, "0", "", "", save="1")))
    assert "Écrivez le motif du refus" in page
    assert "Rien n&#x27;a été enregistré" in page


def test_a_column_is_final_when_nothing_is_owed_and_then_moves_no_more(cast, asked, state_decider):
    with pytest.raises(Refusal, match="Il reste 3 dossiers sans décision"):
        finalise_column(cast.state_envelope, actor=state_decider, now=NOW)
    write(cast, state_decider, asked, "1000", "1000", "0")
    finalise_column(cast.state_envelope, actor=state_decider, now=NOW)
    finalise_column(cast.state_envelope, actor=state_decider, now=NOW)
    assert Entry.objects.filter(verb="awards.finalise_column", contract_id=cast.contract.pk).count() == 1

    with pytest.raises(Refusal, match="rouvrez-la"):
        decide(asked[0], actor=state_decider, ruling=grant(2000), version=1, now=NOW)
    with pytest.raises(Refusal, match="rouvrez-la"):
        write(cast, state_decider, asked, "1", "1", "1")
    reopen_column(cast.state_envelope, actor=state_decider, now=NOW)
    decide(asked[0], actor=state_decider, ruling=grant(2000), version=1, now=NOW)


def test_a_column_reopens_until_the_steering_committee_has_validated_all_of_it(cast, asked, state_decider):
    write(cast, state_decider, asked, "1000", "1000", "0")
    finalise_column(cast.state_envelope, actor=state_decider, now=NOW)
    for one in asked[:2]:
        one.application.state = "validated"
        one.application.save()
    reopen_column(cast.state_envelope, actor=state_decider, now=NOW)  # one dossier is still open
    finalise_column(cast.state_envelope, actor=state_decider, now=NOW)
    asked[2].application.state = "validated"
    asked[2].application.save()
    with pytest.raises(Refusal, match="a validé tous les dossiers"):
        reopen_column(cast.state_envelope, actor=state_decider, now=NOW)
    assert FinalColumn.objects.exists()


def test_the_gip_sees_in_the_table_which_columns_are_final(client, cast, asked, officer, state_decider):
    for one in asked:
        decide(one, actor=state_decider, ruling=reject(), version=0, now=NOW)
    client.force_login(state_decider)
    client.post(reverse("awards:finalise_column", args=[cast.call.pk, cast.state_envelope.pk]))
    client.force_login(officer)
    assert "définitive le" in words(client.get(reverse("awards:programme", args=[cast.call.pk])))


def test_whoever_waits_and_is_granted_leaves_the_waiting_list(cast, asked, state_decider):
    put_on_waiting_list(asked[0], actor=state_decider, amount=100, now=NOW)
    write(cast, state_decider, asked, "100", "", "")
    assert not WaitingRequest.objects.exists()


def test_the_column_costs_the_same_however_many_dossiers(client, cast, dossier, state_decider, cost_of):
    client.force_login(state_decider)
    dossier()
    one = cost_of(column(cast))
    dossier()
    dossier()
    assert cost_of(column(cast)) == one <= 12
