"""The pages of a call, as people use them."""

from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.calls import actions, queries
from faubourg.calls.models import Call, CouncilConsultation, Milestone
from faubourg.calls.states import Section
from tests.calls.test_writing import FRAMING, PNG
from tests.conftest import NOW
from tests.factories import (
    BodyFactory,
    CallFactory,
    CitizenCouncilFactory,
    CriterionFactory,
    EnvelopeFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    OrganisationFactory,
    RequiredPaperFactory,
    TeamMemberFactory,
)


@pytest.fixture
def running(cast):
    """The cast's call, open today whatever the day."""
    today = localdate()
    Call.objects.filter(pk=cast.call.pk).update(opens_on=today - timedelta(9), closes_on=today + timedelta(3))
    cast.call.refresh_from_db()
    return cast.call


def text(response):
    return unescape(response.content.decode()).replace("\xa0", " ")


def post(client, call, section, **data):
    call.refresh_from_db()
    data = {"version": call.version, **data}
    return client.post(reverse("calls:edit", args=[call.pk, section]), data)


def lines(*rows, saved=0):
    data = {"lignes-TOTAL_FORMS": len(rows), "lignes-INITIAL_FORMS": saved}
    return data | {f"lignes-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


# Reading


def test_an_applicant_reads_what_whom_until_when_and_starts(running, cast, client, editor):
    Call.objects.filter(pk=running.pk).update(guidelines="Du lien social.")
    EnvelopeFactory(call=running, funder=OrganisationFactory(name="CAF", kind="social_body"), amount=None)
    RequiredPaperFactory(call=running, is_required=False)
    CriterionFactory(call=running, weight=3)
    client.force_login(editor)

    page = text(client.get(reverse("calls:show", args=[running.pk])))

    for said in (
        "Du lien social.", "encore 3 jours", "à minuit", str(cast.objective), "L'Écusson", "100 000 €",
        "à confirmer", "Statuts", "(facultative)", "Réponse au besoin", "poids 3", "GIP, 04 66 00 00 00",
        "Commencer un dossier", f"/dossiers/nouveau/{running.pk}/", "200 000 €",
    ):  # fmt: skip
        assert said in page, said
    assert "Modifier" not in page


def test_nobody_starts_a_dossier_before_or_after(running, client, editor):
    client.force_login(editor)
    for opens, closes, said in ((1, 9, "Les dépôts ouvrent le"), (-9, -1, "Les dépôts sont terminés")):
        today = localdate()
        Call.objects.filter(pk=running.pk).update(
            opens_on=today + timedelta(opens), closes_on=today + timedelta(closes)
        )
        page = text(client.get(reverse("calls:show", args=[running.pk])))
        assert said in page
        assert "Commencer un dossier" not in page


def test_the_total_of_the_envelopes_says_what_it_leaves_out(running, cast):
    EnvelopeFactory(call=running, funder=cast.county, line="mainstream", amount=None)
    detail = queries.call_detail(running, localdate())
    assert (detail.confirmed_amount, detail.unconfirmed_count) == (Decimal(200_000), 1)
    running.envelopes.update(amount=None)
    assert queries.call_detail(running, localdate()).confirmed_amount is None


def test_a_draft_says_what_is_missing_and_where(draft, client, officer):
    draft.objectives.clear()
    client.force_login(officer)
    page = text(client.get(reverse("calls:show", args=[draft.pk])))
    assert "Ouvrez au moins un objectif" in page
    assert f"/appels/{draft.pk}/modifier/perimetre/" in page
    assert "pas encore consulté" in page


def test_the_guidelines_file_is_downloaded_by_whoever_may_read_the_call(
    draft, client, officer, editor, councillor
):
    upload = SimpleUploadedFile("note.png", PNG)
    actions.edit_framing(draft, actor=officer, now=NOW, upload=upload, **FRAMING)
    url = reverse("calls:guidelines", args=[draft.pk])
    client.force_login(councillor)
    response = client.get(url)
    assert b"".join(response.streaming_content) == PNG
    assert "attachment" in response["Content-Disposition"]
    client.force_login(editor)
    assert client.get(url).status_code == 404


def test_a_call_without_file_has_none_to_give(cast, client, editor):
    client.force_login(editor)
    assert client.get(reverse("calls:guidelines", args=[cast.call.pk])).status_code == 404


def test_the_list_costs_the_same_however_long_it_is(cast, client, officer):
    client.force_login(officer)
    url = reverse("calls:index")
    client.get(url)
    counts = []
    for calls in (0, 2):
        for _ in range(calls):
            CallFactory(contract=cast.contract)
        with CaptureQueriesContext(connection) as counter:
            client.get(url)
        counts.append(len(counter))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["officer", "editor", "councillor", "state_decider"])
