"""The programming table: everyone of the contract reads it, each funder writes in its own column."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from faubourg.appraisal.models import FundingProposal, Opinion, TabledApplication
from faubourg.awards.actions import decide
from faubourg.governance.models import AgendaItem
from tests.awards.conftest import NOW, asked_of, grant, reject
from tests.factories import InterestFactory, MeetingFactory, ObjectiveFactory, ParameterFactory

pytestmark = pytest.mark.django_db


def words(response):
    """The text of the page, spaces made plain."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"[\s\u00a0]+", " ", text)


@pytest.fixture
def table(client, cast):
    def read(person, query=""):
        client.force_login(person)
        return client.get(reverse("awards:programme", args=[cast.call.pk]) + query)

    return read


def rule(application, envelope, actor, ruling):
    decide(asked_of(application, envelope), actor=actor, ruling=ruling, version=0, now=NOW)


def opinion(application, officer, stance):
    meeting = MeetingFactory()
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Point")
    tabled = TabledApplication.objects.create(item=item, application=application)
    return Opinion.objects.create(
        application=application, tabled=tabled, stance=stance, summary="Avis", given_by=officer, given_at=NOW
    )


def test_the_table_says_what_is_asked_proposed_decided_and_left(table, cast, dossier, officer, state_decider):
    """FIN-2, PRG-9."""
    application = dossier(title="Jardins partagés")
    FundingProposal.objects.create(
        application=application, envelope=cast.state_envelope, proposed_amount=4600
    )
    opinion(application, officer, "reserved")
    rule(application, cast.state_envelope, state_decider, grant(4500))
    page = words(table(officer))

    assert "2027-001 Jardins partagés" in page
    assert "4 500 dem. 5 000 prop. 4 600" in page
    assert "… dem. 3 000" in page
    assert "Réservé" in page
    assert "Reste dans l'enveloppe 95 500 € 100 000 €" in page


@pytest.mark.parametrize(
    "role",
    ["director", "finance", "delegate", "state_officer", "county_decider", "expert", "councillor", "reader"],
)
def test_everyone_of_the_contract_reads_the_table(table, dossier, role, request):
    dossier()
    assert table(request.getfixturevalue(role)).status_code == 200


@pytest.mark.parametrize("role", ["editor", "signatory", "stranger", "technical_admin"])
def test_applicants_and_outsiders_do_not(table, dossier, role, request):
    dossier()
    assert table(request.getfixturevalue(role)).status_code == 404


def test_a_decider_is_given_links_in_its_own_column_only(table, cast, dossier, state_decider, officer):
    application = dossier()
    mine = reverse("awards:decide", args=[application.pk, asked_of(application, cast.state_envelope).pk])
    theirs = reverse("awards:decide", args=[application.pk, asked_of(application, cast.county_envelope).pk])

    page = table(state_decider).content.decode()
    assert mine in page
    assert theirs not in page
    assert "/decision/" not in table(officer).content.decode()


def test_no_link_before_the_committee_nor_after_the_validation(table, dossier, state_decider):
    dossier(state="appraised")
    dossier(state="validated")
    assert "/decision/" not in table(state_decider).content.decode()


def test_whoever_is_tied_to_the_applicant_reads_neither_opinion_nor_proposal(
    table, cast, dossier, state_decider
):
    """B2.5, PRG-7."""
    application = dossier()
    FundingProposal.objects.create(
        application=application, envelope=cast.state_envelope, proposed_amount=4600
    )
    opinion(application, state_decider, "reserved")
    InterestFactory(user=state_decider, organisation=cast.applicant)
    page = words(table(state_decider))

    assert "prop. 4 600" not in page
    assert "déport" in page
    assert "/decision/" not in table(state_decider).content.decode()


def test_an_envelope_to_be_confirmed_is_not_zero(table, cast, dossier, officer):
    cast.county_envelope.amount = None
    cast.county_envelope.save()
    dossier()
    assert "Reste dans l'enveloppe 100 000 € à confirmer" in words(table(officer))


def test_proposals_beyond_the_envelope_are_said(table, cast, dossier, officer):
    cast.state_envelope.amount = 4_000
    cast.state_envelope.save()
    FundingProposal.objects.create(
        application=dossier(), envelope=cast.state_envelope, proposed_amount=Decimal("4000.01")
    )
    assert "au-delà de l'enveloppe" in words(table(officer))


def test_drafts_withdrawn_and_inadmissible_dossiers_are_off_the_table(table, dossier, officer):
    dossier(state="withdrawn", title="Retirée")
    dossier(state="inadmissible", title="Irrecevable")
    assert "Aucun dossier à programmer" in words(table(officer))


def test_filters_keep_the_sums_of_the_whole_call(
    table, cast, dossier, officer, state_decider, county_decider
):
    first, second = dossier(title="Premier"), dossier(title="Second")
    rule(first, cast.state_envelope, state_decider, grant(4500))
    rule(first, cast.county_envelope, county_decider, reject())
    other = ObjectiveFactory(contract=cast.contract, code="9.9")
    cast.call.objectives.add(other)
    second.objectives.set([other])
    opinion(second, officer, "favourable")

    for query in (
        "?decision=pending",
        "?objectif=9.9",
        "?avis=favourable",
        "?decision=pending&avis=favourable",
    ):
        page = words(table(officer, query))
        assert "Second" in page, query
        assert "Premier" not in page, query
        assert "Demandé 16 000 € 10 000 € 6 000 €" in page, query
    assert "Aucun dossier ne répond à ces filtres" in words(table(officer, "?avis=out_of_scope"))
    assert "Premier" in words(table(officer, "?avis=nimporte"))

    assert '<select name="avis"' in table(officer, "?avis=favourable").content.decode()
    assert '<option value="favourable" selected>' in table(officer, "?avis=favourable").content.decode()

    mine = words(table(state_decider, "?a-decider=1"))
    assert "Second" in mine
    assert "Premier" not in mine


def test_objectives_without_a_dossier_are_named(table, cast, dossier, officer):
    """PRJ-6."""
    cast.call.objectives.add(ObjectiveFactory(contract=cast.contract, code="2.3", label="Offre de soins"))
    dossier()
    page = words(table(officer))
    assert "auxquels aucun dossier ne répond : 2.3 Offre de soins" in page


@pytest.mark.parametrize("value", ["0.5", "50"])
def test_the_share_of_three_year_agreements_is_compared_with_the_contract(
    table, cast, dossier, officer, state_decider, value
):
    """PRG-11."""
    ParameterFactory(contract=cast.contract, code="cpo.part", value=Decimal(value))
    rule(dossier(county=None), cast.state_envelope, state_decider, grant(5000))
    rule(dossier(county=None, is_multi_year=True), cast.state_envelope, state_decider, grant(2500))
    page = words(table(officer))

    assert "Conventions de trois ans : 33,3 % des montants accordés, 50 % des dossiers financés" in page
    assert "Sous la part visée" in page


def test_the_table_costs_the_same_however_many_dossiers(client, cast, dossier, state_decider, cost_of):
    url = reverse("awards:programme", args=[cast.call.pk])
    client.force_login(state_decider)
    dossier()
    one = cost_of(url)
    for _ in range(2):
        dossier()
    assert cost_of(url) == one <= 12


def test_the_list_of_calls_shows_those_of_my_contract(client, cast, officer, stranger):
    client.force_login(officer)
    assert str(cast.call) in client.get(reverse("awards:index")).content.decode()
    client.force_login(stranger)
    assert str(cast.call) not in client.get(reverse("awards:index")).content.decode()
