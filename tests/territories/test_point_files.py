"""GEO-3: a spreadsheet of points, located line by line."""

import csv

import pytest
import shapely
from django.core.management import CommandError, call_command

from faubourg.territories.rules.addresses.matching import AddressType, Candidate
from faubourg.territories.rules.answers import Shape
from faubourg.territories.rules.covering import Coverage
from faubourg.territories.rules.locating import Locator
from faubourg.territories.rules.point_files import PointsRefused, locate_file
from tests.territories.ban import write_ban

PLACE = Locator(
    [Shape("QN03014M", "L'Écusson", shapely.box(4.193, 44.258, 4.201, 44.266), "ANCT 2026")],
    Coverage(is_national=True, departments=frozenset(), lacking=frozenset()),
)


class Book:
    """Knows one address of each sort."""

    def find_all(self, asked):
        return [KNOWN.get(one.line, []) for one in asked]


def candidate(lon, *, kind=AddressType.NUMBER, score=1.0, is_sure=True):
    return Candidate("12 Rue Neuve", kind, score, lon, 44.262, "30500", "Saint-Ambroix", "30227", is_sure)


KNOWN = {
    "rue neuve": [candidate(4.197)],
    "rue vieille": [candidate(4.5)],
    "rue": [candidate(4.197, kind=AddressType.STREET, is_sure=False)],
    "rue douteuse": [candidate(4.5, score=0.6, is_sure=False)],
}


def located(tmp_path, text, encoding="utf-8", place=PLACE):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(text.encode(encoding))
    counts = locate_file(source, target, place, Book())
    written = target.read_text("utf-8-sig").splitlines()
    separator = max(";,\t", key=written[0].count)
    return counts, list(csv.DictReader(written, delimiter=separator))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("nom;lon;lat\nAdèle;4,197;44,262\nBé;4.5;44.5\n", "utf-8-sig"),
        ("nom;Longitude;Latitude\nAdèle;4,197;44,262\nBé;4,5;44,5\n", "cp1252"),
        ('nom\tlon\tlat\nAdèle\t"4,197"\t44.262\nBé\t4.5\t44.5\n', "utf-8"),
        ("nom\tlon\tlat\r\nAdèle\t4,197\t44,262\r\nBé\t4,5\t44,5\r\n", "utf-16"),
        ("nom;X_L93;Y_L93\nAdèle;795 561,9;6352166,8\nBé;820000;6380000\n", "utf-8"),
        ("nom,lon,lat\r\nAdèle,4.197,44.262\r\nBé,4.5,44.5\r\n", "utf-8"),
    ],
)
def test_a_file_as_people_have_it_gets_its_verdicts(tmp_path, text, encoding):
    counts, rows = located(tmp_path, text, encoding)

    assert (counts["dans"], counts["hors"]) == (1, 1)
    assert rows[0]["nom"] == "Adèle"
    assert (rows[0]["code_qp"], rows[0]["lib_qp"], rows[0]["version_contour"]) == (
        "QN03014M",
        "L'Écusson",
        "ANCT 2026",
    )
    assert int(rows[0]["distance_m"]) > 300
    assert (rows[1]["code_qp"], rows[1]["verdict"]) == ("", "hors")


def test_a_line_without_its_point_is_unknown_and_the_others_are_answered(tmp_path):
    counts, rows = located(tmp_path, "lon;lat\n;\nici;là\n44.262;4.197\n4.197;44.262\n\n")

    assert [row["verdict"] for row in rows] == ["indéterminé", "indéterminé", "indéterminé", "dans"]
    assert counts["indéterminé"] == 3


def test_the_commune_says_the_department_when_the_outlines_are_not_all_there(tmp_path):
    place = Locator(PLACE.shapes)

    _, rows = located(tmp_path, "lon;lat;code_insee\n4.3;44.3;30227\n4.3;44.3;07001\n", place=place)

    assert [row["verdict"] for row in rows] == ["hors", "indéterminé"]