def test_a_call_costs_the_same_however_much_it_holds(cast, draft, client, request, role):
    person = request.getfixturevalue(role)
    client.force_login(person)
    call = cast.call if role == "editor" else draft
    url = reverse("calls:show", args=[call.pk])
    counts = []
    for number in (1, 2):
        for _ in range(number):
            fill(call, cast, person)
        client.get(url)
        with CaptureQueriesContext(connection) as counter:
            client.get(url)
        counts.append(len(counter))
    assert counts[0] == counts[1]


def fill(call, cast, person):
    place = NeighbourhoodFactory()
    cast.contract.neighbourhoods.add(place)
    call.neighbourhoods.add(place)
    parent = ObjectiveFactory(contract=cast.contract, level="priority")
    call.objectives.add(ObjectiveFactory(contract=cast.contract, parent=parent))
    EnvelopeFactory(call=call)
    RequiredPaperFactory(call=call)
    CriterionFactory(call=call)
    call.gauges.create(body=BodyFactory(contracts=[cast.contract]), most_applications=12)
    Milestone.objects.create(call=call, label="Comité", due_on=date(2027, 3, 1))
    council = CitizenCouncilFactory(contract=cast.contract, neighbourhood=place)
    CouncilConsultation.objects.create(
        call=call,
        council=council,
        consulted_on=date(2026, 11, 20),
        means="Réunion",
        recorded_by=person,
        answer="Oui.",
        answered_by=person,
        answered_at=NOW,
    )


@pytest.mark.parametrize(
    "section", ["calendrier", "perimetre", "enveloppes", "pieces", "criteres", "comites", "consultation"]
)
def test_a_section_costs_the_same_however_long_it_is(cast, draft, client, officer, section):
    client.force_login(officer)
    url = reverse("calls:edit", args=[draft.pk, section])
    counts = []
    for number in (1, 2):
        for _ in range(number):
            fill(draft, cast, officer)
        client.get(url)
        with CaptureQueriesContext(connection) as counter:
            client.get(url)
        counts.append(len(counter))
    assert counts[0] == counts[1]


# Writing


def test_a_new_call_is_prefilled_from_the_last_one(cast, client, officer):
    client.force_login(officer)
    url = reverse("calls:create") + f"?contrat={cast.contract.slug}"
    Call.objects.filter(pk=cast.call.pk).update(title="Appel à projets 2027")

    page = text(client.get(url))
    assert "Reprendre l'appel 2027" in page
    assert 'value="Appel à projets 2028"' in page
    assert 'value="2027-11-02"' in page

    typed = {"year": 2028, "title": "Appel 2028", "opens_on": "15/10/2027", "closes_on": "2028-01-15"}
    response = client.post(url, typed | {"resume": "on"})
    call = Call.objects.get(title="Appel 2028")
    assert response.url == reverse("calls:edit", args=[call.pk])
    assert (call.opens_on, call.envelopes.count()) == (date(2027, 10, 15), 2)

    client.post(url, typed | {"title": "Autre appel 2028"})
    assert not Call.objects.get(title="Autre appel 2028").envelopes.exists()


def test_a_refused_creation_keeps_what_was_typed(cast, client, officer):
    client.force_login(officer)
    typed = {"year": 2028, "title": "Tard", "opens_on": "2028-02-01", "closes_on": "2028-01-15"}
    page = text(client.post(reverse("calls:create"), typed))
    assert "vient avant l'ouverture" in page
    assert 'value="Tard"' in page


