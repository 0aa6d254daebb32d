"""The register of neighbourhoods, the page of each, and its files (GEO-1, GEO-2, GEO-5)."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.awards.models import FundingDecision
from faubourg.observation.models import Datum, Equipment, Statistic
from faubourg.territories.models import Correspondence, Outline, Source
from faubourg.territories.rules.files import read_file
from tests.conftest import NOW
from tests.factories import (
    BodyFactory,
    CommuneFactory,
    NeighbourhoodFactory,
    UserFactory,
    complete_application,
)

pytestmark = pytest.mark.django_db
MOST = 12
LIST = reverse("portal:neighbourhoods")
SQUARE = shapely.MultiPolygon([shapely.box(4.19, 44.25, 4.2, 44.26)])


@pytest.fixture
def source(db):
    return Source.objects.create(
        name="qpv.geojson",
        sha256="3fa2c1" + "0" * 58,
        kind="outlines",
        dated=date(2026, 1, 15),
        received_at=datetime(2026, 2, 1, tzinfo=UTC),
    )


def outlined(place, source, **fields):
    west, south, east, north = SQUARE.bounds
    bounds = {"min_lon": west, "min_lat": south, "max_lon": east, "max_lat": north}
    return Outline.objects.create(
        neighbourhood=place,
        source=source,
        geometry=shapely.to_wkb(SQUARE),
        area_m2=123_400,
        **bounds,
        **fields,
    )


def page(client, address, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200
    text = answer.content.decode().replace("&#x27;", "'").replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


def show(place):
    return reverse("portal:neighbourhood", args=[place.code])


def test_geo_1_the_list_is_searched_without_accents_and_by_code(client, cast, reader):
    NeighbourhoodFactory(name="Les Prés", code="QN03099M")
    client.force_login(reader)

    assert "Les Prés" not in page(client, LIST, q="ecusson")
    assert "L'Écusson" in page(client, LIST, q="ecusson")
    assert "Les Prés" in page(client, LIST, q="qn03099")
    assert "Aucun quartier trouvé" in page(client, LIST, q="introuvable")


def test_geo_1_the_list_is_filtered_by_generation_and_kind(client, cast, reader):
    NeighbourhoodFactory(name="Ancien", code="QP030001", vintage=2015)
    NeighbourhoodFactory(name="Bessèges", code="VUL-30037", kind="pocket")
    client.force_login(reader)

    old, pockets = page(client, LIST, generation="2015"), page(client, LIST, nature="pocket")
    assert "Ancien" in old
    assert "L'Écusson" not in old
    assert "Bessèges" in pockets
    assert "Ancien" not in pockets
    assert "4 quartiers" not in page(client, LIST, generation="rien", nature="rien", page="rien")
    assert "3 quartiers" in page(client, LIST, generation="rien", nature="rien", page="rien")


def test_geo_1_the_list_shows_fifty_a_page_and_keeps_the_search(client, cast, reader):
    NeighbourhoodFactory.create_batch(51, name="Tour")
    client.force_login(reader)

    first = page(client, LIST, q="tour")

    assert first.count('<th scope="row">') == 50
    assert "?q=tour&amp;page=2" in first
    assert page(client, LIST, q="tour", page=2).count('<th scope="row">') == 1


def test_geo_2_a_page_shows_the_map_the_area_and_the_version(client, cast, reader, source):
    cast.qpv.decree = "Décret n° 2023-1314"
    cast.qpv.save()
    cast.qpv.communes.set([CommuneFactory(insee_code="30227", name="Saint-Ambroix")])
    outlined(cast.qpv, source)
    client.force_login(reader)

    text = page(client, show(cast.qpv))

    for shown in (
        '<title id="contour-titre">Contour de L\'Écusson</title>',
        "12,3 ha",
        "ANCT, 15/01/2026, 3fa2c1",
        "Décret n° 2023-1314",
        "Saint-Ambroix (30227, Gard)",
        "200 m",
    ):
        assert shown in text
    assert 'fill-rule="evenodd"' in text
    assert "Contour à confirmer" not in text


def test_geo_2_without_an_outline_in_force_the_page_says_what_to_do(client, cast, reader, source):
    outlined(cast.qpv, source, is_current=False)
    client.force_login(reader)

    text = page(client, show(cast.qpv))

    assert "Contour à confirmer" in text
    assert "faubourg import_qpv" in text
    assert '<svg class="img-fluid"' not in text


def test_geo_1_the_other_generation_comes_from_the_official_correspondence_alone(
    client, cast, reader, source
):
    old = NeighbourhoodFactory(name="Vieux Centre", code="QP030777", vintage=2015)
    alike = NeighbourhoodFactory(name="Sosie", code="QP030888", vintage=2015)
    Correspondence.objects.create(
        code_2024=cast.qpv.code, code_2015=old.code, status="Contour modifié", part="0.8", source=source
    )
    client.force_login(reader)

    later = page(client, show(cast.qpv))
    assert "Vieux Centre" in later
    assert "Contour modifié · part 80 %" in later
    assert "Sosie" not in later
    assert "L'Écusson" in page(client, show(old))
    assert "À confirmer : la correspondance officielle" in page(client, show(alike))


def test_a_neighbourhood_new_in_2024_has_none_before(client, cast, reader, source):
    Correspondence.objects.create(code_2024=cast.qpv.code, status="Nouveau", source=source)
    client.force_login(reader)

    assert "Aucun quartier · Nouveau" in page(client, show(cast.qpv))


def test_a_page_leads_to_the_figures_of_the_contracts_one_reads(client, cast, reader, stranger):
    elsewhere = NeighbourhoodFactory()
    client.force_login(reader)

    figures = reverse("observation:place", args=[cast.contract.slug, cast.qpv.code])
    assert figures in page(client, show(cast.qpv))
    assert "Aucun contrat que vous suivez" in page(client, show(elsewhere))


def funded(cast, number, state="validated"):
    application = complete_application(
        applicant=cast.applicant, call=cast.call, envelope=cast.state_envelope,
        state=state, submitted_at=NOW, number=f"2027-{number:03d}", title=f"Action {number}",
    )  # fmt: skip
    FundingDecision.objects.create(
        funding_request=application.funding_requests.get(), outcome="granted", awarded_amount=1_500,
        act_kind="award_order", act_number="1", decided_on=NOW.date(),
        recorded_by=UserFactory(), recorded_at=NOW,
    )  # fmt: skip
    return application


def test_a_page_shows_the_funded_actions_of_the_dossiers_one_reads(client, cast, reader, stranger):
    funded(cast, 1)
    funded(cast, 2, state="decided")
    client.force_login(reader)
    text = page(client, show(cast.qpv))
    assert "Action 1" in text
    assert "1 500" in text
    assert "Action 2" not in text

    client.force_login(stranger)
    assert "Action 1" not in page(client, show(cast.qpv))


def test_the_applicant_learns_a_decision_by_the_letter_not_here(client, cast, editor):
    application = funded(cast, 1)
    client.force_login(editor)
    assert "Action 1" not in page(client, show(cast.qpv))

    application.state = "notified"
    application.save()
    assert "Action 1" in page(client, show(cast.qpv))


def test_who_has_no_role_is_told_why(client, cast):
    client.force_login(UserFactory())

    for address in (LIST, show(cast.qpv), reverse("portal:outlines_file"), reverse("portal:list_file")):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "avec un rôle dans un contrat de ville" in answer.content.decode()


def test_an_unknown_code_does_not_exist(client, cast, reader):
    client.force_login(reader)

    assert client.get(reverse("portal:neighbourhood", args=["QN09999X"])).status_code == 404


@pytest.mark.parametrize("count", [1, 10])
def test_the_list_costs_the_same_however_many(client, cast, reader, source, count):
    for place in [cast.qpv, *NeighbourhoodFactory.create_batch(count - 1)]:
        place.communes.set(CommuneFactory.create_batch(2))
        outlined(place, source)
    client.force_login(reader)

    with CaptureQueriesContext(
        connection,
    ) as cost:
        text = page(client, LIST)

    assert text.count('<th scope="row">') == count
    assert len(cost) <= MOST
    assert len(cost) == 6


@pytest.mark.parametrize("count", [1, 10])
def test_a_page_costs_the_same_however_much_is_known(client, cast, reader, source, count):
    cast.qpv.communes.set(CommuneFactory.create_batch(count))
    surround(cast, count)
    outlined(cast.qpv, source)
    for number in range(count):
        funded(cast, number)
        code = NeighbourhoodFactory(code=f"QP0307{number:02d}", vintage=2015).code
        Correspondence.objects.create(code_2024=cast.qpv.code, code_2015=code, source=source)
    client.force_login(reader)

    with CaptureQueriesContext(connection) as cost:
        page(client, show(cast.qpv))

    assert len(cost) <= MOST
    assert len(cost) == 12


def test_geo_1_the_list_leaves_as_the_anct_writes_it(client, cast, reader):
    epci = cast.contract.epci
    cast.qpv.communes.set(
        [
            CommuneFactory(insee_code="30132", name="La Grand-Combe", epci=epci),
            CommuneFactory(insee_code="30007", name="Alès", epci=epci),
        ]
    )
    NeighbourhoodFactory(name="Bessèges", code="VUL-30037", kind="pocket")
    client.force_login(reader)

    content = client.get(reverse("portal:list_file")).getvalue()

    rows = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert rows == [
        ["code_qp", "lib_qp", "insee_reg", "lib_reg", "insee_dep", "lib_dep",
         "insee_com", "lib_com", "siren_epci", "lib_epci"],
        [
            cast.qpv.code, "L'Écusson", "76", "Occitanie", "30", "Gard",
            "30007; 30132", "Alès; La Grand-Combe", epci.siren, epci.name,
        ],
    ]  # fmt: skip


def test_geo_2_the_outlines_leave_and_come_back(client, cast, reader, source):
    cast.qpv.communes.set([CommuneFactory(insee_code="30007"), CommuneFactory(insee_code="30132")])
    cast.qpv.code = "QN03014N"
    cast.qpv.save()
    outlined(cast.qpv, source)
    without = NeighbourhoodFactory(code="QN03099M", name="Sans")
    client.force_login(reader)

    answer = client.get(reverse("portal:outlines_file"))

    book = json.loads(content := answer.getvalue())
    assert answer["Content-Type"] == "application/geo+json"
    known, unknown = book["features"]
    assert unknown == {
        "type": "Feature", "geometry": None, "properties": unknown["properties"] | {"code_qp": without.code}
    }  # fmt: skip
    ((ring,),) = known["geometry"]["coordinates"]
    assert shapely.LinearRing(ring).is_ccw
    assert known["properties"]["insee_com"] == "30007,30132"
    book["features"].remove(unknown)
    (row,) = read_file("quartiers.geojson", {"quartiers.geojson": json.dumps(book).encode()}).rows
    assert (row.code, row.name, row.communes) == (cast.qpv.code, "L'Écusson", ("30007", "30132"))
    assert row.geometry.equals(SQUARE)
    assert content.endswith(b"]}\n")


def test_the_files_follow_the_search(client, cast, reader):
    NeighbourhoodFactory(name="Ancien", code="QP030001", vintage=2015)
    client.force_login(reader)

    for name in ("list_file", "outlines_file"):
        answer = client.get(reverse(f"portal:{name}"), {"generation": "2015", "q": "ancien"})
        assert "QP030001" in (text := answer.getvalue().decode())
        assert cast.qpv.code not in text
    assert "liste.csv?generation=2015" in page(client, LIST, generation="2015")


def test_the_pages_of_the_territory_lead_to_the_list(client, cast, reader):
    client.force_login(reader)

    for address in (reverse("observation:index"), reverse("observation:show", args=[cast.contract.slug])):
        assert f'href="{LIST}"' in page(client, address)


def test_geo_1_the_list_is_searched_by_commune(client, cast, reader):
    cast.qpv.communes.set([CommuneFactory(name="Saint-Ambroix"), CommuneFactory(name="Saint-Élie")])
    NeighbourhoodFactory(name="Ailleurs")
    client.force_login(reader)

    for typed in ("ambroix", "elie", "saint"):
        text = page(client, LIST, q=typed)
        assert text.count('<th scope="row">') == 1
        assert "L'Écusson" in text


def surround(cast, count):
    """So many of each thing a page gathers about its neighbourhood."""
    town = CommuneFactory(insee_code="30227", epci=cast.contract.epci)
    cast.qpv.communes.add(town)
    for rank in range(count):
        statistic = Statistic.objects.create(
            code=f"s{rank}", label=f"Compté {rank}", theme="income", unit="€"
        )
        for scale, code, value in (
            ("neighbourhood", cast.qpv.code, 900),
            ("commune", "30227", 1000),
            ("epci", cast.contract.epci.siren, 1200),
            ("country", "FR", 1500),
        ):
            Datum.objects.create(
                statistic=statistic, scale=scale, place_code=code, vintage="2021", year=2021, value=value,
                unit="€", source="INSEE", collected_on=date(2026, 1, 1), trust="published",
                generation="2024" if scale == "neighbourhood" else "",
            )  # fmt: skip
        Equipment.objects.create(
            contract=cast.contract, name=f"École {rank}", kind="education", commune=town,
            siting="in", neighbourhood=cast.qpv,
        )  # fmt: skip
        BodyFactory(name=f"Comité {rank}", contracts=[cast.contract])


def test_dat_4_a_page_gathers_the_figures_the_equipment_and_those_who_work_on_it(client, cast, reader):
    surround(cast, 1)
    client.force_login(reader)
    text = page(client, show(cast.qpv))

    for shown in (
        "Compté 0", "900 €", "1 000 €", "écart : −100 €", "écart : −600 €", "quartiers 2024",
        "École 0 · Enseignement", str(cast.council), "Comité 0",
    ):  # fmt: skip
        assert shown in text
    assert text.count("non disponible") == 1

    other = NeighbourhoodFactory()
    assert "Ni le contrat ni un fichier" in page(client, show(other))
