"""The pages of a contract: who reads them, what they say, what they cost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.contracts.models import Annex, Resolution, Visa
from faubourg.contracts.queries import objective_tree
from faubourg.governance.models import BodyMember
from tests.factories import (
    BodyFactory,
    CitizenCouncilFactory,
    ContractFactory,
    MeetingFactory,
    NeighbourhoodFactory,
    ObjectiveFactory,
    OrganisationFactory,
    ParameterFactory,
    TeamMemberFactory,
    UserFactory,
)
from tests.factories.contracts import ClarificationFactory, OrientationFactory, SignatoryFactory

PAGES = ("show", "objectives", "orientations", "signatories", "bodies", "parameters", "clarifications")


def address(name, contract, *args):
    return reverse(f"contracts:{name}", args=[contract.slug, *args])


def read(client, user, url):
    client.force_login(user)
    return client.get(url)


# Who reads ------------------------------------------------------------------------------------------

READERS = (
    "director", "officer", "finance", "delegate", "state_officer", "state_decider", "expert", "councillor",
    "reader", "editor", "signatory", "org_admin", "technical_admin", "stranger",
)  # fmt: skip


@pytest.mark.parametrize("person", READERS)
def test_every_seat_every_applicant_and_the_technical_administrator_read_the_contract(
    client, request, contract, person
):
    user = request.getfixturevalue(person)

    answers = {name: read(client, user, address(name, contract)).status_code for name in PAGES}

    assert answers == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize("name", PAGES)
def test_someone_from_another_contract_finds_nothing(client, contract, elsewhere, name):
    assert read(client, elsewhere, address(name, contract)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_person_who_holds_nothing_finds_nothing(client, contract, name):
    assert read(client, UserFactory(), address(name, contract)).status_code == 404


@pytest.mark.parametrize("name", ["index", *PAGES])
def test_a_visitor_is_asked_to_sign_in(client, contract, name):
    url = reverse("contracts:index") if name == "index" else address(name, contract)

    assert client.get(url).status_code == 302


def test_the_list_holds_the_contracts_of_ones_seats_only(client, contract, reader):
    ContractFactory(name="Ailleurs")

    page = read(client, reader, reverse("contracts:index"))

    assert contract.name in page.text
    assert "Ailleurs" not in page.text


def test_a_person_without_a_contract_is_told_what_to_do(client, db):
    page = read(client, UserFactory(), reverse("contracts:index"))

    assert "Aucun contrat ne vous est ouvert" in page.text


# What they say --------------------------------------------------------------------------------------


def test_the_overview_says_what_is_known_and_what_is_to_be_confirmed(client, contract, reader):
    ClarificationFactory(contract=contract)
    ClarificationFactory(contract=contract, state="settled")
    Annex.objects.create(contract=contract, number=1, title="Carte")

    page = read(client, reader, address("show", contract)).text

    assert "à confirmer" in page
    assert "1 point à clarifier" in page
    assert "1 réglé<" in page
    assert "à joindre" in page
    assert "L&#x27;Écusson" in page


def test_the_overview_counts_the_meetings_closed_this_year(client, contract, reader, monkeypatch):
    """GOV-1: what is due is counted on meetings that were held."""
    body = BodyFactory(contracts=[contract], name="COPIL", kind="steering", minimum_per_year=2)
    today = date.today()  # noqa: DTZ011  (the page shows the year it is)
    MeetingFactory(body=body, state="closed", closed_at=datetime(today.year, 3, 1, tzinfo=UTC))
    MeetingFactory(body=body, state="closed", closed_at=datetime(today.year - 1, 3, 1, tzinfo=UTC))
    MeetingFactory(body=body)

    assert "COPIL : 1 sur 2 au moins" in read(client, reader, address("show", contract)).text


def test_the_objectives_hang_from_their_priority_with_the_orientations_they_answer(client, contract, reader):
    """PRJ-7."""
    priority = ObjectiveFactory(contract=contract, level="priority", code="7", label="Santé", position=0)
    strategic = ObjectiveFactory(contract=contract, code="7.1", label="Soins", parent=priority, position=1)
    OrientationFactory(
        contract=contract, label="Aller vers", objectives=[strategic], objectives_are_proposed=True
    )

    page = read(client, reader, address("objectives", contract)).text

    assert page.index("Santé") < page.index("7.1 Soins") < page.index("Aller vers")
    assert "(proposé)" in page


def test_an_archived_objective_is_shown_apart(client, contract, reader):
    ObjectiveFactory(contract=contract, label="Ancien but", archived_on=date(2026, 5, 1))

    page = read(client, reader, address("objectives", contract)).text

    assert "Objectifs archivés" in page
    assert "archivé le 1er mai 2026" in page


def test_the_tree_takes_the_counts_an_upper_app_brings(contract):
    priority = ObjectiveFactory(contract=contract, level="priority", code="7", position=0)
    counted = ObjectiveFactory(contract=contract, code="7.1", parent=priority, position=1)
    ObjectiveFactory(contract=contract, code="7.2", parent=priority, position=2)

    tree = objective_tree(contract.pk, counts={counted.pk: 4})

    branch = next(branch for branch in tree if branch.objective == priority)
    assert [leaf.applications for leaf in branch.children] == [4, 0]
    assert objective_tree(contract.pk)[0].applications is None


def test_local_authorities_without_a_cited_resolution_have_a_paper_to_attach(client, contract, reader):
    """SIG-2: the region and the department have none in the text."""
    town = OrganisationFactory(kind="commune", name="Ville")
    SignatoryFactory(contract=contract, organisation=town)
    SignatoryFactory(contract=contract, organisation__kind="region", organisation__name="Région")
    SignatoryFactory(contract=contract, organisation__kind="chamber", organisation__name="Chambre")
    Resolution.objects.create(contract=contract, organisation=town, subject="autorise")

    page = read(client, reader, address("signatories", contract)).text

    assert "Région : le texte ne cite pas de délibération" in page
    assert "Chambre : le texte" not in page
    assert "Ville : le texte" not in page


def test_the_signatories_show_their_representative_and_since_when_it_is_known(client, contract, reader):
    """SIG-1."""
    signatory = SignatoryFactory(contract=contract)
    signatory.representatives.create(full_name="Awa", title="maire", observed_on=date(2024, 3, 22))
    Visa.objects.create(contract=contract, position=1, text="la loi")
    Annex.objects.create(contract=contract, number=4, title="Carte")

    page = read(client, reader, address("signatories", contract)).text

    assert "Awa, maire" in page
    assert "constaté au 22 mars 2024" in page
    assert "Vu : la loi" in page
    assert "Absente : pièce à joindre" in page


def test_the_bodies_show_their_rhythm_their_members_and_the_councils(client, contract, reader):
    body = BodyFactory(contracts=[contract], minimum_per_year=4, missions=["Suivre"], is_optional=True)
    BodyMember.objects.create(body=body, label="Les bailleurs", position=1)

    page = read(client, reader, address("bodies", contract)).text

    assert "4 séances par an au moins" in page
    assert "Les bailleurs" in page
    assert "Suivre" in page
    assert "Facultative" in page
    assert "Conseil citoyen" in page


def test_a_parameter_shows_its_value_its_source_and_its_proof(client, contract, reader):
    ParameterFactory(contract=contract, source="contrat, l. 904")
    ParameterFactory(contract=contract, code="cpo.part", value="2.5", unit="%", proof_level="general")
    ParameterFactory(contract=contract, code="vide", value=None, unit="")

    page = read(client, reader, address("parameters", contract)).text.replace("\u00a0", " ")

    assert "700 €" in page
    assert "contrat, l. 904" in page
    assert "2,5 %" in page
    assert "à confirmer" in page
    assert "pour l'instant, alerte seulement" in page


def test_the_points_are_filtered_by_state(client, contract, reader):
    ClarificationFactory(contract=contract, finding="Encore ouvert")
    ClarificationFactory(contract=contract, finding="Déjà tranché", state="settled")
    url = address("clarifications", contract)

    assert "Déjà tranché" not in read(client, reader, f"{url}?etat=open").text
    assert "Encore ouvert" not in read(client, reader, f"{url}?etat=settled").text
    assert "Encore ouvert" in read(client, reader, f"{url}?etat=nimporte").text


def test_what_people_typed_is_escaped(client, contract, reader):
    ClarificationFactory(contract=contract, finding="<script>x</script>", decision="<b>y</b>")

    page = read(client, reader, address("clarifications", contract)).text

    assert "<script>x" not in page
    assert "<b>y" not in page


# What they cost -------------------------------------------------------------------------------------


def fill(contract, count):
    for number in range(count):
        place = NeighbourhoodFactory()
        contract.neighbourhoods.add(place)
        CitizenCouncilFactory(contract=contract, neighbourhood=place)
        priority = ObjectiveFactory(contract=contract, level="priority")
        strategic = ObjectiveFactory(contract=contract, parent=priority)
        OrientationFactory(contract=contract, objectives=[priority, strategic])
        signatory = SignatoryFactory(contract=contract)
        signatory.representatives.create(full_name="Awa", title="maire")
        Resolution.objects.create(contract=contract, organisation=signatory.organisation, subject="autorise")
        body = BodyFactory(contracts=[contract], minimum_per_year=2)
        member = OrganisationFactory()
        BodyMember.objects.create(body=body, label="x", position=1, organisation=member)
        user = UserFactory()
        ParameterFactory(
            contract=contract, code=f"p.{count}.{number}", verified_by=user, verified_on=date(2026, 1, 1)
        )
        ClarificationFactory(
            contract=contract, decision="x", decided_by=user, decided_on=date(2026, 1, 1), state="settled"
        )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_however_much_it_shows(client, contract, director, name):
    url = address(name, contract)
    fill(contract, 1)
    read(client, director, url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url)
    fill(contract, 3)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)


def test_the_list_of_contracts_costs_the_same_however_long_it_is(client, technical_admin):
    client.force_login(technical_admin)
    counts = []
    for _ in (1, 3):
        TeamMemberFactory(user=technical_admin, role="reader")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("contracts:index"))
        counts.append(len(queries))

    assert counts[0] == counts[1]
