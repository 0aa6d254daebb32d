"""Files of neighbourhoods as people have them (GEO-1, GEO-2)."""

import io
import json
import zipfile

import pytest
import shapely

from faubourg.territories.rules.files import FileRefused, read_file
from faubourg.territories.rules.shapes import area_m2

HERE = [[4.20, 44.25], [4.21, 44.25], [4.21, 44.26], [4.20, 44.26], [4.20, 44.25]]
BOW = [[4.20, 44.25], [4.21, 44.26], [4.21, 44.25], [4.20, 44.26], [4.20, 44.25]]


def geojson(*rings, code="QN03014M", **more):
    features = [
        {
            "type": "Feature",
            "properties": {"code_qp": code, "lib_qp": "L'Ecusson", "insee_com": "30227"},
            "geometry": {"type": "Polygon", "coordinates": [ring]} if ring else None,
        }
        for ring in rings
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def read(content, name="qp.geojson", **options):
    return read_file(name, {name: content}, **options)


def zipped(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.shared
def test_geo_2_the_real_outlines_of_both_generations_are_read_and_measured(shared):
    files = [shared / "data/qpv" / f"QP{year}_Gard_WGS84.geojson" for year in (2024, 2015)]
    rows = {row.code: row for path in files for row in read(path.read_bytes(), path.name).rows}

    assert len(rows) == 17 + 18
    assert area_m2(rows["QN03014M"].geometry) / 10_000 == pytest.approx(23.36, abs=0.02)
    assert area_m2(rows["QP030014"].geometry) / 10_000 == pytest.approx(17.11, abs=0.02)
    assert rows["QN03016M"].communes == ("30051", "30132", "30307")
    assert all(row.geometry.is_valid for row in rows.values())


def test_geo_2_an_invalid_outline_is_repaired_and_said():
    (row,) = read(geojson(BOW)).rows

    assert row.geometry.is_valid
    assert row.geometry.area == pytest.approx(shapely.Polygon(HERE).area / 2)
    assert "des bords se croisaient" in row.repaired


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (geojson([[y, x] for x, y in HERE]), "inversées"),
        (geojson([[x + 3, y + 5] for x, y in HERE]), "loin du département 30"),
        (geojson([[795_000 + x, 6_350_000 + y] for x, y in HERE]), "projection"),
        (geojson(None), "vide"),
        (geojson(HERE, code="30227"), "ni de la forme"),
        (geojson(HERE, BOW), "autre contour"),
    ],
)
def test_geo_2_an_outline_that_cannot_be_right_is_refused_with_its_row(content, said):
    (problem,) = read(content).problems

    assert said in problem
    assert problem.startswith("entité ")


def test_a_generation_announced_must_be_the_one_of_the_codes():
    assert "génération 2024" in read(geojson(HERE), vintage=2015).problems[0]


def test_the_wgs84_layer_of_a_zip_is_chosen():
    content = zipped(**{"SHP/other_LB93.geojson": b"{}", "GEOJSON/QP2024_WGS84.geojson": geojson(HERE)})

    assert [row.code for row in read(content, "qpv.zip").rows] == ["QN03014M"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("qpv.zip", b"nothing", "n'est pas un zip"),
        ("qpv.zip", zipped(a=b"0" * 5_000_000), "démesuré"),
        ("qpv.gpkg", b"nothing", "n'est pas un GeoPackage"),
        ("qpv.geojson", b"{", "ligne 1"),
        ("qpv.csv", b"", "vide"),
        ("qpv.pdf", b"%PDF", "format"),
        ("qpv.csv", b"code_qp;lib_qp\nQN03014M;a\nQN03001I;b;c;d\n", "ligne 3"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(name, content, said):
    with pytest.raises(FileRefused, match=said):
        read(content, name)


def test_a_list_as_a_spreadsheet_leaves_it_is_read():
    text = (
        '\ufeffcode_qp;lib_qp;insee_com;;\nQN00101M; Reyssouze ;="01053";;\n'
        "QN03016M;La\u00a0Combe;30132; ;\n;;;;\nQN00102N;X;1053;;\n"
    )

    rows = read(text.encode(), "liste.csv").rows

    assert [(row.code, row.name, row.communes) for row in rows] == [
        ("QN00101M", "Reyssouze", ("01053",)),
        ("QN03016M", "La Combe", ("30132",)),
        ("QN00102N", "X", ("01053",)),
    ]


def test_the_official_correspondence_is_recognised_by_its_header():
    text = (
        "QP2024;Label_QP2024;Statut;QP2015_1;Label_QP2015_1;QP2015_2;Label_QP2015_2\n"
        "QN03016M;x;fusion;QP030016;a;QP030017;b\n"
    )

    found = read(text.encode(), "liens.csv")

    assert (found.kind, [(one.code_2024, one.code_2015) for one in found.links]) == (
        "links",
        [("QN03016M", "QP030016"), ("QN03016M", "QP030017")],
    )
