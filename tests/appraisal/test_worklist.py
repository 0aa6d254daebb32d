"""The list of the dossiers: found, sorted, shown in one's columns, kept as a view, acted on together."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.appraisal import actions
from faubourg.appraisal.models import Appraisal, InformationRequest, SavedView, TabledApplication
from faubourg.appraisal.queries import COLUMNS, Filters, views_for
from faubourg.appraisal.states import BULK_LIMIT, BulkAct
from faubourg.contracts.queries import standing
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.conftest import NOW, TODAY
from tests.factories import InterestFactory, ObjectiveFactory

INDEX = "appraisal:index"
EVERYTHING = "&".join(f"col={name}" for name in COLUMNS)


def listed(client, query=""):
    """The numbers shown, in order."""
    page = client.get(f"{reverse(INDEX)}?{query}").context["page"]
    return [row.application.number for row in page.object_list]


# Finding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["ecusson", "Écusson", "2027-001", "MAINS", "ambroix", "mains ecusson"])
def test_a_dossier_is_found_by_title_number_applicant_and_town_without_accents(client, desk, officer, words):
    application = desk.filed(title="Jardins de l'Écusson")
    application.search_text = "2027-001 jardins de l ecusson".replace("-", " ")
    application.save()
    client.force_login(officer)
    assert listed(client, f"q={words}") == ["2027-001"]
    assert listed(client, "q=bessèges") == []


def test_an_officer_finds_a_dossier_by_what_was_noted_and_whoever_is_tied_does_not(
    client, cast, desk, officer, expert
):
    """PRG-7: nobody finds a dossier by a text they may not read."""
    tabled = desk.tabled(desk.committee(is_open=True))
    actions.remark(tabled, actor=officer, speaker="Ville", text="Prévoir la clôture", now=NOW)
    client.force_login(officer)
    assert listed(client, "etat=tous&q=cloture") == listed(client, "etat=tous&q=solide") == ["2027-001"]
    client.force_login(expert)
    assert listed(client, "etat=tous&q=clôture") == ["2027-001"]
    InterestFactory(user=expert, organisation=cast.applicant)
    assert listed(client, "etat=tous&q=clôture") == []
    assert listed(client, "etat=tous&q=mains") == ["2027-001"]


def test_a_remark_taken_back_no_longer_finds_its_dossier(client, desk, officer):
    tabled = desk.tabled(desk.committee(is_open=True))
    written = actions.remark(tabled, actor=officer, speaker="Ville", text="Prévoir la clôture", now=NOW)
    actions.withdraw_remark(written, actor=officer, now=NOW)
    client.force_login(officer)
    assert listed(client, "etat=tous&q=cloture") == []


def test_what_was_asked_of_the_applicant_finds_the_dossier(client, desk, officer):
    asked = {"question": "Joignez le planning", "due_on": TODAY}
    actions.ask_information(desk.filed(), actor=officer, now=NOW, **asked)
    client.force_login(officer)
    assert listed(client, "q=planning") == ["2027-001"]


def test_a_dossier_is_found_by_the_code_of_its_objective_or_of_the_one_above(client, cast, desk, officer):
    deep = ObjectiveFactory(contract=cast.contract, code="7.3.1")
    desk.filed().objectives.add(deep)
    desk.filed()
    client.force_login(officer)
    assert listed(client, "q=7.3.1") == ["2027-001"]
    assert listed(client, "q=7.3") == ["2027-001"]
    assert listed(client, "q=7.30") == []


def test_filters_sort_and_columns_live_in_the_address(client, cast, desk, officer, ask_county):
    first, second = desk.filed(title="Zèbre"), desk.admissible(title="Abeille")
    ask_county(second, 10)
    client.force_login(officer)
    call = f"appel={cast.call.pk}"
    assert listed(client, f"{call}&financeur={cast.county.pk}") == [second.number]
    assert listed(client, f"{call}&quartier={cast.qpv.pk}&objectif={cast.objective.pk}") == [
        first.number,
        second.number,
    ]
    assert listed(client, "tri=intitule") == [second.number, first.number]
    assert listed(client, "tri=nimporte&col=nimporte&objectif=abc") == [first.number, second.number]
    page = client.get(f"{reverse(INDEX)}?col=commune&col=objectifs").content.decode()
    assert "Saint-Ambroix" in page
    assert '<th scope="col">Objectifs</th>' in page
    assert '<th scope="col">Instructeur</th>' not in page


def test_decided_and_stopped_dossiers_are_shown_when_asked(client, desk, officer):
    type(desk.filed()).objects.update(state="withdrawn")
    client.force_login(officer)
    assert listed(client) == []
    assert listed(client, "etat=tous") == listed(client, "etat=withdrawn") == ["2027-001"]


def test_every_column_costs_the_same_with_one_and_three_rows(client, cast, desk, officer, ask_county):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{reverse(INDEX)}?{EVERYTHING}").status_code == 200
        return len(captured)

    client.force_login(officer)
    ask_county(desk.appraised(), 10)
    one = cost()
    for _ in range(2):
        ask_county(desk.filed(), 10)
        actions.save_view(actor=officer, name=f"Vue {_}", query="moi=1")
    assert cost() == one
    assert one <= 14


def test_what_the_gip_proposes_is_kept_from_whoever_is_tied(client, cast, desk, expert):
    """PRG-7."""
    desk.appraised()
    InterestFactory(user=expert, organisation=cast.applicant)
    client.force_login(expert)
    for address in (f"{reverse(INDEX)}?{EVERYTHING}", f"{reverse('appraisal:export')}?{EVERYTHING}"):
        content = client.get(address).content
        text = content.decode() if "export" not in address else str(cells_of(content))
        assert "Favorable" not in text
        assert "4500" not in text.replace("\u00a0", "").replace(" ", "")


# The workbook -----------------------------------------------------------------------------------------


def cells_of(content):
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.rows]


def test_the_workbook_holds_what_is_filtered_in_the_columns_chosen(client, desk, officer):
    desk.filed(title="=1+1")
    desk.admissible(title="Autre")
    client.force_login(officer)
    answer = client.get(f"{reverse('appraisal:export')}?etat=submitted&col=depot&col=demande&col=etat")
    header, row = cells_of(answer.content)
    assert header == ["Numéro", "Intitulé", "Déposé le", "Demandé", "État"]
    assert row[2].date() == date(2026, 11, 20)
    assert (*row[:2], *row[3:]) == ("2027-001", "'=1+1", 5000, "Déposé")


def test_the_workbook_of_someone_without_a_seat_is_empty(client, desk, editor):
    desk.filed()
    client.force_login(editor)
    assert len(cells_of(client.get(reverse("appraisal:export")).content)) == 1


# Saved views ------------------------------------------------------------------------------------------


def test_a_view_is_kept_for_oneself_or_shown_to_the_team(client, officer, director, expert):
    client.force_login(officer)
    client.post(reverse("appraisal:save_view"), {"name": "À moi", "query": "moi=1&tri=recents"})
    sent = {"name": "Complets", "query": "etat=admissible", "shared": "1"}
    answer = client.post(reverse("appraisal:save_view"), sent)
    assert answer.url == f"{reverse(INDEX)}?etat=admissible"
    assert [one.name for one in views_for(standing(officer, TODAY))] == ["Complets", "À moi"]
    assert [one.name for one in views_for(standing(director, TODAY))] == ["Complets"]
    assert views_for(standing(expert, TODAY)) == []
    assert "moi=1&amp;tri=recents" in client.get(reverse(INDEX)).content.decode()


def test_the_same_name_replaces_and_no_name_is_refused(officer):
    actions.save_view(actor=officer, name="Suivi", query="moi=1")
    actions.save_view(actor=officer, name=" Suivi ", query="?etat=tous")
    assert SavedView.objects.get().query == "etat=tous"
    with pytest.raises(Refusal, match="Donnez un nom"):
        actions.save_view(actor=officer, name=" ", query="")


def test_nobody_forgets_somebody_else_s_view(client, officer, director):
    view = actions.save_view(actor=officer, name="Suivi", query="moi=1")
    client.force_login(director)
    client.post(reverse("appraisal:remove_view", args=[view.pk]))
    assert SavedView.objects.exists()
    client.force_login(officer)
    client.post(reverse("appraisal:remove_view", args=[view.pk]))
    assert not SavedView.objects.exists()


# Together ---------------------------------------------------------------------------------------------


def bulk(client, act, *applications, **more):
    sent = {"acte": act, "dossier": [one.pk for one in applications], **more}
    return client.post(reverse("appraisal:act_in_bulk"), sent)


def results(answer):
    return {one.application.number: one.refusal for one in answer.context["results"]}


def test_nothing_is_done_before_it_is_confirmed(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    page = bulk(client, "declare_admissible", application).content.decode()
    assert "1 dossier." in page
    application.refresh_from_db()
    assert application.state == "submitted"


def test_one_refusal_does_not_hold_the_others_back_and_each_result_is_said(client, desk, officer):
    fine, broken, done = desk.filed(), desk.filed(), desk.admissible()
    broken.objectives.clear()
    client.force_login(officer)
    answer = bulk(client, "declare_admissible", fine, broken, done, confirm="1")
    told = results(answer)
    assert told[fine.number] == ""
    assert "Choisissez au moins un objectif" in told[broken.number]
    assert told[done.number]
    fine.refresh_from_db()
    broken.refresh_from_db()
    assert (fine.state, broken.state) == ("admissible", "submitted")
    assert "1 fait, 2 refusés." in answer.content.decode()


@pytest.mark.parametrize("act", list(BulkAct))
def test_sending_twice_does_it_once(client, desk, officer, act):
    made = {"table": desk.appraised, "declare_admissible": desk.filed}.get(act, desk.filed)
    both = [made(), made()]
    meeting = desk.committee()
    details = {"meeting": meeting.pk, "question": "Un devis ?", "due_on": "2030-01-15", "confirm": "1"}
    client.force_login(officer)
    bulk(client, act, *both, **details)
    entries = Entry.objects.count()
    bulk(client, act, *both, **details)
    assert Entry.objects.count() == entries
    done = {
        "take_charge": Appraisal.objects.filter(case_officer=officer).count(),
        "declare_admissible": type(both[0]).objects.filter(state="admissible").count(),
        "table": TabledApplication.objects.filter(item__meeting=meeting).count(),
        "ask_information": InformationRequest.objects.count(),
    }
    assert done[act] == 2


def test_the_same_question_needs_its_words_and_its_day(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    page = bulk(client, "ask_information", application, confirm="1", question="", due_on="2030-01-15")
    assert "results" not in page.context
    assert not InformationRequest.objects.exists()
    bulk(client, "ask_information", application, confirm="1", question="Un devis ?", due_on="2030-01-15")
    assert InformationRequest.objects.get().due_on == date(2030, 1, 15)


def test_a_dossier_one_is_tied_to_is_refused_in_its_row(client, cast, desk, officer):
    """PRG-7."""
    application = desk.filed()
    InterestFactory(user=officer, organisation=cast.applicant)
    client.force_login(officer)
    assert "déport" in results(bulk(client, "take_charge", application, confirm="1"))[application.number]


def test_no_more_than_a_page_at_once(client, desk, officer):
    application = desk.filed()
    client.force_login(officer)
    keys = [application.pk, *range(10_000, 10_000 + BULK_LIMIT)]
    sent = {"acte": "take_charge", "dossier": keys}
    assert client.post(reverse("appraisal:act_in_bulk"), sent).context["left_out"] == 1


def test_nothing_ticked_is_said_and_only_the_gip_acts(client, desk, officer, state_officer):
    client.force_login(officer)
    answer = client.post(reverse("appraisal:act_in_bulk"), {"acte": "take_charge"}, follow=True)
    assert "Cochez au moins un dossier" in answer.content.decode()
    client.force_login(state_officer)
    assert bulk(client, "take_charge", desk.filed(), confirm="1").status_code == 403
    assert "lot" not in client.get(reverse(INDEX)).content.decode().split('id="')


def test_an_address_is_read_whatever_is_typed_in_it():
    asked = Filters.asked(QueryDict("appel=x&tri=&col=&q=%00&quartier=99999999999999999999"))
    assert (asked.call, asked.sort, asked.neighbourhood) == (None, "anciens", None)
