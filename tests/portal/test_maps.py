"""The outlines as a map one can move, and as a GeoPackage (GEO-2)."""

import sqlite3
from contextlib import closing

import pytest
from django.test import override_settings
from django.urls import reverse

from faubourg.config.reading import BadSetting, street_tiles
from faubourg.territories.rules.files import read_file
from tests.factories import CommuneFactory, NeighbourhoodFactory
from tests.portal.test_neighbourhoods import LIST, SQUARE, outlined, page, show, source  # noqa: F401

pytestmark = pytest.mark.django_db
ADDRESS = "https://{s}.tuiles.exemple.fr/{z}/{x}/{y}.png"


@pytest.fixture
def drawn(cast, source):  # noqa: F811
    cast.qpv.code = "QN03014N"
    cast.qpv.save()
    cast.qpv.communes.set([CommuneFactory(insee_code="30007"), CommuneFactory(insee_code="30132")])
    outlined(cast.qpv, source)
    return cast.qpv


def test_geo_2_the_geopackage_is_one_and_comes_back(client, drawn, reader):
    NeighbourhoodFactory(code="QN03099M", name="Sans contour")
    client.force_login(reader)

    answer = client.get(reverse("portal:geopackage_file"), {"q": "QN030"})
    content = answer.getvalue()

    assert answer["Content-Type"] == "application/geopackage+sqlite3"
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        references = base.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id").fetchall()
        bounds = base.execute("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents").fetchone()
        base.execute("DELETE FROM quartiers_wgs84 WHERE geom IS NULL")
        base.commit()
        content = base.serialize()
    assert references == [(-1,), (0,), (4326,)]
    assert bounds == pytest.approx(SQUARE.bounds)
    (row,) = read_file("q.gpkg", {"q.gpkg": content}).rows
    assert (row.code, row.name, row.communes) == ("QN03014N", "L'Écusson", ("30007", "30132"))
    assert row.geometry.equals(SQUARE)


def test_geo_2_the_page_says_where_its_map_is_and_keeps_the_drawing(client, drawn, reader):
    client.force_login(reader)
    text = page(client, show(drawn))

    assert f'data-map="{reverse("portal:outlines_file")}?q=QN03014N" hidden' in text
    assert "<figure data-map-instead>" in text
    assert "leaflet" in text
    assert "data-tiles" not in text
    assert "<table" in page(client, LIST)


def test_the_map_of_a_list_follows_the_search_and_is_light(client, drawn, reader):
    client.force_login(reader)
    assert "?carte=1&amp;generation=2024" in page(client, LIST, generation="2024")

    fine = client.get(reverse("portal:outlines_file")).getvalue()
    light = client.get(reverse("portal:outlines_file"), {"carte": "1"}).getvalue()
    assert b"QN03014N" in light
    assert len(light) <= len(fine)


def test_street_tiles_are_named_on_the_map_and_in_the_policy(client, drawn, reader, monkeypatch, settings):
    monkeypatch.setenv("FAUBOURG_TILES", ADDRESS)
    tiles = street_tiles("FAUBOURG_TILES")
    policy = {"DIRECTIVES": {"img-src": ["'self'", tiles.origin]}}
    client.force_login(reader)
    with override_settings(TILES=tiles, CONTENT_SECURITY_POLICY=policy):
        answer = client.get(show(drawn))

    assert ADDRESS in answer.content.decode()
    assert "Fond de carte : tuiles.exemple.fr" in answer.content.decode()
    assert "https://*.tuiles.exemple.fr" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "wrong", ["tuiles", "ftp://a/{z}/{x}/{y}", "https://a b/{z}/{x}/{y}", "https://a/{z}"]
)
def test_an_address_that_is_not_one_of_tiles_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("FAUBOURG_TILES", wrong)
    with pytest.raises(BadSetting, match="FAUBOURG_TILES"):
        street_tiles("FAUBOURG_TILES")
