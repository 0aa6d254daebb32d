import re
from decimal import Decimal
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.applications.models import Application
from faubourg.appraisal import actions
from faubourg.appraisal.models import (
    Appraisal,
    FundingProposal,
    InformationRequest,
    Opinion,
    TabledApplication,
)
from faubourg.appraisal.queries import notes_for, opinions_of
from faubourg.contracts.queries import standing
from faubourg.journal.models import Entry
from tests.conftest import NOW, TODAY
from tests.factories import CriterionFactory, InterestFactory


def address(name, *args):
    return reverse(f"appraisal:{name}", args=args)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# Worklist -----------------------------------------------------------------------------------------


def test_the_worklist_costs_the_same_with_one_and_three_rows(client, desk, officer):
    client.force_login(officer)
    desk.admissible()
    one = queries_of(client, address("index"))
    desk.admissible()
    desk.filed()
    assert queries_of(client, address("index")) == one
    assert one <= 10


def test_the_worklist_filters_by_call_stage_officer_and_words(client, cast, desk, officer):
    mine, other = desk.filed(title="Jardins"), desk.admissible()
    actions.take_charge(mine, actor=officer, now=NOW)
    client.force_login(officer)

    def shown(query):
        page = client.get(address("index") + query).content.decode()
        return [one for one in (mine, other) if f">{one}</a>" in page]

    assert shown("") == [mine, other]
    assert shown("?etat=submitted") == [mine]
    assert shown("?etat=admissible") == [other]
    assert shown(f"?appel={cast.call.pk}") == [mine, other]
    assert shown("?appel=999999") == []
    assert shown("?moi=1") == [mine]
    assert shown("?q=jardins+2027-001") == [mine]
    assert shown("?appel=abc&etat=abc&page=abc") == [mine, other]


def test_the_worklist_pages_after_fifty(client, desk, officer):
    first = desk.filed()
    Application.objects.bulk_create(
        Application(
            call=first.call, applicant=first.applicant, state="submitted", number=f"2027-{number}",
            title="Autre", created_by=officer, created_at=NOW, submitted_at=NOW,
        )
        for number in range(100, 150)
    )  # fmt: skip
    client.force_login(officer)
    assert "page=2" in client.get(address("index")).content.decode()
    assert "2027-149" in client.get(address("index") + "?page=2").content.decode()


def test_an_applicant_finds_an_empty_worklist(client, desk, editor):
    desk.filed()
    client.force_login(editor)
    assert "Aucun dossier ici" in client.get(address("index")).content.decode()


# The sheet ----------------------------------------------------------------------------------------


def test_the_sheet_shows_the_dossier_its_checks_and_its_notes(client, desk, officer):
    application = desk.appraised()
    client.force_login(officer)
    page = client.get(address("sheet", application.pk)).content.decode()
    for words in ("Description", "Contrat d&#x27;engagement républicain", "Solide.", "Choisir une séance"):
        assert words in page


def test_someone_elses_dossier_is_not_found(client, desk, stranger, technical_admin):
    application = desk.filed()
    for person in (stranger, technical_admin):
        client.force_login(person)
        assert client.get(address("sheet", application.pk)).status_code == 404


def test_a_funder_reads_the_sheet_and_does_not_write_it(client, desk, state_officer):
    application = desk.appraised()
    client.force_login(state_officer)
    page = client.get(address("sheet", application.pk)).content.decode()
    assert "Solide." in page
    assert "Enregistrer et terminer" not in page
    assert client.post(address("sheet", application.pk), {"version": 1}).status_code == 403


def sheet_of(cast, version, **more):
    return {"version": version, "assessment": "Bien pensé", "recommendation": "favourable", **more}


def test_the_officer_saves_then_ends_the_instruction(client, cast, desk, officer):
    criterion = CriterionFactory(call=cast.call)
    application = desk.admissible()
    sent = {
        f"points-{criterion.pk}": "4",
        f"why-{criterion.pk}": "Ciblé",
        f"proposed-{cast.state_envelope.pk}": "4 500,50",
    }
    client.force_login(officer)
    client.post(address("sheet", application.pk), sheet_of(cast, 0, **sent))
    application.refresh_from_db()
    assert application.state == "admissible"
    assert FundingProposal.objects.get().proposed_amount == Decimal("4500.50")
    client.post(address("appraise", application.pk), sheet_of(cast, 1, **sent))
    application.refresh_from_db()
    assert application.state == "appraised"


