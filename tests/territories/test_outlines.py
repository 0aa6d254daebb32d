"""Outlines in force and the file they come from (GEO-1, GEO-2, GEO-3)."""

from datetime import UTC, date, datetime

import pytest
import shapely
from django.db import IntegrityError

from faubourg.territories.models import Neighbourhood, Outline, Source
from faubourg.territories.queries import outlines

pytestmark = pytest.mark.django_db
SQUARE = shapely.MultiPolygon([shapely.box(4.19, 44.25, 4.2, 44.26)])


def _outline(**values):
    source = Source.objects.create(
        name="qpv.geojson",
        sha256="3fa2c1" + "0" * 58,
        kind="outlines",
        dated=date(2026, 1, 15),
        received_at=datetime(2026, 2, 1, tzinfo=UTC),
    )
    west, south, east, north = SQUARE.bounds
    return Outline.objects.create(
        source=source,
        geometry=shapely.to_wkb(SQUARE),
        area_m2=1.0,
        min_lon=west,
        min_lat=south,
        max_lon=east,
        max_lat=north,
        **values,
    )


def test_geo_3_an_outline_in_force_cites_its_version():
    _outline(neighbourhood=Neighbourhood.objects.create(kind="qpv", code="QN03014M", name="L'Écusson"))

    (found,) = outlines.current()

    assert (found.code, found.vintage, found.version) == ("QN03014M", 2024, "ANCT, 15/01/2026, 3fa2c1")
    assert found.geometry.equals(SQUARE)
    assert outlines.current(2015) == []


def test_geo_1_a_neighbourhood_has_one_outline_in_force():
    place = Neighbourhood.objects.create(kind="qpv", code="QN03014M", name="L'Écusson")
    _outline(neighbourhood=place, is_current=False)
    _outline(neighbourhood=place)

    with pytest.raises(IntegrityError):
        _outline(neighbourhood=place)
