"""GEO-3: is this point in the QPV?"""

import json

import numpy as np
import pyproj
import pytest
import shapely
import shapely.ops
from hypothesis import given
from hypothesis import strategies as st

from faubourg.territories.rules.answers import REACH, VERDICTS, Place, Shape, Why
from faubourg.territories.rules.covering import Coverage
from faubourg.territories.rules.france import department_of_commune, department_of_qpv
from faubourg.territories.rules.locating import Locator

NATIONAL = Coverage(is_national=True, departments=frozenset(), lacking=frozenset())
LON, LAT = 4.197, 44.262
DEGREE_NORTH = 111_108.0
"""Metres in a degree of latitude at 44° N."""
GEOD = pyproj.Geod(ellps="WGS84")


def square(lon=LON, lat=LAT, half=0.004):
    return shapely.box(lon - half, lat - half, lon + half, lat + half)


def locator(*polygons, coverage=NATIONAL):
    shapes = [
        Shape(f"QN030{number:02d}M", f"Quartier {number}", polygon, "ANCT 2026")
        for number, polygon in enumerate(polygons, start=14)
    ]
    return Locator(shapes, coverage)


def said(answers, number=0):
    return VERDICTS[answers.verdict[number]], Why(answers.why[number])


def both(place, lon, lat, **known):
    """The answer for one point, checked against the answer of a list of one."""
    alone = place.locate_one(lon, lat, **known)
    many = place.locate(
        [lon],
        [lat],
        coarse=np.array([known.get("coarse", False)]),
        departments=[known.get("department", "")],
    )
    assert said(many) == (alone.verdict, alone.why)
    assert (many.shape[0] >= 0) == (alone.verdict in (Place.IN, Place.TO_CHECK) and alone.shape is not None)
    return alone


def test_a_point_well_inside_is_in_with_the_code_the_name_and_the_version_of_the_outline():
    answer = both(locator(square()), LON, LAT)

    assert (answer.verdict, answer.reason) == (Place.IN, "")
    assert (answer.shape.code, answer.shape.name, answer.shape.version) == (
        "QN03014M",
        "Quartier 14",
        "ANCT 2026",
    )


@pytest.mark.parametrize(
    ("metres", "verdict"),
    [(-21, Place.IN), (-19, Place.TO_CHECK), (19, Place.TO_CHECK), (21, Place.OUT)],
)
def test_within_twenty_metres_of_a_border_on_either_side_it_is_to_check(metres, verdict):
    answer = both(locator(square()), LON, LAT + 0.004 + metres / DEGREE_NORTH)

    assert answer.verdict == verdict
    assert answer.metres == pytest.approx(abs(metres), abs=0.1)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(LON, LAT), (55.45, -20.9), (-61.53, 16.24), (-52.33, 4.93), (45.2, -12.8), (-149.5, -17.5)],
)
def test_the_distance_is_in_metres_in_mainland_france_and_overseas(lon, lat):
    place = locator(square(lon, lat))

    for east, north in [(0.0065, 0.001), (0.001, 0.0061), (-0.007, -0.006)]:
        point = lon + east, lat + north
        corner = np.clip(point, (lon - 0.004, lat - 0.004), (lon + 0.004, lat + 0.004))
        expected = GEOD.inv(*point, *corner)[2]
        assert place.locate_one(*point).metres == pytest.approx(expected, rel=0.002)
        assert place.locate([point[0]], [point[1]]).metres[0] == pytest.approx(expected, rel=0.002)


def test_a_far_point_alone_has_its_distance_and_in_a_list_it_has_none():
    place = locator(square())

    alone, many = place.locate_one(LON, 45.0), place.locate([LON], [45.0])

    assert alone.metres == pytest.approx(GEOD.inv(LON, 45.0, LON, LAT + 0.004)[2], rel=0.002)
    assert said(many) == (Place.OUT, Why.NOTHING)
    assert np.isnan(many.metres[0])


def test_known_less_finely_than_the_house_number_it_is_to_check_even_in_the_middle():
    assert both(locator(square()), LON, LAT, coarse=True).why == Why.COARSE
    assert both(locator(square()), LON, 45.0, coarse=True).verdict == Place.TO_CHECK


def test_between_two_neighbours_the_nearest_border_counts_and_the_one_that_holds_speaks():
    place = locator(square(), square(LON + 0.0081))

    answer = both(place, LON + 0.0037, LAT)

    assert (answer.verdict, answer.shape.code) == (Place.IN, "QN03014M")
    assert answer.metres == pytest.approx(0.0003 * 79_900, abs=1)


def test_a_hole_is_out():
    ring = square().difference(square(half=0.002))

    assert both(locator(ring), LON, LAT).verdict == Place.OUT


# Without an outline, never « hors » (GEO-2).


def test_without_any_outline_everything_is_unknown():
    answer = both(Locator([]), LON, LAT)

    assert (answer.verdict, answer.why, answer.metres) == (Place.UNKNOWN, Why.NO_OUTLINE, None)


