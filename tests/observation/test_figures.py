"""The figures of the contract: kept as the text says them, never more (A2, DAT-1, DAT-3, DAT-5, DAT-6)."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from faubourg.contracts.models import Contract
from faubourg.observation.imports.contract_figures import find_figures_file, read_figures_file
from faubourg.observation.models import Datum, Equipment, FigureCheck, Statistic
from faubourg.observation.queries import checks_of
from faubourg.toolkit.yaml_file import FileRefused

pytestmark = pytest.mark.django_db
SMALL = """format: faubourg-chiffres/1
contrat: petit
source: Le texte
recueilli_le: 2024-03-22
statistiques:
  - {code: population, libelle: Population, theme: population, unite: hab.}
territoires:
  - {cle: commune, echelle: commune, code: "30227"}
chiffres:
  - {cle: habitants, statistique: population, territoire: commune, millesime: 2020, valeur: 3324, lignes: 184}
"""


@pytest.fixture
def loaded():
    call_command("load_contract", "de-ceze-cevennes", "--yes", stdout=StringIO())
    call_command("load_figures", "ceze-cevennes", stdout=StringIO())
    return Contract.objects.get()


def datum(**fields):
    statistic, _ = Statistic.objects.get_or_create(
        code="population", defaults={"label": "Population", "theme": "population", "unit": "hab."}
    )
    return Datum.objects.create(**{
        "statistic": statistic, "scale": "commune", "place_code": "30227", "vintage": "2020", "year": 2020,
        "value": 3324, "unit": "hab.", "source": "INSEE", "collected_on": date(2026, 1, 1),
        "trust": "published",
    } | fields)  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"source": ""},
        {"vintage": ""},
        {"place_code": ""},
        {"trust": "secret"},
        {"trust": "not_available"},
        {"value": None},
        {"year": None},
        {"trust": "surely"},
        {"generation": "2024"},
    ],
)
def test_dat_1_the_database_refuses_a_figure_that_does_not_say_what_it_is(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        datum(**wrong)


def test_dat_1_without_a_vintage_a_figure_is_kept_to_be_checked_only():
    kept = datum(vintage="à confirmer", year=None, trust="to_check")

    assert kept.written == "3\u00a0324\u00a0hab."
    with pytest.raises(IntegrityError), transaction.atomic():
        datum(vintage="2021", year=None, trust="estimated")


def test_dat_5_a_withheld_figure_reads_as_its_reason_and_never_as_zero():
    assert datum(value=None, trust="secret").written == "secret statistique"


def test_a2_the_figures_of_the_contract_are_those_of_the_text(loaded):
    found = {
        (one.statistic.code, one.place_code): (one.value, one.vintage, one.trust, one.source_lines)
        for one in Datum.objects.select_related("statistic")
    }

    assert len(found) == 35
    assert found["population", "30227"] == (Decimal(3324), "2020", "published", "184")
    assert found["population", "200035129"] == (Decimal(19475), "à confirmer", "to_check", "186")
    assert found["population", "QN03014M"] == (Decimal(1250), "à confirmer", "to_check", "234")
    assert found["nouvelles-residences-secondaires", "30227"] == (65, "2011-2016", "published", "237")
    assert found["revenu-median", "FR"] == (Decimal(17730), "à confirmer", "to_check", "247")
    assert all(one[3] for one in found.values())


def test_dat_3_the_checks_of_the_contract_warn_and_block_nothing(loaded):
    told = {check.code: (finding.agrees, finding.sentence) for check, finding in checks_of(loaded.pk)}

    assert {code: agrees for code, (agrees, _) in told.items()} == {
        "logements-vacants": True,
        "poids-du-quartier": False,
        "actifs-et-inactifs": False,
        "deux-personnes-au-plus": False,
        "mediane-nationale": False,
    }
    assert "37,6" in told["poids-du-quartier"][1]
    assert "des ménages" in told["deux-personnes-au-plus"][1]


def test_dat_6_the_equipment_of_the_text_is_listed_with_its_lines_and_is_not_sited_by_guess(loaded):
    home = Equipment.objects.get(name="EHPAD Les Jardins de la Cèze")

    assert Equipment.objects.count() == 32
    assert (home.capacity, home.capacity_unit, home.source_lines) == (162, "lits", "196, 212")
    assert set(Equipment.objects.values_list("siting", flat=True)) == {"to_confirm"}
    assert not Equipment.objects.filter(source_lines="").exists()


def test_loading_twice_changes_nothing_and_keeps_what_the_team_has_typed(loaded):
    Equipment.objects.filter(name="Mairie").update(address="1 place de la République", siting="out")
    out = StringIO()
    call_command("load_figures", "ceze-cevennes", stdout=out)

    assert "Rien n'a changé." in out.getvalue()
    assert Equipment.objects.get(name="Mairie").siting == "out"
    assert (Datum.objects.count(), FigureCheck.objects.count()) == (35, 5)


def test_a_trial_writes_nothing(loaded):
    Datum.objects.all().delete()
    call_command("load_figures", "ceze-cevennes", "--dry-run", stdout=StringIO())

    assert not Datum.objects.exists()


def test_figures_of_a_contract_that_is_not_there_are_refused():
    with pytest.raises(CommandError, match="n'est pas chargé"):
        call_command("load_figures", "ceze-cevennes", stdout=StringIO())
    assert not Statistic.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ("valeur: 3324", "valeur: beaucoup", 10, "n'est pas un nombre"),
        ("millesime: 2020, ", "", 10, "il manque « millesime »"),
        ("millesime: 2020", "millesime: à confirmer, statut: publié", 10, "ne peut pas être « publié »"),
        ("statistique: population, territoire", "statistique: poulation, territoire", 10, "statistiques"),
        ('code: "30227"', "code: XN03014M", 8, "n'est pas un code de commune"),
        (", unite: hab.", "", 6, "il manque « unite »"),
        ("theme: population", "theme: populasion", 6, "vouliez-vous dire « population »"),
        ("lignes:", "ligne:", 10, "vouliez-vous dire « lignes »"),
        ("valeur: 3324", "valeur: 3324, statut: secret", 10, "n'a pas de valeur"),
        (", valeur: 3324", "", 10, "il manque « valeur »"),
    ],
)
def test_dat_1_what_is_wrong_in_the_file_is_said_with_its_line(tmp_path, old, new, line, why):
    path = tmp_path / "chiffres.yaml"
    path.write_text(SMALL.replace(old, new))

    with pytest.raises(FileRefused) as refusal:
        read_figures_file(path)
    assert any(one.line == line and why in one.sentence for one in refusal.value.problems), str(refusal.value)


def test_the_small_file_and_the_shipped_one_are_accepted(tmp_path):
    path = tmp_path / "chiffres.yaml"
    path.write_text(SMALL)

    assert len(read_figures_file(path).figures) == 1
    assert read_figures_file(find_figures_file("ceze-cevennes")).contract == "de-ceze-cevennes"