def test_an_amount_over_the_one_asked_is_refused_beside_its_field_and_nothing_typed_is_lost(
    client, cast, desk, officer
):
    application = desk.admissible()
    client.force_login(officer)
    response = client.post(
        address("sheet", application.pk),
        sheet_of(cast, 0, **{f"proposed-{cast.state_envelope.pk}": "5000,01"}),
    )
    page = response.content.decode()
    assert "dépasse le montant demandé" in page
    assert "Bien pensé" in page
    assert f"proposed-{cast.state_envelope.pk}" in response.context["form"].errors
    assert not Appraisal.objects.exists()


def test_ending_without_a_recommendation_keeps_the_draft_and_can_be_sent_again(client, cast, desk, officer):
    application = desk.admissible()
    client.force_login(officer)
    response = client.post(address("appraise", application.pk), sheet_of(cast, 0, recommendation=""))
    assert "Choisissez la recommandation" in response.content.decode()
    assert Appraisal.objects.get().assessment == "Bien pensé"
    version = response.context["form"]["version"].value()
    client.post(address("appraise", application.pk), sheet_of(cast, version))
    application.refresh_from_db()
    assert application.state == "appraised"


def test_a_sheet_saved_meanwhile_shows_both_texts_and_can_be_sent_again(
    client, cast, desk, officer, director
):
    application = desk.admissible()
    actions.save_appraisal(
        application, actor=director, version=0, notes={"assessment": "Mots de Claire"}, now=NOW
    )
    client.force_login(officer)
    response = client.post(address("sheet", application.pk), sheet_of(cast, 0))
    page = response.content.decode()
    assert "Mots de Claire" in page
    assert "Bien pensé" in page
    version = response.context["form"]["version"].value()
    assert client.post(address("sheet", application.pk), sheet_of(cast, version)).status_code == 302
    assert Appraisal.objects.get().assessment == "Bien pensé"


def test_the_steps_of_the_instruction_are_taken_from_its_pages(client, desk, officer, director, editor):
    application = desk.filed()
    client.force_login(officer)
    client.post(address("take_charge", application.pk))
    asked = client.post(
        address("ask_information", application.pk), {"question": "Un devis ?", "due_on": "2030-01-15"}
    )
    assert asked.url == address("sheet", application.pk)
    client.force_login(editor)
    assert "Un devis ?" in client.get(address("answer_information", application.pk)).content.decode()
    client.post(address("answer_information", application.pk), {"answer": "Le voici."})
    assert InformationRequest.objects.get().answer == "Le voici."
    client.force_login(officer)
    client.post(address("declare_admissible", application.pk))
    client.post(address("appraise", application.pk), sheet_of(None, 0))
    client.force_login(director)
    client.post(address("bypass_committee", application.pk), {"reason": "Urgence"})
    application.refresh_from_db()
    assert application.state == "reviewed"


def test_a_dossier_that_a_check_blocks_says_why_on_its_page(client, desk, officer):
    application = desk.filed()
    application.objectives.clear()
    client.force_login(officer)
    page = client.post(address("declare_admissible", application.pk), follow=True).content.decode()
    assert "ne peut pas être déclaré recevable" in page
    assert "Choisissez au moins un objectif" in page