def test_with_the_outlines_of_one_department_a_point_elsewhere_is_unknown():
    gard = locator(square(), coverage=Coverage.of(["QN03014M"]))

    assert both(gard, LON, LAT).verdict == Place.IN
    assert both(gard, 5.37, 43.3).verdict == Place.UNKNOWN
    assert both(gard, LON + 0.02, LAT).verdict == Place.UNKNOWN
    assert both(gard, LON + 0.02, LAT, department="30").verdict == Place.OUT
    assert both(gard, LON + 0.02, LAT, department="07").verdict == Place.UNKNOWN


def test_a_qpv_known_without_outline_keeps_its_department_from_being_out():
    gard = locator(square(), coverage=Coverage.of(["QN03014M"], lacking=["QN03016M"]))

    assert both(gard, LON + 0.02, LAT, department="30").verdict == Place.UNKNOWN
    assert both(gard, LON, LAT, department="30").verdict == Place.IN


def test_in_a_whole_list_a_lack_overseas_leaves_the_mainland_answered():
    codes = [f"QN{part:03d}{rank:02d}M" for part in range(1, 96) for rank in range(1, 18)][:1583]
    whole = Coverage.of(codes, lacking=["QN97401M"])

    assert whole.is_national
    assert both(locator(square(), coverage=whole), LON, 45.0).verdict == Place.OUT
    assert both(locator(square(), coverage=whole), 55.45, -20.9).verdict == Place.UNKNOWN
    assert not Coverage.of(codes).is_national


# Bad coordinates are said, never guessed.


@pytest.mark.parametrize(
    ("lon", "lat", "why"),
    [
        (float("nan"), LAT, Why.NO_POINT),
        (LON, float("inf"), Why.NO_POINT),
        (LAT, LON, Why.SWAPPED),
        (798_000.0, 6_348_000.0, Why.PROJECTED),
        (13.4, 52.5, Why.ABROAD),
        (0.0, 0.0, Why.ABROAD),
    ],
)
def test_coordinates_that_cannot_be_are_unknown_with_their_reason(lon, lat, why):
    answer = both(locator(square()), lon, lat)

    assert (answer.verdict, answer.why) == (Place.UNKNOWN, why)
    assert answer.reason


def test_the_department_is_read_in_the_codes():
    assert [department_of_qpv(code) for code in ("QN03014M", "QP02A001", "QN97101M", "poche")] == [
        "30",
        "2A",
        "971",
        "",
    ]
    assert [department_of_commune(code) for code in ("30227", "1053", "2A004", "97105", "Alès")] == [
        "30",
        "01",
        "2A",
        "971",
        "",
    ]


# Whatever the outlines and the points, plain shapely says the same.

near = st.floats(-0.02, 0.02, allow_nan=False)
corners = st.lists(st.tuples(near, near), min_size=3, max_size=12)


@given(st.lists(corners, min_size=1, max_size=4), st.lists(st.tuples(near, near), min_size=1, max_size=30))
def test_any_outline_any_point_agrees_with_shapely(outlines, offsets):
    polygons = [shapely.make_valid(shapely.Polygon([(LON + x, LAT + y) for x, y in one])) for one in outlines]
    polygons = [
        shapely.MultiPolygon([part for part in shapely.get_parts(one) if part.geom_type == "Polygon"])
        for one in polygons
    ]
    polygons = [one for one in polygons if one.area > 1e-12]
    place = locator(*polygons)
    lons, lats = (LON + np.array(offsets)[:, 0]), (LAT + np.array(offsets)[:, 1])

    answers = place.locate(lons, lats)

    for number, (lon, lat) in enumerate(zip(lons, lats, strict=True)):
        point, alone = shapely.Point(lon, lat), place.locate_one(lon, lat)
        holds = any(polygon.contains(point) for polygon in polygons)
        away = min((metres_to(polygon, lon, lat) for polygon in polygons), default=np.inf)
        if abs(away - 20) < 0.5 or abs(away - REACH) < 5:
            continue
        expected = Place.TO_CHECK if away < 20 else Place.IN if holds else Place.OUT
        assert said(answers, number)[0] == alone.verdict == expected
        if away < REACH:
            assert answers.metres[number] == pytest.approx(away, rel=0.005, abs=0.1)
        if polygons:
            assert alone.metres == pytest.approx(away, rel=0.005, abs=0.1)


def metres_to(polygon, lon, lat):
    """By another way: the ellipsoid's own distance to the nearest point, found in a locally metric plane."""
    scale = np.array([np.cos(np.radians(lat)), 1])
    border = shapely.transform(polygon.boundary, lambda degrees: (degrees - (lon, lat)) * scale)
    foot = shapely.ops.nearest_points(border, shapely.Point(0, 0))[0]
    return GEOD.inv(lon, lat, lon + foot.x / scale[0], lat + foot.y)[2]


@pytest.mark.shared
def test_the_real_outlines_of_the_gard_hold_their_own_middle(shared):

    features = json.loads((shared / "data/qpv/QP2024_Gard_WGS84.geojson").read_text())["features"]
    shapes = [
        Shape(
            one["properties"]["code_qp"],
            one["properties"]["lib_qp"],
            shapely.geometry.shape(one["geometry"]).buffer(0),
            "",
        )
        for one in features
    ]
    place = Locator(shapes)

    for shape in shapes:
        middle = shapely.maximum_inscribed_circle(shape.polygon).coords[0]
        answer = place.locate_one(*middle)
        assert (answer.verdict, answer.shape.code) == (Place.IN, shape.code)
