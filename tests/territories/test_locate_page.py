"""GEO-3: somebody types a point and reads whether it is in a QPV."""

from datetime import date

import pytest
import shapely
from django.urls import reverse

from faubourg.territories.models import Outline, Source
from faubourg.territories.queries import locating
from faubourg.territories.rules import covering
from faubourg.territories.rules.typed_points import NotAPoint, Order, read_point
from tests.conftest import NOW
from tests.territories.ban import write_ban
from tests.territories.test_import_addresses import bring

PAGE = reverse("territories:locate")
BOX = (4.193, 44.258, 4.201, 44.266)


@pytest.fixture
def drawn(cast):
    """L'Écusson, with its own code, has a square outline, 640 m by 890 m."""
    cast.qpv.code = "QN03014M"
    cast.qpv.save()
    source = Source.objects.create(
        name="qpv.geojson", sha256="3fa2c1" + "0" * 58, kind="outlines", dated=date(2026, 1, 15),
        received_at=NOW,
    )  # fmt: skip
    west, south, east, north = BOX
    return Outline.objects.create(
        neighbourhood=cast.qpv, source=source, area_m2=569_000.0, min_lon=west, min_lat=south, max_lon=east,
        max_lat=north, geometry=shapely.to_wkb(shapely.MultiPolygon([shapely.box(*BOX)])),
    )  # fmt: skip


@pytest.fixture
def asked(client, drawn, officer):
    client.force_login(officer)

    def ask(text):
        answer = client.post(PAGE, {"point": text})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().replace("&#x27;", "'").split())

    return ask


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("44.262, 4.197", Order.LAT_LON),
        ("4.197,44.262", Order.LON_LAT),
        ("44,262 ; 4,197", Order.LAT_LON),
        ("4,197 44,262", Order.LON_LAT),
        ("44.262° N, 4.197° E", Order.LAT_LON),
        ("lon 4.197 lat 44.262", Order.LON_LAT),
        ("795561.9 ; 6352166.8", Order.LAMBERT),
    ],
)
def test_a_point_copied_from_any_map_is_read_and_its_order_recognised(text, order):
    point = read_point(text)

    assert point.order == order
    assert (point.lon, point.lat) == pytest.approx((4.197, 44.262), abs=0.001)


def test_a_point_west_of_greenwich_or_south_of_the_equator_keeps_its_side():
    assert read_point("48.39 N 4.49 O").lon == -4.49
    point = read_point("-20,9 ; 55,45")
    assert (point.lon, point.lat, point.order) == (55.45, -20.9, Order.LAT_LON)


@pytest.mark.parametrize("text", ["44,262", "12 rue Haute 30500", "44°15'43\" N 4°11'49\" E", "ici, là"])
def test_what_is_no_point_is_refused_with_an_example(text):
    with pytest.raises(NotAPoint, match="44,262 ; 4,197"):
        read_point(text)


def test_a_point_inside_is_answered_with_its_neighbourhood_its_distance_and_its_version(asked):
    page = asked("44,262 ; 4,197")

    assert "Dans un quartier prioritaire" in page
    assert "L'Écusson" in page
    assert "à 319 m" in page
    assert "ANCT, 15/01/2026, 3fa2c1" in page
    assert "<circle" in page
    assert "Latitude puis longitude" in page


def test_a_point_near_the_border_is_to_check(asked):
    assert "À vérifier" in asked("44.262, 4.20088")


def test_an_absent_outline_never_makes_a_point_out(asked, monkeypatch):
    assert "Indéterminé" in asked("44.262, 4.21")
    monkeypatch.setitem(covering.NATIONAL_COUNT, 2024, 1)
    monkeypatch.setattr(locating, "_kept", {})
    page = asked("44.262, 4.21")
    assert "Hors des quartiers prioritaires" in page
    assert "celle de" in page


def test_a_point_outside_france_is_said(asked):
    assert "coordonnées hors de France" in asked("52.5, 13.4")


def test_what_is_typed_wrong_is_kept_with_what_to_write(asked):
    page = asked("rue Haute")

    assert 'value="rue Haute"' in page
    assert "deux nombres en degrés décimaux" in page


def test_a_new_outline_is_answered_at_once(asked, drawn, cast):
    assert "Dans un quartier prioritaire" in asked("44.262, 4.197")
    Outline.objects.all().delete()
    assert "Indéterminé" in asked("44.262, 4.197")


def test_somebody_without_any_role_is_refused_with_the_reason(client, db, django_user_model):
    client.force_login(django_user_model.objects.create(email="seul@exemple.fr", full_name="Seule"))

    answer = client.get(PAGE)

    assert answer.status_code == 403
    assert "un rôle dans un contrat de ville" in answer.content.decode()


@pytest.fixture
def asked_address(client, drawn, officer):
    client.force_login(officer)

    def ask(**typed):
        answer = client.post(PAGE, typed)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().replace("&#x27;", "'").split())

    return ask


@pytest.mark.parametrize(
    ("address", "city", "said"),
    [
        ("12 rue de la République", "30500 Saint-Ambroix", "Dans un quartier prioritaire"),
        ("3 avenue du Général de Gaulle", "Saint-Ambroix", "Hors des quartiers prioritaires"),
        ("rue de la République", "Saint-Ambroix", "n'est connue qu'à la rue"),
        ("12 rue de la République", "75001 Paris", "n'est pas parmi celles qui sont chargées"),
    ],
)
def test_geo_3_an_address_has_each_verdict(asked_address, cast, tmp_path, address, city, said):
    bring(write_ban(tmp_path))
    type(cast.qpv).objects.exclude(pk=cast.qpv.pk).delete()

    assert said in asked_address(address=address, city=city)


def test_geo_3_without_any_address_loaded_the_page_says_which_command_brings_them(asked_address):
    page = asked_address(address="12 rue de la République", city="30500")

    assert "Indéterminé" in page
    assert "faubourg import_addresses" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"point": "44,262 ; 4,197", "address": "12 rue Haute"}, "pas les deux"),
        ({}, "ou une adresse avec sa commune"),
    ],
)
def test_geo_3_a_point_or_an_address_never_both_nor_neither(asked_address, typed, said):
    assert said in asked_address(**typed)


def test_geo_3_an_address_costs_a_constant_number_of_queries(
    asked_address, tmp_path, django_assert_max_num_queries
):
    bring(write_ban(tmp_path))

    with django_assert_max_num_queries(12):
        asked_address(address="rue de la République", city="30500")
