"""Two officers on one sheet: they see each other, and nobody's words are overwritten."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.appraisal import actions
from faubourg.appraisal.models import Appraisal, Presence
from faubourg.appraisal.queries import others_present
from faubourg.appraisal.rules import presence_words
from faubourg.journal.models import Entry
from tests.conftest import NOW
from tests.factories import CriterionFactory

MINUTE = timedelta(minutes=1)


def sheet(application):
    return reverse("appraisal:sheet", args=[application.pk])


@pytest.mark.parametrize(
    ("after", "since"),
    [(timedelta(seconds=59), "moins d'une minute"), (MINUTE, "1 min"), (3 * MINUTE, "3 min")],
)
def test_it_says_who_and_since_when(after, since):
    words = presence_words("Omar Chargé", NOW, NOW + after).replace("\u00a0", " ")
    assert words == f"Omar Chargé a cette fiche ouverte depuis {since}."


def test_two_officers_see_each_other_while_they_give_signs_of_life(desk, officer, director):
    application, other = desk.filed(), desk.filed()
    actions.be_present(application, actor=officer, now=NOW)
    actions.be_present(application, actor=officer, now=NOW + 3 * MINUTE)
    (seen,) = others_present(application, director, NOW + 3 * MINUTE)
    assert seen.replace("\u00a0", " ") == "Omar Chargé a cette fiche ouverte depuis 3 min."
    assert others_present(application, officer, NOW + 3 * MINUTE) == []
    assert others_present(other, director, NOW) == []


def test_one_is_gone_five_minutes_after_the_last_sign_and_the_row_is_swept_away(desk, officer, director):
    application, other = desk.filed(), desk.filed()
    actions.be_present(application, actor=officer, now=NOW)
    almost = NOW + 5 * MINUTE - timedelta(seconds=1)
    assert len(others_present(application, director, almost)) == 1
    assert others_present(application, director, NOW + 5 * MINUTE) == []
    actions.be_present(other, actor=director, now=NOW + 5 * MINUTE)
    assert [row.user for row in Presence.objects.all()] == [director]


def test_coming_back_counts_from_the_return(desk, officer, director):
    application = desk.filed()
    actions.be_present(application, actor=officer, now=NOW)
    actions.be_present(application, actor=officer, now=NOW + 60 * MINUTE)
    assert "moins d'une minute" in others_present(application, director, NOW + 60 * MINUTE)[0]


def test_without_a_script_the_page_itself_tells_at_its_opening(client, desk, officer, director):
    application = desk.filed()
    client.force_login(officer)
    client.get(sheet(application))
    client.force_login(director)
    page = client.get(sheet(application)).content.decode()
    assert "Omar Chargé a cette fiche ouverte" in page
    assert "Claire Directrice a cette fiche" not in page
    beat = client.post(reverse("appraisal:be_present", args=[application.pk])).content.decode()
    assert "Omar Chargé a cette fiche ouverte" in beat


def test_only_those_who_appraise_are_seen_or_see(client, desk, officer, state_officer):
    application = desk.filed()
    actions.be_present(application, actor=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.be_present(application, actor=state_officer, now=NOW)
    client.force_login(state_officer)
    assert "a cette fiche ouverte" not in client.get(sheet(application)).content.decode()


def test_presence_leaves_no_trace_in_the_journal(desk, officer):
    application = desk.filed()
    before = Entry.objects.count()
    actions.be_present(application, actor=officer, now=NOW)
    assert Entry.objects.count() == before


# The sheet saves itself -------------------------------------------------------------------------------


def autosave(client, application, version, **sent):
    headers = {"X-Autosave": "1"}
    return client.post(sheet(application), {"version": version, **sent}, headers=headers)


def test_the_notes_save_themselves_and_the_journal_has_one_line_of_it(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    for version, words in enumerate(("Bi", "Bien", "Bien pensé")):
        assert autosave(client, application, version, assessment=words).json() == {"version": version + 1}
    assert Appraisal.objects.get().assessment == "Bien pensé"
    written = Entry.objects.filter(verb="appraisal.save_appraisal")
    assert not written.exists()
    client.post(sheet(application), {"version": 3, "assessment": "Bien pensé, vraiment"})
    assert written.get().changes["assessment"] == ["", "Bien pensé, vraiment"]
    client.post(sheet(application), {"version": 4, "assessment": "Bien pensé, vraiment"})
    assert written.count() == 1


def test_what_one_person_left_to_save_itself_is_written_under_her_name_when_another_saves(
    client, desk, officer, director
):
    application = desk.filed()
    client.force_login(officer)
    autosave(client, application, 0, assessment="Mots d'Omar")
    client.force_login(director)
    client.post(sheet(application), {"version": 1, "assessment": "Mots de Claire"})
    written = Entry.objects.filter(verb="appraisal.save_appraisal").order_by("pk")
    assert [(one.actor, one.changes["assessment"]) for one in written] == [
        (officer, ["", "Mots d'Omar"]),
        (director, ["Mots d'Omar", "Mots de Claire"]),
    ]


def test_the_second_to_save_by_itself_is_told_and_overwrites_nothing(client, desk, officer, director):
    application = desk.filed()
    client.force_login(director)
    autosave(client, application, 0, assessment="Mots de Claire")
    client.force_login(officer)
    answer = autosave(client, application, 0, assessment="Mots d'Omar")
    assert (answer.status_code, "Claire Directrice" in answer.json()["message"]) == (409, True)
    assert Appraisal.objects.get().assessment == "Mots de Claire"
    page = client.post(sheet(application), {"version": 0, "assessment": "Mots d'Omar"}).content.decode()
    assert "Mots de Claire" in page
    assert "Mots d&#x27;Omar" in page or "Mots d'Omar" in page


def test_a_save_by_itself_still_on_its_way_is_not_taken_for_somebody_else_s(client, desk, officer):
    """The button is pressed before the page has heard of its new version."""
    application = desk.admissible()
    client.force_login(officer)
    autosave(client, application, 0, assessment="Bien", page="abcdefghijkl")
    sent = {"version": 0, "assessment": "Bien pensé", "recommendation": "favourable"}
    other_tab = client.post(sheet(application), {**sent, "page": "mnopqrstuvwx"})
    assert "a enregistré cette fiche" in other_tab.content.decode()
    done = client.post(reverse("appraisal:appraise", args=[application.pk]), {**sent, "page": "abcdefghijkl"})
    assert done.url == sheet(application)
    assert Appraisal.objects.get().assessment == "Bien pensé"


def test_an_answer_that_does_not_stand_is_not_saved_by_itself(client, cast, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    for amount in ("douze", "5000,01"):
        sent = {f"proposed-{cast.state_envelope.pk}": amount}
        answer = autosave(client, application, 0, assessment="Mots", **sent)
        assert answer.status_code == 422
        assert "non enregistré" in answer.json()["message"]
    assert not Appraisal.objects.filter(version__gt=0).exists()


def test_a_funder_does_not_save_by_itself_either(client, desk, state_officer):
    client.force_login(state_officer)
    assert autosave(client, desk.filed(), 0, assessment="Mots").status_code == 403


def test_the_mean_is_on_the_sheet_and_for_those_who_read_it(client, cast, desk, officer, state_officer):
    heavy = CriterionFactory(call=cast.call, label="Besoin", weight=3)
    light = CriterionFactory(call=cast.call, label="Partenaires", weight=1)
    shown = CriterionFactory(call=cast.call, label="Nouveau porteur", weight=None)
    application = desk.filed()
    scores = {heavy.pk: (5, ""), light.pk: (2, "Peu"), shown.pk: (0, "")}
    actions.save_appraisal(application, actor=officer, version=0, notes={}, scores=scores, now=NOW)
    for person in (officer, state_officer):
        client.force_login(person)
        page = client.get(sheet(application)).content.decode()
        assert "4,3 sur 5" in page
        assert "sans poids" in page