def test_one_who_writes_for_two_contracts_chooses(cast, client, officer):
    other = TeamMemberFactory(user=officer).contract
    client.force_login(officer)
    assert f"?contrat={other.slug}" in text(client.get(reverse("calls:create")))


def test_the_typical_calendar_and_papers_are_proposed_in_an_empty_draft(draft, client, officer):
    """PRG-12."""
    client.force_login(officer)
    assert "Comités techniques" in text(client.get(reverse("calls:edit", args=[draft.pk, "calendrier"])))
    assert "Statuts" in text(client.get(reverse("calls:edit", args=[draft.pk, "pieces"])))
    assert not draft.milestones.exists()


def test_lines_are_added_and_taken_away_without_script(draft, client, officer):
    client.force_login(officer)
    dates = {"opens_on": "2026-12-01", "closes_on": "2027-01-15"}
    first = {"label": "Comité", "due_on": "2027-03-01"}

    page = text(post(client, draft, "calendrier", **dates, **lines(first), add="1"))
    assert 'name="lignes-TOTAL_FORMS" value="2"' in page
    assert 'value="Comité"' in page
    assert not draft.milestones.exists()

    blank = {"label": "", "due_on": ""}
    assert post(client, draft, "calendrier", **dates, **lines(first, blank)).status_code == 302
    saved = draft.milestones.get()
    gone = first | {"id": saved.pk, "DELETE": "on"}
    post(client, draft, "calendrier", **dates, **lines(gone, saved=1))
    assert not draft.milestones.exists()


def test_a_new_paper_line_is_not_already_wrong(draft, client, officer):
    client.force_login(officer)
    page = text(
        post(
            client, draft, "pieces", **lines({"label": "RIB", "scope": "all", "is_required": "True"}), add="1"
        )
    )
    assert "obligatoire." not in page


def test_a_stale_edit_keeps_what_was_typed_and_may_be_sent_again(draft, client, officer, director):
    client.force_login(officer)
    seen = draft.version
    actions.edit_framing(draft, actor=director, now=NOW, **FRAMING)
    url = reverse("calls:edit", args=[draft.pk, "cadrage"])
    typed = {"version": seen, **FRAMING, "guidelines": "De la musique."}

    page = text(client.post(url, typed))

    assert "Quelqu'un d'autre" in page
    assert "De la musique." in page
    draft.refresh_from_db()
    assert draft.guidelines == "Du sport."
    assert f'name="version" value="{draft.version}"' in page
    assert client.post(url, typed | {"version": draft.version}).status_code == 302
    draft.refresh_from_db()
    assert draft.guidelines == "De la musique."


def test_a_mistyped_field_does_not_hide_that_someone_wrote_in_between(draft, client, officer, director):
    client.force_login(officer)
    seen = draft.version
    actions.edit_framing(draft, actor=director, now=NOW, **FRAMING)
    url = reverse("calls:edit", args=[draft.pk, "cadrage"])
    page = text(client.post(url, {"version": seen, **FRAMING, "title": ""}))
    assert f'name="version" value="{seen}"' in page


def test_every_objective_is_ticked_at_once(draft, cast, client, officer):
    other = ObjectiveFactory(contract=cast.contract)
    client.force_login(officer)
    page = text(post(client, draft, "perimetre", all="1"))
    assert page.count(" checked") == 3
    post(client, draft, "perimetre", objectives=[other.pk], neighbourhoods=[cast.qpv.pk])
    assert list(draft.objectives.all()) == [other]


def test_envelopes_are_typed_as_people_write_amounts(draft, cast, client, officer):
    client.force_login(officer)
    own = draft.envelopes.get()
    rows = (
        {"id": own.pk, "funder": cast.state.pk, "line": "p147", "amount": "96 000,50 €"},
        {"funder": cast.county.pk, "line": "targeted", "amount": ""},
    )
    assert post(client, draft, "enveloppes", **lines(*rows, saved=1)).status_code == 302
    assert [one.amount for one in draft.envelopes.all()] == [Decimal("96000.50"), None]


def test_an_association_is_not_a_funder(draft, cast, client, officer):
    client.force_login(officer)
    rows = ({"funder": cast.applicant.pk, "line": "p147", "amount": ""},)
    assert post(client, draft, "enveloppes", **lines(*rows)).status_code == 200


