"""The steering committee on the live screen (PRG-6, GOV-2, GOV-3): a block and its exceptions."""

import pytest
from django.urls import reverse

from faubourg.awards.actions import present_programme
from faubourg.governance.actions import agenda, attendance, live, meetings
from faubourg.governance.models import Decision, ItemNotes, MeetingRecord
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW
from tests.factories import BodyFactory, ContractFactory, InterestFactory, MeetingFactory

pytestmark = pytest.mark.django_db
QUIET = {"X-Autosave": "1"}


@pytest.fixture
def block(cast, copil, officer):
    return present_programme(cast.call, copil, actor=officer, now=NOW)


@pytest.fixture
def point(copil, officer):
    return agenda.add_item(copil, actor=officer, title="Note de cadrage 2028", now=NOW)


def address(item, name="awards:programme_item"):
    return reverse(name, args=[item.meeting_id, item.pk])


def test_gov_3_the_programming_of_a_call_is_one_point_of_a_steering_committee_once(cast, copil, officer):
    assert present_programme(cast.call, copil, actor=officer, now=NOW) == present_programme(
        cast.call, copil, actor=officer, now=NOW
    )
    assert copil.agenda.get().kind == "programme"
    for body in (
        BodyFactory(kind="programming", contracts=[cast.contract]),
        BodyFactory(kind="steering", contracts=[ContractFactory()]),
    ):
        with pytest.raises(Refusal):
            present_programme(cast.call, MeetingFactory(body=body), actor=officer, now=NOW)


def test_prg_6_the_block_is_validated_from_the_screen_but_for_what_has_a_reason(
    client, dossier, block, officer
):
    first, second = dossier(state="decided", title="Première"), dossier(state="decided", title="Seconde")
    client.force_login(officer)
    page = client.get(address(block)).content.decode()
    assert "Première" in page
    assert "Seconde" in page
    sent = {
        "version": 0, "presented": [first.pk, second.pk], f"reason-{second.pk}": "budget à revoir",
        f"reason-{first.pk}": "",
    }  # fmt: skip
    client.post(address(block, "awards:validate_programme"), sent)
    decision = Decision.objects.get()
    assert decision.text.endswith("sauf : 2027-002 Seconde (budget à revoir).")
    for one, state in ((first, "validated"), (second, "decided")):
        one.refresh_from_db()
        assert one.state == state


def test_b2_5_who_goes_out_for_a_dossier_is_told_on_the_spot_and_stands_in_the_decision(
    client, dossier, block, officer
):
    one, other = dossier(state="decided"), dossier(state="decided")
    client.force_login(officer)
    sent = {"version": 0, f"away-{one.pk}": "Jean Roux, trésorier", f"away-{other.pk}": " "}
    client.post(address(block, "appraisal:save_point"), sent, headers=QUIET)
    assert 'value="Jean Roux, trésorier"' in client.get(address(block)).content.decode()
    sent |= {"version": 1, "presented": [one.pk, other.pk]}
    client.post(address(block, "awards:validate_programme"), sent)
    assert Decision.objects.get().text.endswith("Déports notés : Jean Roux, trésorier (pour 2027-001).")


def test_prg_6_a_dossier_decided_since_the_screen_was_shown_is_not_validated_unseen(
    client, dossier, block, officer
):
    shown, unseen = dossier(state="decided"), dossier(state="decided")
    client.force_login(officer)
    client.post(address(block, "awards:validate_programme"), {"version": 0, "presented": [shown.pk]})
    unseen.refresh_from_db()
    assert unseen.state == "decided"


def test_prg_6_reasons_are_kept_as_they_are_typed_before_anything_is_validated(
    client, dossier, block, officer
):
    one = dossier(state="decided")
    client.force_login(officer)
    sent = {"version": 0, f"reason-{one.pk}": "à revoir", "reason-x": "?", "summary": "Dit"}
    answer = client.post(address(block, "appraisal:save_point"), sent, headers=QUIET)
    assert answer.json()["version"] == 1
    assert ItemNotes.objects.get().words == {f"reason-{one.pk}": "à revoir", "summary": "Dit"}
    assert 'value="à revoir"' in client.get(address(block)).content.decode()
    assert not Decision.objects.exists()