def test_inadmissible_from_its_page_keeps_the_reason_asked(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    url = address("declare_inadmissible", application.pk)
    assert "lira ce motif" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Hors du quartier"})
    application.refresh_from_db()
    assert application.closing_reason == "Hors du quartier"


def test_the_gip_does_not_answer_in_the_applicants_place(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    assert client.get(address("answer_information", application.pk)).status_code == 403


def test_a_refused_answer_stays_as_typed(client, desk, officer, editor):
    application = desk.filed()
    actions.ask_information(application, actor=officer, question="?", due_on=TODAY, now=NOW)
    application.indicators.all().delete()
    client.force_login(editor)
    page = client.post(address("answer_information", application.pk), {"answer": "Ma longue réponse"})
    assert "Ma longue réponse" in page.content.decode()
    assert "plus complet" in page.content.decode()


# The council --------------------------------------------------------------------------------------


def test_a_councillor_gives_an_opinion_from_the_page(client, cast, desk, councillor):
    application = desk.filed()
    client.force_login(councillor)
    url = address("give_council_opinion", application.pk)
    assert client.get(url).status_code == 200
    client.post(url, {"council": cast.council.pk, "stance": "favourable", "summary": "Attendu par tous."})
    assert "Attendu par tous." in client.get(url).content.decode()
    assert Opinion.objects.get().given_by == councillor


def test_an_expert_is_told_there_is_no_council_opinion_to_give(client, cast, desk, expert):
    application = desk.filed()
    client.force_login(expert)
    url = address("give_council_opinion", application.pk)
    assert "pas d'avis à donner" in client.get(url).content.decode()
    client.post(url, {"council": cast.council.pk, "stance": "favourable", "summary": "Oui"})
    assert not Opinion.objects.exists()


# The committee ------------------------------------------------------------------------------------


def test_the_meeting_costs_the_same_with_one_and_three_dossiers(client, desk, officer):
    meeting = desk.committee(is_open=True)
    desk.spoken(desk.tabled(meeting))
    client.force_login(officer)
    pages = [address("meeting", meeting.pk), address("table", meeting.pk)]
    desk.appraised()
    one = [queries_of(client, page) for page in pages]
    for _ in range(2):
        desk.spoken(desk.tabled(meeting))
        desk.appraised()
        meeting.attendances.create(full_name="Invité")
    assert [queries_of(client, page) for page in pages] == one
    assert max(one) <= 16


def test_the_addresses_of_an_agenda_lead_where_their_words_say(client, desk, officer):
    """They are written from that of the page, not worked out row by row: a renamed address must show here."""
    meeting = desk.committee(is_open=True)
    silent, spoken = desk.tabled(meeting), desk.tabled(meeting)
    desk.spoken(spoken)
    plain = meeting.agenda.create(position=9, title="Bilan")
    client.force_login(officer)

    here = address("meeting", meeting.pk)
    page = client.get(here).content.decode()
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    found = [urljoin(here, one) for one in re.findall(r'(?:href|formaction)="([^"]+)"', table)]

    items = [silent.item.pk, spoken.item.pk, plain.pk]
    assert sorted(found) == sorted(
        [address("tabled", meeting.pk, one.pk) for one in (silent, spoken)]
        + [address("untable", meeting.pk, silent.pk)]
        + [reverse("governance:remove_item", args=[meeting.pk, plain.pk])]
        + [
            reverse(f"governance:{name}", args=[meeting.pk, item])
            for name in ("set_minutes", "raise_item", "lower_item")
            for item in items
        ]
    )
    assert '<form method="post" id="ordre">' in page
    assert table.count('form="ordre"') == table.count("<button") == 8


def test_a_dossier_in_committee_costs_the_same_with_one_and_three_remarks(client, desk, officer):
    tabled = desk.tabled()
    url = address("tabled", tabled.item.meeting.pk, tabled.pk)
    client.force_login(officer)

    def say():
        actions.remark(tabled, actor=officer, speaker="État", text="Remarque", now=NOW)
        tabled.item.meeting.attendances.create(full_name="Invité")

    say()
    one = queries_of(client, url)
    say()
    say()
    assert queries_of(client, url) == one


def test_a_committee_runs_from_its_pages(client, desk, officer, expert):
    first, second = desk.appraised(), desk.appraised()
    meeting = desk.committee()
    client.force_login(officer)
    client.post(address("table", meeting.pk), {"applications": [first.pk, second.pk], "minutes": 10})
    client.post(reverse("governance:start", args=[meeting.pk]), {"is_early": "on"})
    rows = TabledApplication.objects.filter(item__meeting=meeting).order_by("item__position")
    one, two = (tabled.pk for tabled in rows)
    client.post(address("remark", meeting.pk, one), {"speaker": "Département", "text": "Très utile"})
    client.post(address("give_opinion", meeting.pk, one), {"stance": "reserved", "summary": "Avec un devis"})
    refused = client.post(address("close_meeting", meeting.pk), follow=True)
    assert second.number in refused.content.decode()
    client.post(address("carry_over", meeting.pk, two), {"reason": "Porteur absent"})
    client.post(address("close_meeting", meeting.pk))
    client.force_login(expert)
    page = client.get(address("meeting", meeting.pk)).content.decode()
    for words in (
        "Réservé",
        "Ajourné",
        "Porteur absent",
        "Le relevé ne change plus",
        "consultatifs, toujours",
    ):
        assert words in page
    page = client.get(address("tabled", meeting.pk, one)).content.decode()
    assert "Très utile" in page
    assert "Avec un devis" in page
    assert "Ajouter la remarque" not in page


def test_a_dossier_is_taken_off_from_the_page(client, desk, officer):
    tabled = desk.tabled()
    client.force_login(officer)
    client.post(address("untable", tabled.item.meeting.pk, tabled.pk))
    tabled.application.refresh_from_db()
    assert tabled.application.state == "appraised"


def test_a_meeting_is_cancelled_from_the_page(client, desk, officer):
    tabled = desk.tabled(desk.committee())
    client.force_login(officer)
    client.post(address("cancel_meeting", tabled.item.meeting.pk))
    page = client.get(address("meeting", tabled.item.meeting.pk)).content.decode()
    assert "Annulée" in page
    assert "Séance annulée" in page


def test_an_expert_writes_only_in_their_own_name(client, desk, expert):
    tabled = desk.tabled()
    client.force_login(expert)
    url = address("tabled", tabled.item.meeting.pk, tabled.pk)
    assert "Qui parle" not in client.get(url).content.decode()
    client.post(address("remark", tabled.item.meeting.pk, tabled.pk), {"speaker": "Préfet", "text": "Oui"})
    assert tabled.remarks.get().speaker == "Élise Experte"


def test_a_refused_opinion_keeps_its_words(client, desk, officer):
    tabled = desk.tabled()
    client.force_login(officer)
    sent = {"stance": "", "summary": "Une longue synthèse"}
    page = client.post(address("give_opinion", tabled.item.meeting.pk, tabled.pk), sent).content.decode()
    assert "Une longue synthèse" in page
    assert "à corriger" in page


def test_who_does_not_run_the_meeting_tables_nothing(client, desk, expert):
    meeting = desk.committee()
    client.force_login(expert)
    assert client.get(address("table", meeting.pk)).status_code == 403


def test_a_dossier_is_found_in_its_own_meeting_only(client, desk, officer):
    tabled, other = desk.tabled(), desk.committee()
    client.force_login(officer)
    assert client.get(address("tabled", other.pk, tabled.pk)).status_code == 404


# Conflicts of interest ----------------------------------------------------------------------------


@pytest.fixture
def president(cast, signatory, expert):
    """The applicant's president has no seat; the expert, a volunteer of the association, has one."""
    InterestFactory(user=expert, organisation=cast.applicant)
    return signatory


def test_the_president_of_the_applicant_does_not_read_the_opinion_and_the_journal_keeps_the_attempt(
    client, desk, president
):
    """PRG-7, C4 test 17."""
    tabled = desk.tabled()
    desk.spoken(tabled)
    client.force_login(president)
    response = client.get(address("sheet", tabled.application.pk))
    assert response.status_code == 403
    assert "déport" in response.content.decode()
    assert "Utile." not in response.content.decode()
    entry = Entry.objects.get(verb="appraisal.keep_aside")
    assert (entry.actor, entry.subject_id) == (president, tabled.application.pk)


def test_someone_tied_at_the_table_sees_their_deport_and_opens_nothing(client, desk, president, expert):
    """PRG-7: each door is refused and each attempt kept."""
    tabled = desk.tabled()
    desk.spoken(tabled)
    meeting = tabled.item.meeting.pk
    client.force_login(expert)
    page = client.get(address("meeting", meeting)).content.decode()
    assert "Déport" in page
    assert "Favorable" not in page
    assert address("tabled", meeting, tabled.pk) not in page
    refused = [
        client.get(address("tabled", meeting, tabled.pk)),
        client.post(address("remark", meeting, tabled.pk), {"text": "Moi"}),
        client.post(address("give_opinion", meeting, tabled.pk), {"stance": "favourable", "summary": "Oui"}),
        client.get(address("sheet", tabled.application.pk)),
        client.get(address("give_council_opinion", tabled.application.pk)),
    ]
    assert [response.status_code for response in refused] == [403] * 5
    assert Entry.objects.filter(verb="appraisal.keep_aside", actor=expert).count() == 5
    assert not tabled.remarks.exists()


def test_the_absence_of_someone_tied_is_on_the_record(client, desk, president, expert, officer):
    tabled = desk.tabled()
    tabled.item.meeting.attendances.create(user=expert, full_name=expert.full_name)
    client.force_login(officer)
    page = client.get(address("tabled", tabled.item.meeting.pk, tabled.pk)).content.decode()
    assert "Absents du point (déport) : Élise Experte" in page


def test_the_worklist_shows_a_deport_without_its_door(client, desk, president, expert):
    application = desk.filed()
    client.force_login(expert)
    page = client.get(address("index")).content.decode()
    assert "Déport" in page
    assert address("sheet", application.pk) not in page


def test_notes_and_opinions_are_kept_from_whoever_is_tied(desk, president, expert, officer, state_officer):
    tabled = desk.tabled()
    desk.spoken(tabled)
    application = tabled.application
    for person, sees in ((state_officer, True), (officer, True), (expert, False), (president, False)):
        held = standing(person, TODAY)
        notes = notes_for(held, application)
        assert notes.is_aside is not sees
        assert bool(notes.opinions) is bool(notes.appraisal) is sees
    assert len(opinions_of([application])[application.pk]) == 1


def test_the_applicant_sees_the_question_asked_and_nothing_else(desk, president, officer, expert):
    application = desk.filed()
    actions.ask_information(application, actor=officer, question="Un devis ?", due_on=TODAY, now=NOW)
    assert [asked.question for asked in notes_for(standing(president, TODAY), application).requests] == [
        "Un devis ?"
    ]
    assert notes_for(standing(expert, TODAY), application).requests == []


# For the home page --------------------------------------------------------------------------------
