"""The note-taker's screen (PRG-6, PRG-7, B2.5): words kept as typed, nothing overwritten, who went out."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.appraisal import actions
from faubourg.appraisal.models import MentionedAmount, Opinion, Remark, SessionNotes, StandAside
from faubourg.appraisal.rules import read_mentioned
from faubourg.governance.actions import attendance as sheet
from faubourg.governance.actions import live as room
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW
from tests.factories import InterestFactory


@pytest.fixture
def tabled(desk):
    return desk.tabled()


@pytest.fixture
def guest(tabled, officer):
    return sheet.add_guest(
        tabled.item.meeting, actor=officer, full_name="Jean Roux", on_behalf_of="Mairie", now=NOW
    )


def save(tabled, actor, version=0, amounts=None, **words):
    return actions.save_notes(
        tabled, actor=actor, version=version, words=words, amounts=amounts or {}, now=NOW
    )


def urls(tabled, name, *more):
    return reverse(f"appraisal:{name}", args=[tabled.item.meeting_id, tabled.pk, *more])


def test_what_is_typed_is_kept_before_any_opinion_is_given(tabled, officer):
    notes = save(tabled, officer, summary="Utile", stance="reserved")
    assert (notes.version, notes.summary, notes.stance) == (1, "Utile", "reserved")
    assert not Opinion.objects.exists()


def test_leaving_the_item_gives_the_opinion_once_and_writes_it_in_the_journal(tabled, officer):
    save(tabled, officer, summary="Utile", stance="reserved", conditions="Un budget")
    assert actions.record_notes(tabled, actor=officer, now=NOW) == []
    assert actions.record_notes(tabled, actor=officer, now=NOW) == []
    opinion = Opinion.objects.get()
    assert (opinion.stance, opinion.summary, opinion.conditions) == ("reserved", "Utile", "Un budget")
    assert Entry.objects.filter(verb="appraisal.give_opinion").count() == 1
    tabled.application.refresh_from_db()
    assert tabled.application.state == "reviewed"


def test_an_opinion_without_its_synthesis_waits_and_says_so(tabled, officer):
    save(tabled, officer, stance="favourable")
    assert actions.record_notes(tabled, actor=officer, now=NOW) == [
        "Écrivez la synthèse : les financeurs la liront."
    ]
    assert not Opinion.objects.exists()


def test_a_stale_tab_overwrites_nothing_and_sees_the_other_text(tabled, officer, director):
    save(tabled, officer, summary="Le texte d'Omar")
    with pytest.raises(actions.NotesSavedMeanwhile, match="Omar Chargé") as clash:
        save(tabled, director, summary="Le texte de Claire")
    assert clash.value.current.summary == "Le texte d'Omar"
    assert SessionNotes.objects.get().summary == "Le texte d'Omar"


def test_the_same_words_sent_twice_are_kept_once(tabled, officer, cast):
    sent = {"summary": "Utile", "amounts": {cast.state_envelope.pk: "4 500"}}
    save(tabled, officer, **sent)
    assert save(tabled, officer, **sent).version == 1
    with pytest.raises(actions.NotesSavedMeanwhile):
        save(tabled, officer, summary="Utile", amounts={cast.state_envelope.pk: "4 501"})


def test_an_opinion_corrected_elsewhere_makes_the_open_screen_stale(tabled, officer, desk):
    save(tabled, officer, summary="Début", stance="reserved")
    desk.spoken(tabled)
    with pytest.raises(actions.NotesSavedMeanwhile):
        save(tabled, officer, version=1, summary="Suite")


@pytest.mark.parametrize(("typed", "kept"), [("5 000", Decimal(5_000)), ("", None), ("0", Decimal(0))])
def test_an_amount_mentioned_is_at_most_what_is_asked(typed, kept):
    assert read_mentioned(typed, Decimal(5_000)) == kept


@pytest.mark.parametrize("typed", ["5 000,01", "cinq mille", "-1"])
def test_an_amount_that_cannot_stand_says_why(typed):
    assert isinstance(read_mentioned(typed, Decimal(5_000)), str)


def test_a_wrong_amount_is_kept_as_typed_beside_its_sentence_and_the_rest_is_saved(
    client, tabled, officer, cast
):
    save(tabled, officer, summary="Utile", amounts={cast.state_envelope.pk: "5 000,01"})
    assert not MentionedAmount.objects.exists()
    client.force_login(officer)
    page = client.get(reverse("appraisal:live_item", args=[tabled.item.meeting_id, tabled.item_id]))
    assert "dépasse le montant demandé" in page.content.decode()
    assert 'value="5 000,01"' in page.content.decode()
    notes = save(tabled, officer, version=1, amounts={cast.state_envelope.pk: "4 500,50"}, summary="Utile")
    assert notes.pending_amounts == {}
    assert MentionedAmount.objects.get().amount == Decimal("4500.50")


def test_amounts_mentioned_decide_nothing(tabled, officer, cast):
    """PRG-9: neither a proposal nor a decision changes."""
    before = tabled.application.funding_requests.get().requested_amount
    save(tabled, officer, amounts={cast.state_envelope.pk: "100"})
    actions.record_notes(tabled, actor=officer, now=NOW)
    assert tabled.application.funding_requests.get().requested_amount == before


def test_who_spoke_and_for_whom_is_kept(tabled, officer, guest):
    save(tabled, officer, remark_speaker=str(guest.pk), remark_text="Bravo")
    actions.record_notes(tabled, actor=officer, now=NOW)
    remark = Remark.objects.get()
    assert (remark.speaker, remark.on_behalf_of, remark.text) == ("Jean Roux", "Mairie", "Bravo")
    assert SessionNotes.objects.get().remark_text == ""


def test_a_remark_without_a_speaker_waits(tabled, officer):
    save(tabled, officer, remark_text="Bravo")
    assert actions.record_notes(tabled, actor=officer, now=NOW) == ["Dites qui a fait la remarque en cours."]
    assert SessionNotes.objects.get().remark_text == "Bravo"


@pytest.mark.parametrize("speaker", ["99999999999999999999", "x", "0"])
def test_an_unknown_speaker_is_nobody(tabled, officer, speaker):
    save(tabled, officer, remark_speaker=speaker, remark_text="Bravo")
    actions.record_notes(tabled, actor=officer, now=NOW)
    assert not Remark.objects.exists()


def test_a_remark_is_taken_back_to_be_corrected(tabled, officer, guest):
    save(tabled, officer, remark_speaker=str(guest.pk), remark_text="Brava")
    actions.record_notes(tabled, actor=officer, now=NOW)
    actions.withdraw_remark(Remark.objects.get(), actor=officer, now=NOW)
    assert SessionNotes.objects.get().remark_text == "Brava"
    assert not Remark.objects.exists()


def test_a_remark_written_before_the_session_is_told_apart_and_names_whom_one_speaks_for(desk, state_officer):
    tabled = actions.table(desk.appraised(), desk.committee(), actor=desk.officer, now=NOW)
    actions.remark(tabled, actor=state_officer, speaker="", text="Attention au calendrier", now=NOW)
    remark = Remark.objects.get()
    assert (remark.is_prepared, remark.on_behalf_of) == (True, "État")


def test_notes_are_taken_in_session_only(desk, officer):
    tabled = actions.table(desk.appraised(), desk.committee(), actor=officer, now=NOW)
    with pytest.raises(Refusal, match="ouvrez d'abord"):
        save(tabled, officer)


def test_a_closed_record_takes_no_more_notes(tabled, officer, desk):
    desk.spoken(tabled)
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    with pytest.raises(Refusal, match="close"):
        save(tabled, officer, summary="Trop tard")


def test_a_withdrawn_dossier_takes_no_notes_and_its_page_says_so(client, tabled, officer):
    """A fault of issue 3: a withdrawn dossier in the agenda."""
    tabled.application.state = "withdrawn"
    tabled.application.save()
    with pytest.raises(Refusal, match="a retiré ce dossier"):
        save(tabled, officer)
    client.force_login(officer)
    page = client.get(reverse("appraisal:live_item", args=[tabled.item.meeting_id, tabled.item_id]))
    assert "Le porteur a retiré ce dossier" in page.content.decode()


def test_only_the_gip_holds_the_pen(tabled, state_officer):
    with pytest.raises(PermissionDenied):
        save(tabled, state_officer)


def test_whoever_is_tied_neither_writes_nor_reads_nor_speaks(client, cast, tabled, officer, desk):
    """PRG-7: the note-taker herself may be tied to the applicant."""
    tied = cast.seat("gip_officer", name="Tania Liée")
    InterestFactory(user=tied, organisation=cast.applicant)
    save(tabled, officer, summary="Confidentiel")
    with pytest.raises(PermissionDenied, match="déport"):
        save(tabled, tied)
    client.force_login(tied)
    page = client.get(reverse("appraisal:live_item", args=[tabled.item.meeting_id, tabled.item_id]))
    assert "Déport" in page.content.decode()
    assert "Confidentiel" not in page.content.decode()
    assert client.get(urls(tabled, "tabled")).status_code == 403


def test_a_departure_said_in_session_keeps_out_and_silences(client, cast, tabled, officer, state_officer):
    """B2.5: an elected official says a tie; the notes close, and the words too."""
    meeting = tabled.item.meeting
    sheet.record_attendance(meeting, actor=officer, present=[state_officer.pk], now=NOW)
    row = meeting.attendances.get(user=state_officer)
    aside = actions.note_aside(tabled, row, actor=officer, reason="Mandat", now=NOW)
    client.force_login(state_officer)
    assert client.get(urls(tabled, "tabled")).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.remark(tabled, actor=state_officer, speaker="", text="Moi aussi", now=NOW)
    with pytest.raises(Refusal, match="déport"):
        actions.remark(tabled, actor=officer, speaker=row.full_name, text="Il dit que", now=NOW)
    assert (
        "sans lire"
        in client.get(reverse("portal:application", args=[tabled.application_id])).content.decode()
    )
    actions.come_back(aside, actor=officer, now=NOW)
    assert not StandAside.objects.exists()
    assert client.get(urls(tabled, "tabled")).status_code == 200


def test_the_same_departure_is_noted_once(tabled, officer, guest):
    actions.note_aside(tabled, guest, actor=officer, now=NOW)
    actions.note_aside(tabled, guest, actor=officer, now=NOW)
    assert Entry.objects.filter(verb="appraisal.note_aside").count() == 1


def test_time_is_counted_point_by_point(desk, officer, tabled):
    meeting = tabled.item.meeting
    second = desk.tabled(meeting)
    room.show_item(meeting, tabled.item, actor=officer, now=NOW)
    room.show_item(meeting, tabled.item, actor=officer, now=NOW + timedelta(minutes=2))
    room.show_item(meeting, second.item, actor=officer, now=NOW + timedelta(minutes=5))
    tabled.item.refresh_from_db()
    assert tabled.item.seconds_spent == 300


# The screens -----------------------------------------------------------------------------------------


def test_the_script_saves_and_learns_the_version(client, tabled, officer):
    client.force_login(officer)
    answer = client.post(
        urls(tabled, "save_notes"), {"version": 0, "summary": "Utile"}, headers={"X-Autosave": "1"}
    )
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    stale = client.post(
        urls(tabled, "save_notes"), {"version": 0, "summary": "Autre"}, headers={"X-Autosave": "1"}
    )
    told = json.loads(stale.content)
    assert (stale.status_code, told["version"], told["current"]["summary"]) == (409, 1, "Utile")


def test_without_scripts_a_stale_form_comes_back_with_both_texts(client, tabled, officer):
    save(tabled, officer, summary="Le texte enregistré")
    client.force_login(officer)
    page = client.post(urls(tabled, "save_notes"), {"version": 0, "summary": "Mon texte", "then": "stay"})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Le texte enregistré" in text
    assert "Mon texte" in text
    again = client.post(urls(tabled, "save_notes"), {"version": 1, "summary": "Mon texte", "then": "stay"})
    assert again.status_code == 302


def test_next_saves_shows_the_next_point_and_the_projector_follows(client, desk, tabled, officer):
    meeting = tabled.item.meeting
    second = desk.tabled(meeting)
    client.force_login(officer)
    client.post(reverse("appraisal:live", args=[meeting.pk]))
    words = {"version": 0, "stance": "favourable", "summary": "Utile", "then": f"item-{second.item_id}"}
    answer = client.post(urls(tabled, "save_notes"), words)
    assert answer.url == reverse("appraisal:live_item", args=[meeting.pk, second.item_id])
    assert Opinion.objects.get().summary == "Utile"
    address = reverse("appraisal:projection", args=[meeting.pk])
    shown = client.get(address).content.decode()
    assert str(second.application) in shown
    assert "Utile" not in shown
    seen = f"open-{second.item_id}"
    assert client.get(address, {"vu": seen}, headers={"HX-Request": "true"}).status_code == 204
    assert client.get(address, {"vu": "open-0"}, headers={"HX-Request": "true"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_however_long_the_agenda(
    client, desk, tabled, officer, guest, count, django_assert_num_queries
):
    for _ in range(count - 1):
        desk.tabled(tabled.item.meeting)
    for done in range(count):
        desk.committee()
        save(tabled, officer, version=2 * done, remark_speaker=str(guest.pk), remark_text="Bravo")
        actions.record_notes(tabled, actor=officer, now=NOW)
    client.force_login(officer)
    address = reverse("appraisal:live_item", args=[tabled.item.meeting_id, tabled.item_id])
    client.post(reverse("appraisal:live", args=[tabled.item.meeting_id]))
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
    with django_assert_num_queries(10):
        client.get(reverse("appraisal:projection", args=[tabled.item.meeting_id]))


def test_closing_records_the_last_words_typed(tabled, officer):
    save(tabled, officer, summary="Utile", stance="reserved")
    actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    assert Opinion.objects.get().summary == "Utile"


def test_a_meeting_does_not_close_on_unfinished_notes(tabled, officer, cast):
    save(tabled, officer, summary="Utile", stance="reserved", amounts={cast.state_envelope.pk: "6 000"})
    with pytest.raises(Refusal, match="Reprenez le montant évoqué"):
        actions.close_meeting(tabled.item.meeting, actor=officer, now=NOW)
    assert not Opinion.objects.exists()