def test_two_note_takers_on_a_point_overwrite_nothing(client, point, officer, director):
    live.save_item_notes(point, actor=director, version=0, words={"summary": "De Claire"}, now=NOW)
    client.force_login(officer)
    sent = {"version": 0, "summary": "D'Omar"}
    told = client.post(address(point, "appraisal:save_point"), sent, headers=QUIET)
    assert (told.status_code, told.json()["current"]) == (409, {"summary": "De Claire"})
    page = client.post(address(point, "appraisal:save_point"), sent | {"then": "stay"})
    assert page.status_code == 409
    assert "De Claire" in page.content.decode()
    assert "D&#x27;Omar" in page.content.decode()
    assert ItemNotes.objects.get().words == {"summary": "De Claire"}


def test_gov_2_the_screen_goes_from_point_to_point_and_the_minutes_keep_what_was_said(
    client, copil, point, block, officer
):
    client.force_login(officer)
    client.post(reverse("appraisal:live", args=[copil.pk]))
    sent = {"version": 0, "summary": "Adoptée sans réserve", "then": f"item-{block.pk}"}
    answer = client.post(address(point, "appraisal:save_point"), sent, follow=True)
    assert answer.redirect_chain[-1][0] == address(block)
    assert Entry.objects.filter(verb="governance.record_item_notes").count() == 1
    projected = client.get(reverse("appraisal:projection", args=[copil.pk])).content.decode()
    assert "Programmation ·" in projected
    copil.refresh_from_db()
    meetings.close(copil, actor=officer, now=NOW)
    assert MeetingRecord.objects.get().words["points"][0]["synthese"] == "Adoptée sans réserve"


def test_gov_2_a_decision_taken_on_a_point_comes_back_to_it_with_its_votes(
    client, cast, copil, point, officer
):
    for name in ("A", "B", "C"):
        attendance.add_guest(copil, actor=officer, full_name=name, now=NOW)
    client.force_login(officer)
    form = f"{reverse('governance:record_decision', args=[copil.pk])}?point={point.pk}"
    assert form.replace("&", "&amp;") in client.get(address(point, "appraisal:live_item")).content.decode()
    sent = {"contract": cast.contract.pk, "text": "Adoptée", "manner": "vote", "in_favour": 3, "against": 0}
    assert "trois nombres" in client.post(form, sent).content.decode()
    assert "voix pour 3 personnes" in client.post(form, {**sent, "abstentions": 1}).content.decode()
    answer = client.post(form, {**sent, "abstentions": 0})
    assert answer.url == address(point, "appraisal:live_item")
    assert Decision.objects.get().said_how == "Vote : 3 pour, 0 contre, abstentions : 0."


def test_prg_7_who_is_tied_is_named_on_the_row_and_in_the_decision(
    client, cast, dossier, copil, block, officer, expert
):
    one = dossier(state="decided")
    InterestFactory(user=expert, organisation=cast.applicant)
    attendance.record_attendance(copil, actor=officer, present=[expert.pk], now=NOW)
    client.force_login(officer)
    assert "déport : Élise Experte" in client.get(address(block)).content.decode()
    client.post(address(block, "awards:validate_programme"), {"version": 0, "presented": [one.pk]})
    assert Decision.objects.get().text.endswith("Déports notés : Élise Experte.")


def test_prg_7_a_tied_note_taker_is_not_given_the_dossier(client, cast, dossier, block, officer):
    dossier(state="decided")
    InterestFactory(user=officer, organisation=cast.applicant)
    client.force_login(officer)
    page = client.get(address(block)).content.decode()
    assert "un collègue l'enregistre" in page
    assert "presented" not in page


def test_who_only_reads_does_not_hold_the_pen(client, point, block, expert):
    client.force_login(expert)
    assert client.get(address(point, "appraisal:live_item")).status_code == 403
    assert client.get(address(block)).status_code == 403
    assert client.post(address(block, "awards:validate_programme"), {}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_block_costs_the_same_however_many_dossiers(cost_of, client, dossier, block, officer, count):
    for _ in range(count):
        dossier(state="decided")
    client.force_login(officer)
    assert cost_of(address(block)) <= 18