def test_papers_and_criteria_are_typed_and_blank_lines_left_out(draft, client, officer):
    client.force_login(officer)
    blank = {"label": "", "help": "", "scope": "all", "is_required": "True"}
    rib = blank | {"label": "RIB", "is_required": "False"}
    assert post(client, draft, "pieces", **lines(rib, blank)).status_code == 302
    assert [(one.label, one.is_required) for one in draft.papers.all()] == [("RIB", False)]
    need = {"label": "Besoin", "weight": "3", "help": ""}
    assert post(client, draft, "criteres", **lines(need, {"label": "", "weight": ""})).status_code == 302
    assert [(one.label, one.weight) for one in draft.criteria.all()] == [("Besoin", 3)]


def test_each_committee_is_given_a_gauge_or_none(draft, cast, client, officer):
    """PRG-1: how many dossiers each of the programming committees can look at."""
    health, youth = (
        BodyFactory(name=name, contracts=[cast.contract]) for name in ("CTP Santé", "CTP Jeunesse")
    )
    BodyFactory(name="COPIL", kind="steering", contracts=[cast.contract])
    client.force_login(officer)
    assert "COPIL" not in text(client.get(reverse("calls:edit", args=[draft.pk, "comites"])))
    rows = ({"id": health.pk, "most_applications": "12"}, {"id": youth.pk, "most_applications": ""})
    assert post(client, draft, "comites", **lines(*rows, saved=2)).status_code == 302
    assert [str(gauge) for gauge in draft.gauges.all()] == ["CTP Santé : 12"]
    assert "12 dossiers au plus" in text(client.get(reverse("calls:show", args=[draft.pk])))

    rows = ({"id": health.pk, "most_applications": ""}, {"id": youth.pk, "most_applications": "0"})
    page = text(post(client, draft, "comites", **lines(*rows, saved=2)))
    assert "supérieure ou égale à 1" in page
    assert draft.gauges.count() == 1


def test_the_gauge_of_another_contracts_committee_is_refused(draft, cast, client, officer):
    other = BodyFactory(name="CTP d'ailleurs")
    client.force_login(officer)
    page = text(post(client, draft, "comites", **lines({"id": other.pk, "most_applications": "3"}, saved=1)))
    assert "n'est plus dans la liste" in page
    assert not draft.gauges.exists()


def test_an_open_call_says_what_can_no_longer_go(running, cast, client, officer):
    asked = RequiredPaperFactory(call=running)
    client.force_login(officer)
    page = text(client.get(reverse("calls:edit", args=[running.pk, "pieces"])))
    assert 'name="lignes-0-DELETE"' not in page
    gone = {"id": asked.pk, "label": "Statuts", "scope": "all", "is_required": "True", "DELETE": "on"}
    page = text(post(client, running, "pieces", **lines(gone, saved=1)))
    assert "ne se retire plus" in page


def test_the_consultation_of_a_council_is_recorded_in_its_section(draft, cast, client, officer):
    client.force_login(officer)
    council = {"id": cast.council.pk, "consulted_on": "20/11/2026", "means": "", "answer": "Oui."}
    page = text(post(client, draft, "consultation", **lines(council, saved=1)))
    assert "Dites comment" in page
    assert "Oui." in page
    assert not draft.consultations.exists()

    response = post(client, draft, "consultation", next="1", **lines(council | {"means": "Réunion"}, saved=1))
    assert response.url == reverse("calls:show", args=[draft.pk])
    assert draft.consultations.get().answer == "Oui."


def test_a_council_elsewhere_is_folded_away_until_it_has_something_to_mend(draft, cast, client, officer):
    far = CitizenCouncilFactory(contract=cast.contract, neighbourhood=NeighbourhoodFactory())
    client.force_login(officer)
    page = text(client.get(reverse("calls:edit", args=[draft.pk, "consultation"])))
    assert page.index(str(cast.council)) < page.index("<details") < page.index(str(far))

    near = {"id": cast.council.pk, "consulted_on": "", "means": ""}
    half = {"id": far.pk, "consulted_on": "", "means": "Réunion"}
    page = text(post(client, draft, "consultation", **lines(near, half, saved=2)))
    assert "Donnez le jour de la consultation." in page
    assert "<details" not in page


