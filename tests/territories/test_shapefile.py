"""Shapefile in the projection it says (GEO-2)."""

import io

import pytest
import shapefile
from pyproj import CRS, Transformer

from faubourg.territories.rules.files import read_file
from tests.territories.test_files import HERE


@pytest.mark.parametrize("with_prj", [True, False])
def test_geo_2_a_shapefile_in_lambert_93_comes_back_to_degrees(with_prj):
    to_lambert = Transformer.from_crs(4326, 2154, always_xy=True)
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf) as writer:
        writer.field("CODE_QP", "C", 10)
        writer.poly([[to_lambert.transform(*point) for point in HERE][::-1]])
        writer.record("QN03014M")
    members = {"qp.shp": shp.getvalue(), "qp.dbf": dbf.getvalue()}
    if with_prj:
        members["qp.prj"] = CRS.from_epsg(2154).to_wkt("WKT1_ESRI").encode()

    read = read_file("qp.shp", members)

    assert read.problems == []
    assert read.rows[0].geometry.bounds == pytest.approx((4.20, 44.25, 4.21, 44.26), abs=1e-6)
    assert bool(read.notes) is not with_prj
