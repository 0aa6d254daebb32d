"""Files of INSEE as people have them: read through a mapping, taken once, secrecy kept (DAT-1, DAT-5)."""

import zipfile
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from faubourg.observation.models import Datum, Statistic, StatisticsFile

pytestmark = pytest.mark.django_db
INCOME = "QP;DISP_MED_A21;DISP_TP60_A21;AUTRE\nQN03014M;13274,5;43,1;1\nQN03015M;s;nd;2\n"


@pytest.fixture
def bring(tmp_path):
    def run(content, name="revenus.csv", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = StringIO()
        call_command("import_statistics", str(path), stdout=out, **options)
        return out.getvalue()

    return run


def found(code, place):
    return Datum.objects.get(statistic__code=code, place_code=place)


@pytest.mark.shared
def test_the_real_file_of_the_neighbourhoods_of_occitanie_is_taken_whole(bring, shared):
    path = shared / "data" / "insee" / "qp2015-occitanie-indicateurs.csv"
    bring(path.read_bytes(), path.name)

    assert found("population", "QP030014").value == 1234
    assert found("pauvrete-60", "QP030014").value == Decimal("43.1")
    assert found("revenu-median", "QP030014").value == 13274
    assert found("population", "QP030014").generation == "2015"
    assert found("population", "QP030014").vintage == "à confirmer"
    assert "0 nouveaux, 0 modifiés" in bring(path.read_bytes(), path.name)
    assert StatisticsFile.objects.count() == 1


def test_dat_5_secrecy_is_kept_as_a_status_and_never_becomes_zero(bring):
    said = bring(INCOME)
    secret, absent = found("revenu-median", "QN03015M"), found("pauvrete-60", "QN03015M")

    assert (secret.value, secret.trust, secret.mark) == (None, "secret", "s")
    assert (absent.value, absent.trust, absent.mark) == (None, "not_available", "nd")
    assert found("revenu-median", "QN03014M").value == Decimal("13274.5")
    assert (found("revenu-median", "QN03014M").year, found("revenu-median", "QN03014M").trust) == (
        2021,
        "published",
    )
    assert "Colonnes inconnues, laissées : AUTRE" in said


def test_a_corrected_file_changes_only_what_it_corrects(bring):
    bring(INCOME)

    assert "0 nouveaux, 1 modifiés, 3 inchangés" in bring(INCOME.replace("43,1", "43,2"))


def test_a_trial_writes_nothing(bring):
    assert "c'était un essai" in bring(INCOME, dry_run=True)
    assert not Datum.objects.exists()
    assert not Statistic.objects.exists()


@pytest.mark.parametrize("row", [5, 6, 8])
def test_a_workbook_has_its_technical_header_further_down_and_its_aggregate_aside(bring, row):
    book = openpyxl.Workbook()
    lines = [["QP", "DISP_MED_A21"], ["Ensemble des quartiers", 14000], ["QN03014M", 13274]]
    for rank, line in enumerate(lines, start=row):
        for column, value in enumerate(line, start=1):
            book.active.cell(rank, column, value)
    book.active.cell(1, 1, "Revenus disponibles")
    content = BytesIO()
    book.save(content)

    said = bring(content.getvalue(), "revenus.xlsx")

    assert "« Ensemble des quartiers », laissée de côté" in said
    assert Datum.objects.get().value == 13274


def test_a_zip_gives_its_table_and_not_its_dictionary(bring):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("donnees_QP.csv", INCOME)
        archive.writestr("meta_indic.csv", "COD_VAR;LIB_VAR\nDISP_MED_A21;Médiane\n")
    bring(content.getvalue(), "revenus.zip")

    assert Datum.objects.count() == 4


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("13274,5", "beaucoup", "ligne 2, DISP_MED_A21 : « beaucoup »"),
        ("QN03015M", "QN0315M", "ligne 3 : « QN0315M » n'est pas un code"),
        ("QN03015M", "QN03014M", "ligne 3 : « QN03014M » est déjà ligne 2"),
        (";nd;2", "", "ligne 3 : 2 cellules pour 4 colonnes"),
        ("QP;", "nom;", "Aucune colonne de codes"),
        ("DISP_MED_A21;DISP_TP60_A21", "UN;DEUX", "Aucune correspondance"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_half_imported(bring, old, new, why):
    with pytest.raises(CommandError) as refusal:
        bring(INCOME.replace(old, new))

    assert why in str(refusal.value)
    assert not Datum.objects.exists()


def test_a_zip_bomb_and_a_broken_archive_are_refused(bring):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("donnees.csv", b"0" * 5_000_000)
    with pytest.raises(CommandError, match="démesuré"):
        bring(content.getvalue(), "bombe.zip")
    with pytest.raises(CommandError, match="abîmé"):
        bring(b"PK\x03\x04rien", "coupe.zip")
