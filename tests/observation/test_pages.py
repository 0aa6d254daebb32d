"""The pages of the territory: what they show, to whom, and what they cost (DAT-2, DAT-4, DAT-6, GEO-5)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from faubourg.observation.models import Equipment
from faubourg.territories.models import Correspondence, Source
from tests.factories import CommuneFactory, NeighbourhoodFactory
from tests.observation.test_figures import datum

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def town(cast):
    town = CommuneFactory(insee_code="30227", name="Saint-Ambroix", epci=cast.contract.epci)
    cast.qpv.communes.set([town])
    return town


def own(cast, **fields):
    here = {"scale": "neighbourhood", "place_code": cast.qpv.code, "generation": "2024"}
    return datum(**here | fields)


def page(client, cast, name, *more):
    answer = client.get(reverse(f"observation:{name}", args=[cast.contract.slug, *more]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("&#x27;", "'").split())


def test_dat_4_a_neighbourhood_is_read_beside_its_commune_with_a_dated_gap(client, cast, reader, town):
    own(cast, value=1250)
    datum(value=3324)
    client.force_login(reader)

    text = page(client, cast, "place", cast.qpv.code)

    assert "−2 074 hab." in text
    assert "Écarts calculés le" in text


def test_dat_2_two_generations_stand_side_by_side_without_an_evolution(client, cast, reader, town):
    own(cast, value=1250)
    own(cast, value=1234, generation="2015", vintage="2013", year=2013)
    client.force_login(reader)

    text = page(client, cast, "place", cast.qpv.code)

    assert "Rupture de géographie" in text
    assert "1 250 hab." in text
    assert "1 234 hab." in text


def test_geo_5_a_vulnerable_territory_is_compared_only_when_asked(client, cast, reader, town):
    pocket = NeighbourhoodFactory(kind="pocket", code="VUL-30037", name="Bessèges")
    cast.contract.neighbourhoods.add(pocket)
    own(cast, value=1250)
    datum(scale="neighbourhood", place_code="VUL-30037", value=2888)
    client.force_login(reader)

    assert "2 888" not in page(client, cast, "comparison")
    asked = reverse("observation:comparison", args=[cast.contract.slug])
    assert "2\u00a0888" in client.get(asked, {"territoire": [cast.qpv.code, "VUL-30037"]}).content.decode()


def test_dat_6_the_directory_of_equipment_is_filtered_by_its_address(client, cast, reader, town):
    for kind, name in (("sport", "Dojo"), ("health", "Laboratoire")):
        Equipment.objects.create(contract=cast.contract, kind=kind, name=name, commune=town)
    client.force_login(reader)
    address = reverse("observation:equipment", args=[cast.contract.slug])

    assert "Laboratoire" in client.get(address).content.decode()
    assert "Laboratoire" not in client.get(address, {"nature": "sport"}).content.decode()
    assert "Laboratoire" in client.get(address, {"nature": "rien"}).content.decode()


def test_a_territory_that_is_not_of_the_contract_does_not_exist(client, cast, reader):
    elsewhere = NeighbourhoodFactory()
    client.force_login(reader)

    address = reverse("observation:place", args=[cast.contract.slug, elsewhere.code])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["show", "place", "comparison", "equipment"])
def test_a_page_costs_the_same_however_many_figures(client, cast, reader, town, name):
    client.force_login(reader)
    more = [cast.qpv.code] if name == "place" else []
    costs = []
    for ranks in ((1,), (2, 3)):
        for rank in ranks:
            own(cast, vintage=f"200{rank}", year=2000 + rank)
            datum(vintage=f"200{rank}", year=2000 + rank)
            place = NeighbourhoodFactory()
            place.communes.set([town])
            cast.contract.neighbourhoods.add(place)
            Equipment.objects.create(contract=cast.contract, kind="sport", name=f"Stade {rank}", commune=town)
        page(client, cast, name, *more)
        with CaptureQueriesContext(connection) as context:
            page(client, cast, name, *more)
        costs.append(len(context))

    assert costs[0] == costs[1]
    assert costs[1] <= MOST, "\n".join(query["sql"][:150] for query in context)


def test_dat_2_the_figures_of_2015_come_by_the_official_table_and_not_by_the_number(
    client, cast, reader, town
):
    own(cast, value=1250)
    for code, value in (("QP030014", 1234), ("QP030099", 4321)):
        own(cast, place_code=code, value=value, generation="2015", vintage="2013", year=2013)
    client.force_login(reader)
    assert "1 234 hab." not in page(client, cast, "place", cast.qpv.code)

    table = Source.objects.create(name="table.csv", sha256="0" * 64, kind="links", received_at=timezone.now())
    Correspondence.objects.create(code_2024=cast.qpv.code, code_2015="QP030014", source=table)

    text = page(client, cast, "place", cast.qpv.code)
    assert "1 234 hab." in text
    assert "4 321 hab." not in text
    assert "Rupture de géographie" in text
