"""Scenarios: tried alone or together, compared, adopted once. No real decision moves (PRG-9)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.appraisal.models import Appraisal, FundingProposal
from faubourg.awards.actions import (
    Typed,
    adopt_scenario,
    create_scenario,
    decide,
    delete_scenario,
    edit_scenario,
    set_amounts,
)
from faubourg.awards.models import FundingDecision, Scenario, WaitingRequest
from faubourg.journal.models import Entry
from faubourg.toolkit.refusal import Refusal
from tests.awards.conftest import NOW, asked_of, grant
from tests.awards.test_programme import words
from tests.factories import InterestFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast):
    """`made(officer)` is a scenario of theirs; shared=True shows it."""

    def make(actor, *, source="vide", name="Équilibre jeunesse", shared=False):
        scenario = create_scenario(cast.call, actor=actor, name=name, source=source, now=NOW)
        if shared:
            edit_scenario(scenario, actor=actor, name=name, is_shared=True, now=NOW)
        return scenario

    return make


def write_in(scenario, application, envelope, text, actor, version=0):
    """The result of one cell."""
    typed = {asked_of(application, envelope).pk: Typed(text, version)}
    (result,) = set_amounts(scenario, typed, actor=actor, now=NOW)
    return result


def tried(scenario):
    return {
        (one.funding_request.application.number, str(one.funding_request.envelope)): one.amount
        for one in scenario.amounts.all()
    }


@pytest.mark.parametrize(
    ("source", "given"),
    [
        ("demandes", {"État (P147)": 5000, "Département du Gard": 3000}),
        ("propositions", {"État (P147)": 4600}),
        ("decisions", {"État (P147)": 4500}),
        ("vide", {}),
    ],
)
def test_a_scenario_starts_from_what_is_asked_proposed_or_decided(
    cast, dossier, officer, state_decider, made, source, given
):
    application = dossier()
    FundingProposal.objects.create(
        application=application, envelope=cast.state_envelope, proposed_amount=4600
    )
    decide(
        asked_of(application, cast.state_envelope),
        actor=state_decider,
        ruling=grant(4500),
        version=0,
        now=NOW,
    )
    scenario = made(officer, source=source)

    assert tried(scenario) == {("2027-001", label): Decimal(value) for label, value in given.items()}


def test_a_copy_of_a_scenario_goes_its_own_way(cast, dossier, officer, made):
    application = dossier()
    first = made(officer, source="demandes")
    copy = made(officer, source=str(first.pk), name="Copie")
    write_in(copy, application, cast.state_envelope, "1 000", officer, version=1)

    assert tried(first)["2027-001", "État (P147)"] == 5000
    assert tried(copy)["2027-001", "État (P147)"] == 1000


def test_a_private_scenario_is_its_owner_s_until_it_is_shared(cast, client, officer, state_officer, made):
    scenario = made(officer)
    client.force_login(state_officer)
    assert client.get(reverse("awards:scenario", args=[scenario.pk])).status_code == 404

    edit_scenario(scenario, actor=officer, name=scenario.name, is_shared=True, now=NOW)
    assert client.get(reverse("awards:scenario", args=[scenario.pk])).status_code == 200


def test_others_read_a_shared_scenario_and_do_not_write_in_it(
    cast, dossier, officer, director, state_officer, made
):
    application = dossier()
    scenario = made(officer, shared=True)
    with pytest.raises(PermissionDenied, match="copiez-le"):
        write_in(scenario, application, cast.state_envelope, "1", state_officer)
    assert write_in(scenario, application, cast.state_envelope, "1", director).problem == ""  # one team


def test_a_funder_s_scenario_is_written_by_its_owner_alone(cast, dossier, state_officer, officer, made):
    application = dossier()
    scenario = made(state_officer, shared=True)
    with pytest.raises(PermissionDenied, match="copiez-le"):
        write_in(scenario, application, cast.state_envelope, "1", officer)


@pytest.mark.parametrize("role", ["expert", "councillor", "reader", "delegate"])
def test_those_who_do_not_arbitrate_make_none(cast, role, request):
    with pytest.raises(PermissionDenied):
        create_scenario(cast.call, actor=request.getfixturevalue(role), name="X", source="vide", now=NOW)


def test_two_scenarios_of_one_person_bear_two_names(cast, officer, director, made):
    made(officer)
    with pytest.raises(Refusal, match="déjà un scénario"):
        made(officer)
    made(director)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("5000,01", "dépasse le montant demandé"),
        ("douze", "n'est pas un montant"),
        ("-1", "ne peut pas être négatif"),
        ("1,234", "deux chiffres"),
        ("L", "Écrivez le montant attendu avant le L"),
        ("0 L", "On n'attend pas zéro euro"),
    ],
)
def test_a_cell_that_says_what_cannot_be_is_refused_with_its_reason(
    cast, dossier, officer, made, text, sentence
):
    result = write_in(made(officer), dossier(), cast.state_envelope, text, officer)
    assert sentence in result.problem
    assert result.text == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [("5000", "5\u00a0000"), ("4 999,99 €", "4\u00a0999,99"), ("0", "0"), ("300 l", "300 L")],
)
def test_what_can_be_is_kept_as_people_type_it(cast, dossier, officer, made, text, kept):
    result = write_in(made(officer), dossier(), cast.state_envelope, text, officer)
    assert (result.text, result.problem) == (kept, "")


def test_one_refused_cell_does_not_lose_the_others(cast, dossier, officer, made):
    application, scenario = dossier(), made(officer)
    state, county = (asked_of(application, one).pk for one in (cast.state_envelope, cast.county_envelope))
    results = set_amounts(
        scenario, {state: Typed("9999", 0), county: Typed("2000", 0)}, actor=officer, now=NOW
    )
    assert {one.request_id: bool(one.problem) for one in results} == {state: True, county: False}
    assert tried(scenario) == {("2027-001", "Département du Gard"): 2000}


def test_two_people_in_one_cell_are_told_and_nobody_s_amount_is_overwritten(
    cast, dossier, officer, director, made
):
    application, scenario = dossier(), made(officer, shared=True)
    write_in(scenario, application, cast.state_envelope, "3000", director)
    late = write_in(scenario, application, cast.state_envelope, "2000", officer)

    assert "Claire Directrice a écrit entre-temps « 3\u00a0000 »" in late.problem
    assert (late.text, late.version) == ("3\u00a0000", 1)
    assert write_in(scenario, application, cast.state_envelope, "2000", officer, late.version).problem == ""


def test_the_same_cell_sent_twice_is_written_once(cast, dossier, officer, made):
    application, scenario = dossier(), made(officer)
    write_in(scenario, application, cast.state_envelope, "3000", officer)
    again = write_in(scenario, application, cast.state_envelope, "3000", officer)
    assert (again.version, again.problem) == (1, "")


def test_whoever_is_tied_to_the_applicant_neither_reads_nor_writes_its_cells(
    cast, client, dossier, officer, director, made
):
    """B2.5, PRG-7."""
    application, scenario = dossier(), made(director, shared=True)
    write_in(scenario, application, cast.state_envelope, "4321", director)
    InterestFactory(user=officer, organisation=cast.applicant)
    assert "déport" in write_in(scenario, application, cast.state_envelope, "1", officer, 1).problem

    client.force_login(officer)
    page = words(client.get(reverse("awards:scenario", args=[scenario.pk])))
    assert "déport dem. 5 000" in page
    assert client.get(reverse("awards:scenario_row", args=[scenario.pk, application.pk])).status_code == 404


def test_adopting_makes_it_what_the_gip_proposes_and_touches_no_decision(
    cast, client, dossier, officer, state_decider, county_decider, made
):
    first, second = dossier(), dossier()
    FundingProposal.objects.create(application=second, envelope=cast.state_envelope, proposed_amount=1)
    decide(
        asked_of(first, cast.county_envelope), actor=county_decider, ruling=grant(3000), version=0, now=NOW
    )
    scenario = made(officer)
    write_in(scenario, first, cast.state_envelope, "4200", officer)
    write_in(scenario, second, cast.county_envelope, "2500 L", officer)

    assert adopt_scenario(scenario, actor=officer, now=NOW) == (2, [])
    assert {
        (one.application.number, one.envelope_id): one.proposed_amount
        for one in FundingProposal.objects.all()
    } == {("2027-001", cast.state_envelope.pk): 4200}
    assert [one.awarded_amount for one in FundingDecision.objects.all()] == [3000]
    waiting = WaitingRequest.objects.get()
    assert (waiting.funding_request.application, waiting.amount, waiting.rank) == (second, 2500, 1)
    assert Entry.objects.filter(verb="awards.adopt_scenario", subject_type="awards.scenario").count() == 1

    client.force_login(state_decider)
    assert "prop. 4 200" in words(client.get(reverse("awards:programme", args=[cast.call.pk])))


def test_adopting_twice_adopts_once_and_an_adopted_scenario_no_longer_changes(cast, dossier, officer, made):
    application, scenario = dossier(), made(officer)
    adopt_scenario(scenario, actor=officer, now=NOW)
    assert adopt_scenario(scenario, actor=officer, now=NOW) == (0, [])
    assert Entry.objects.filter(verb="awards.adopt_scenario", subject_type="awards.scenario").count() == 1
    with pytest.raises(PermissionDenied, match="adopté"):
        write_in(scenario, application, cast.state_envelope, "1", officer)
    with pytest.raises(PermissionDenied, match="adopté"):
        delete_scenario(scenario, actor=officer, now=NOW)


@pytest.mark.parametrize(("amount", "refused"), [("4000", False), ("4000,01", True)])
def test_more_than_the_envelope_is_not_adopted(cast, dossier, officer, made, amount, refused):
    """PRG-9: refused, or the waiting list."""
    cast.state_envelope.amount = 4000
    cast.state_envelope.save()
    application, scenario = dossier(), made(officer)
    write_in(scenario, application, cast.state_envelope, amount, officer)
    if refused:
        with pytest.raises(Refusal, match=r"il manque 0,01.€ dans l'enveloppe"):
            adopt_scenario(scenario, actor=officer, now=NOW)
        write_in(scenario, application, cast.state_envelope, f"{amount} L", officer, version=1)
    adopt_scenario(scenario, actor=officer, now=NOW)
    assert WaitingRequest.objects.exists() == refused


@pytest.mark.parametrize(("public", "refused"), [("1000", False), ("1000,01", True)])
def test_more_public_money_than_the_cost_is_not_adopted(cast, dossier, officer, made, public, refused):
    """PRG-9: 9 000 € of cost, 8 000 € from the funders of the call, the rest from another public funder."""
    application, scenario = dossier(), made(officer, source="demandes")
    application.budget_lines.create(
        side="income", account="74C", label="Ville", amount=Decimal(public.replace(",", "."))
    )
    if refused:
        with pytest.raises(Refusal, match="total des aides publiques"):
            adopt_scenario(scenario, actor=officer, now=NOW)
    else:
        adopt_scenario(scenario, actor=officer, now=NOW)


def test_a_dossier_already_decided_and_one_the_actor_is_tied_to_are_left_as_they_are(
    cast, dossier, officer, made
):
    from tests.factories import OrganisationFactory  # noqa: PLC0415

    decided = dossier(state="decided")
    tied = dossier(applicant=OrganisationFactory())
    InterestFactory(user=officer, organisation=tied.applicant)
    scenario = made(officer, source="demandes")
    changed, left = adopt_scenario(scenario, actor=officer, now=NOW)
    assert (changed, left) == (0, [decided, tied])
    assert not FundingProposal.objects.exists()


def test_a_sheet_left_open_while_a_scenario_is_adopted_overwrites_nothing(cast, dossier, officer, made):
    """A stale tab: the version of the sheet has moved."""
    application = dossier()
    sheet = Appraisal.objects.create(application=application, version=3)
    scenario = made(officer, source="demandes")
    adopt_scenario(scenario, actor=officer, now=NOW)
    sheet.refresh_from_db()
    assert (sheet.version, sheet.saved_by) == (4, officer)


def test_only_the_team_of_the_gip_adopts(cast, state_decider, finance, made):
    for actor in (state_decider, finance):
        with pytest.raises(PermissionDenied, match="adopte"):
            adopt_scenario(made(actor), actor=actor, now=NOW)


def test_two_ways_side_by_side_say_who_gains_who_loses_and_what_is_left_without_action(
    client, cast, dossier, officer, state_decider, made
):
    alone = ObjectiveFactory(contract=cast.contract, code="2.3", label="Offre de soins")
    cast.call.objectives.add(alone)
    first, second = dossier(title="Premier"), dossier(title="Second", is_multi_year=True)
    second.objectives.set([alone])
    decide(asked_of(first, cast.state_envelope), actor=state_decider, ruling=grant(4000), version=0, now=NOW)
    scenario = made(officer)
    write_in(scenario, first, cast.state_envelope, "1000", officer)
    write_in(scenario, second, cast.state_envelope, "3000", officer)
    client.force_login(officer)
    page = words(
        client.get(
            reverse("awards:compare_ways", args=[cast.call.pk]),
            {"gauche": "decisions", "droite": scenario.pk},
        )
    )
    assert "Dossiers qui gagnent : 1 ; qui perdent : 1 ; inchangés : 0." in page
    assert "perd 3 000 €" in page
    assert "gagne 3 000 €" in page
    assert "Objectifs sans action 2.3 Offre de soins aucun" in page
    assert "en montant 0 % 75 %" in page
    assert "État (P147) 100 000 € 4 000 € reste 96 000 € 4 000 € reste 96 000 €" in page


def test_the_sums_of_the_scenario_are_on_its_page_and_what_is_wrong_below(
    client, cast, dossier, officer, made
):
    cast.state_envelope.amount = 4_000
    cast.state_envelope.save()
    application, scenario = dossier(), made(officer)
    write_in(scenario, application, cast.state_envelope, "4500", officer)
    client.force_login(officer)
    answer = client.get(reverse("awards:scenario", args=[scenario.pk]))
    page = words(answer)
    assert "Scénario 4 500 € 0 € 4 500 €" in page
    assert "Reste −500 € 100 000 €" in page
    assert "À corriger avant d'adopter État (P147) : il manque 500 € dans l" in page
    assert f'data-cell="{asked_of(application, cast.state_envelope).pk}.1"' in answer.content.decode()


def test_a_line_is_written_without_javascript_and_a_refusal_is_at_its_field(
    client, cast, dossier, officer, made
):
    application, scenario = dossier(), made(officer)
    state, county = (asked_of(application, one).pk for one in (cast.state_envelope, cast.county_envelope))
    url = reverse("awards:scenario_row", args=[scenario.pk, application.pk])
    client.force_login(officer)
    data = {
        f"cell-{state}": "9999",
        f"version-{state}": "0",
        f"cell-{county}": "100",
        f"version-{county}": "0",
    }
    page = client.post(url, data)
    assert "dépasse le montant demandé" in words(page)
    assert 'value="9999"' in page.content.decode()
    answer = client.post(url, data | {f"cell-{state}": "4000", f"version-{county}": "1"})
    assert answer.url.endswith(f"#dossier-{application.pk}")
    assert sum(tried(scenario).values()) == 4100


def test_cells_are_saved_in_place_and_each_answers_for_itself(client, cast, dossier, officer, made):
    application, scenario = dossier(), made(officer)
    state, county = (asked_of(application, one).pk for one in (cast.state_envelope, cast.county_envelope))
    client.force_login(officer)
    answer = client.post(
        reverse("awards:set_amounts", args=[scenario.pk]),
        {"cell": [f"{state}.0.4 500,5", f"{county}.0.beaucoup", "x", "999.2", "-1.0.5"]},
    ).json()
    assert answer[str(state)] == {"text": "4\u00a0500,50", "version": 1, "problem": ""}
    assert "n'est pas un montant" in answer[str(county)]["problem"]


def test_last_year_is_told_for_the_same_action_of_the_same_applicant(
    client, cast, dossier, officer, state_decider
):
    from tests.factories import CallFactory, EnvelopeFactory, complete_application  # noqa: PLC0415

    old = CallFactory(contract=cast.contract, year=2026, state="closed")
    envelope = EnvelopeFactory(call=old, funder=cast.state)
    for title in ("Jardins partagés 2026", "Autre chose"):
        before = complete_application(
            call=old,
            envelope=envelope,
            applicant=cast.applicant,
            title=title,
            state="notified",
            submitted_at=NOW,
        )
        FundingDecision.objects.create(
            funding_request=before.funding_requests.get(), outcome="granted", awarded_amount=3210,
            decided_on=NOW.date(), recorded_by=officer, recorded_at=NOW,
        )  # fmt: skip
    dossier(title="Jardins partagés 2027", county=None)
    client.force_login(officer)
    page = words(client.get(reverse("awards:programme", args=[cast.call.pk])))
    assert "dem. 5 000 2026 : 3 210" in page
    assert page.count("2026 : 3 210") == 1


@pytest.mark.parametrize("page", ["scenario", "scenarios", "compare", "adopt", "waiting"])
def test_a_page_of_scenarios_costs_the_same_however_many_dossiers(
    client, cast, dossier, officer, made, cost_of, page
):
    scenario = made(officer, source="demandes")
    url = {
        "scenario": reverse("awards:scenario", args=[scenario.pk]),
        "scenarios": reverse("awards:scenarios", args=[cast.call.pk]),
        "compare": reverse("awards:compare_ways", args=[cast.call.pk])
        + f"?gauche={scenario.pk}&droite=demandes",
        "adopt": reverse("awards:adopt_scenario", args=[scenario.pk]),
        "waiting": reverse("awards:waiting_list", args=[cast.call.pk]),
    }[page]
    client.force_login(officer)

    def add():
        application = dossier()
        write_in(scenario, application, cast.state_envelope, "1 000", officer)
        WaitingRequest.objects.create(
            funding_request=asked_of(application, cast.state_envelope), amount=1, rank=1
        )

    add()
    one = cost_of(url)
    add()
    add()
    assert cost_of(url) == one <= 12


def test_a_scenario_is_thrown_away_by_its_owner(cast, client, officer, dossier, made):
    dossier()
    scenario = made(officer, source="demandes")
    client.force_login(officer)
    client.post(reverse("awards:delete_scenario", args=[scenario.pk]))
    assert not Scenario.objects.exists()
