"""The map of an outline, and its GeoJSON: pure (GEO-2)."""

import re

import pytest
import shapely
from pyproj import Geod

from faubourg.territories.rules import geojson, maps

HOLED = shapely.MultiPolygon(
    [
        shapely.Polygon(
            [(4.19, 44.25), (4.19, 44.26), (4.2, 44.26), (4.2, 44.25)],  # clockwise
            [[(4.194, 44.254), (4.196, 44.254), (4.196, 44.256), (4.194, 44.256)]],
        )
    ]
)


def points(path):
    return [[float(x), float(y)] for x, y in re.findall(r"([\d.]+) ([\d.]+)", path)]


@pytest.mark.parametrize("lat", [-21.1, 4.9, 44.25, 51])
def test_geo_2_a_degree_has_the_length_of_the_ellipsoid(lat):
    across, along = maps.degree_lengths(lat)

    earth = Geod(ellps="WGS84")
    assert across == pytest.approx(earth.inv(2, lat, 2.001, lat)[2] * 1000, rel=1e-5)
    assert along == pytest.approx(earth.inv(2, lat - 0.0005, 2, lat + 0.0005)[2] * 1000, rel=1e-5)


def test_geo_2_a_map_keeps_proportions_north_up_holes_and_scale():
    drawn = maps.draw(HOLED, "L'Écusson", "ANCT, 15/01/2026, 3fa2c1")

    assert drawn.path.count("M") == drawn.path.count("Z") == 2
    placed = points(drawn.path)
    wide, high = (max(axis) - min(axis) for axis in zip(*placed, strict=True))
    across, along = maps.degree_lengths(44.255)
    assert high == pytest.approx(maps.SIDE - 2 * maps.MARGIN)
    assert wide / high == pytest.approx(across / along, abs=0.001)
    assert placed[0][1] > placed[1][1], "the second point is further north: it is higher"
    assert drawn.view_box == f"0 0 {drawn.width} {drawn.height}"
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in placed)
    assert (drawn.bar_label, float(drawn.bar)) == (
        "200\u00a0m",
        pytest.approx(200 * high / (0.01 * along), abs=0.1),
    )
    assert float(drawn.bar_to) - float(drawn.bar_from) == pytest.approx(float(drawn.bar), abs=0.1)


def test_geo_2_a_map_says_in_words_what_it_shows():
    drawn = maps.draw(HOLED, "L'Écusson", "ANCT, 15/01/2026, 3fa2c1")

    assert drawn.title == "Contour de L'Écusson"
    assert "dans 800\u00a0m d'ouest en est et 1,1\u00a0km du nord au sud." in drawn.description
    assert "ANCT, 15/01/2026, 3fa2c1" in drawn.description


@pytest.mark.parametrize(("wide", "metres"), [(0.5, 1), (399, 100), (400, 200), (1000, 500), (4100, 2000)])
def test_geo_2_a_scale_bar_is_a_round_length(wide, metres):
    assert maps.bar_metres(wide) == metres


def test_geo_2_geojson_turns_rings_and_rounds_to_six_decimals():
    moved = shapely.transform(HOLED, lambda xy: xy + 1e-7)

    written = geojson.geometry_of(moved)

    ((outer, hole),) = written["coordinates"]
    assert written["type"] == "MultiPolygon"
    assert shapely.LinearRing(outer).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert outer[0] == outer[-1]
    assert all(round(number, 6) == number for ring in (outer, hole) for point in ring for number in point)
    assert shapely.geometry.shape(written).equals(HOLED)


def test_geo_2_geojson_keeps_an_outline_smaller_than_its_grid():
    speck = shapely.MultiPolygon([shapely.box(4.19, 44.25, 4.1900001, 44.2500001)])

    assert len(geojson.geometry_of(speck)["coordinates"]) == 1