def test_a_council_of_another_contract_is_not_recorded(draft, client, officer):
    foreign = CitizenCouncilFactory()
    client.force_login(officer)
    row = {"id": foreign.pk, "consulted_on": "2026-11-20", "means": "Réunion"}
    assert "rechargez la page" in text(post(client, draft, "consultation", **lines(row, saved=1)))


def test_saving_goes_on_to_the_next_section(draft, client, officer):
    client.force_login(officer)
    response = post(client, draft, "cadrage", next="1", **FRAMING)
    assert response.url == reverse("calls:edit", args=[draft.pk, "calendrier"])
    assert post(client, draft, "cadrage", **FRAMING).url == reverse("calls:edit", args=[draft.pk, "cadrage"])


def test_a_section_that_does_not_exist_is_not_found(draft, client, officer):
    client.force_login(officer)
    assert client.get(reverse("calls:edit", args=[draft.pk, "autre"])).status_code == 404


def test_the_director_opens_with_an_exception_from_the_page(draft, client, director, officer):
    url = reverse("calls:open", args=[draft.pk])
    client.force_login(officer)
    page = text(client.get(url))
    assert "Seule la direction du GIP" in page
    assert "exception_reason" not in page

    client.force_login(director)
    today = localdate()
    Call.objects.filter(pk=draft.pk).update(opens_on=today, closes_on=today + timedelta(30))
    page = text(client.post(url, {"exception_reason": "Trop court."}))
    assert "20 caractères" in page
    assert "Trop court." in page
    response = client.post(url, {"exception_reason": "Le conseil citoyen ne se réunit plus depuis 2022."})
    assert response.url == reverse("calls:show", args=[draft.pk])
    assert client.post(url, {}).url == response.url  # a second click leads there
    assert client.get(url).status_code == 302


def test_a_decider_confirms_their_envelope_from_the_call(running, cast, client, state_decider):
    client.force_login(state_decider)
    url = reverse("calls:set_envelope", args=[running.pk, cast.state_envelope.pk])
    page = text(client.get(reverse("calls:show", args=[running.pk])))
    assert url in page
    assert reverse("calls:set_envelope", args=[running.pk, cast.county_envelope.pk]) not in page
    page = text(client.post(url, {"amount": "-5", "version": running.version}))
    assert "négatif" in page
    assert client.post(url, {"amount": "90000", "version": running.version}).status_code == 302
    page = text(client.post(url, {"amount": "80000", "version": running.version}))
    running.refresh_from_db()
    assert "Quelqu'un d'autre" in page
    assert f'value="{running.version}"' in page
    assert "Montant enregistré : 90 000 €" in page


def test_a_councillor_answers_from_the_call(draft, consulted, client, councillor):
    client.force_login(councillor)
    page = text(client.get(reverse("calls:show", args=[draft.pk])))
    assert "Répondre pour mon conseil" in page
    url = reverse("calls:answer_consultation", args=[draft.pk, consulted.pk])
    assert client.post(url, {"answer": " "}).status_code == 200
    client.post(url, {"answer": "Pensez aux ados.", "seen": ""})
    assert "Pensez aux ados." in text(client.get(reverse("calls:show", args=[draft.pk])))


def test_a_call_is_postponed_from_its_page(running, client, officer):
    client.force_login(officer)
    url = reverse("calls:postpone", args=[running.pk])
    page = text(client.post(url, {"closes_on": running.closes_on.isoformat(), "reason": "Neige."}))
    assert "ne fait que se prolonger" in page
    later = running.closes_on + timedelta(7)
    assert client.post(url, {"closes_on": later.isoformat(), "reason": "Neige."}).status_code == 302


@pytest.mark.parametrize("section", list(Section))
def test_a_section_first_shows_what_is_saved_and_no_reproach(draft, client, officer, section):
    client.force_login(officer)
    page = text(client.get(reverse("calls:edit", args=[draft.pk, section])))
    assert "Ce champ est obligatoire" not in page
    if section == Section.FRAMING:
        assert "Soutenir les habitants." in page