def test_addresses_are_located_with_their_score_and_type_and_what_is_not_found_is_never_out(tmp_path):
    text = "nom;Adresse\na;12 rue Neuve\nb;12 rue Vieille\nc;rue\nd;12 rue Douteuse\ne;nulle part\nf;\n"

    counts, rows = located(tmp_path, text)

    assert [row["verdict"] for row in rows] == [
        "dans",
        "hors",
        "à vérifier",
        "à vérifier",
        "indéterminé",
        "indéterminé",
    ]
    assert (rows[0]["adresse_trouvee"], rows[0]["score"], rows[0]["type"]) == (
        "12 Rue Neuve",
        "1.00",
        "housenumber",
    )
    assert (rows[3]["score"], rows[4]["score"], rows[4]["type"]) == ("0.60", "", "")
    assert counts["indéterminé"] == 2


def test_a_file_with_points_asks_for_no_address(tmp_path):
    _, rows = located(tmp_path, "adresse;lon;lat\n12 rue Vieille;4.197;44.262\n")

    assert rows[0]["verdict"] == "dans"
    assert "score" not in rows[0]


def test_a_broken_line_is_refused_with_its_number_and_nothing_is_written(tmp_path):
    (tmp_path / "out.csv").write_text("avant")

    with pytest.raises(PointsRefused, match="Ligne 3 : 1 cases au lieu de 2"):
        located(tmp_path, "lon;lat\n4.1;44.2\n4.1\n4.1;44.2\n")

    assert (tmp_path / "out.csv").read_text() == "avant"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.parametrize(("text", "said"), [("", "vide"), ("nom;ville\na;b\n", "« lon »")])
def test_a_file_without_points_is_refused(tmp_path, text, said):
    with pytest.raises(PointsRefused, match=said):
        located(tmp_path, text)


def test_a_quote_never_closed_is_refused_with_its_line(tmp_path):
    with pytest.raises(PointsRefused, match="abîmé à la ligne"):
        located(tmp_path, 'lon;lat\n4.1;44.2\n"4.1;44.2\n')


def test_a_file_never_replaces_itself(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("lon;lat\n")

    with pytest.raises(PointsRefused, match="remplacerait"):
        locate_file(source, source, PLACE, Book())


def test_the_command_says_unknown_while_the_qpv_has_no_outline(cast, tmp_path, capsys):
    (tmp_path / "in.csv").write_text("lon;lat\n4.197;44.262\n")

    call_command("locate", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"))

    assert "1 lignes : 1 indéterminé." in capsys.readouterr().out


def test_the_command_says_which_file_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match=r"absent\.csv"):
        call_command("locate", str(tmp_path / "absent.csv"), str(tmp_path / "out.csv"))


def test_the_command_finds_the_addresses_that_are_loaded(cast, tmp_path, capsys):
    call_command("import_addresses", str(write_ban(tmp_path)))
    lines = "adresse;cp;ville\n12 bis r. de la République;30500;St Ambroix\n1 rue Neuve;75001;Paris\n"
    (tmp_path / "in.csv").write_text(lines)

    call_command("locate", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"))

    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["adresse_trouvee"] for row in rows] == ["12 bis Rue de la République 30500 Saint-Ambroix", ""]
    assert "2 lignes : 2 indéterminé." in capsys.readouterr().out


def test_a_cell_that_a_spreadsheet_would_run_is_neutralised_and_a_negative_number_stays_one(tmp_path):
    text = 'nom;solde;lon;lat\n=HYPERLINK("x");-12,5;-4.49;48.39\n@moi;+33 oui;4.197;44.262\n'
    _, rows = located(tmp_path, text.replace('"', ""))

    assert [row["nom"] for row in rows] == ["'=HYPERLINK(x)", "'@moi"]
    assert [row["solde"] for row in rows] == ["-12,5", "'+33 oui"]
    assert rows[0]["lon"] == "-4.49"


def test_a_utf_16_file_cut_in_the_middle_of_a_letter_is_refused(tmp_path):
    (tmp_path / "in.csv").write_bytes("lon;lat\n4.1;44.2\n".encode("utf-16")[:-1])

    with pytest.raises(PointsRefused, match="coupé"):
        locate_file(tmp_path / "in.csv", tmp_path / "out.csv", PLACE, None)
