"""The official geographic code: loaded, updated, and codes that change (GEO-1)."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faubourg.portal.imports import find_contract_file, load_contract, preview_contract, read_contract_file
from faubourg.territories.actions import bring_communes
from faubourg.territories.models import Commune, Epci, Region, Source
from faubourg.territories.rules.cog import current_code, read_cog
from tests.territories.geography import BOOK, write_book

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def _import(path):
    said = StringIO()
    call_command("import_cog", str(path), stdout=said)
    return said.getvalue()


def test_geo_1_the_code_is_loaded_and_a_second_time_changes_nothing(tmp_path):
    path = write_book(tmp_path)

    assert "9 communes, 2 intercommunalités" in _import(path)
    assert "rien n'a changé" in _import(path)
    commune = Commune.objects.get(insee_code="30227")
    assert (commune.name, commune.epci.siren, commune.population) == ("Saint-Ambroix", "200035129", 3445)
    assert Region.objects.get(code="978").name == "Saint-Martin"
    assert Source.objects.count() == 1


def test_geo_1_a_merged_commune_is_kept_with_the_one_that_succeeds(tmp_path):
    _import(write_book(tmp_path))

    assert Commune.objects.get(insee_code="93059").successor.insee_code == "93066"


def test_geo_1_the_code_of_next_year_changes_what_is_there(tmp_path):
    _import(write_book(tmp_path))
    communes = [row for row in BOOK["communes"] if row[0] not in ("30227", "30051")]
    later = write_book(
        tmp_path,
        year=2027,
        communes=[*communes, ["30227", "Saint-Ambroix-sur-Cèze", "30", "200066918", 3500]],
        former=[*BOOK["former"], ["30051", "Branoux-les-Taillades", "30", "30132"]],
    )

    _import(later)

    commune = Commune.objects.get(insee_code="30227")
    assert (commune.name, commune.epci.name) == ("Saint-Ambroix-sur-Cèze", "CA Alès Agglomération")
    assert Commune.objects.get(insee_code="30051").successor.name == "La Grand-Combe"


@pytest.mark.parametrize(
    ("code", "current"),
    [("93059", "93066"), ("75118", "75056"), ("69385", "69123"), ("13215", "13055"), ("30227", "30227")],
)
def test_a_code_of_another_year_or_of_a_district_finds_its_commune(tmp_path, code, current):
    assert current_code(code, read_cog(write_book(tmp_path))) == current


def test_only_the_communes_that_are_named_are_brought(tmp_path):
    bring_communes(read_cog(write_book(tmp_path)), {"30227", "99999"})

    assert [commune.insee_code for commune in Commune.objects.all()] == ["30227"]
    assert Epci.objects.get().department.region.name == "Occitanie"


@pytest.mark.parametrize("content", [b"", b"not gzip", b"\x1f\x8b\x08\x00"])
def test_a_file_that_is_not_the_code_is_refused_in_a_sentence(tmp_path, content):
    path = tmp_path / "geography.json.gz"
    path.write_bytes(content)

    with pytest.raises(CommandError, match="ne se lit pas"):
        _import(path)
    with pytest.raises(CommandError, match="n'existe pas"):
        _import(tmp_path / "nowhere.gz")


@pytest.mark.parametrize("code_first", [True, False])
def test_a_contract_and_the_code_load_in_any_order(settings, code_first):
    contract_file = read_contract_file(find_contract_file("de-ceze-cevennes"))
    if code_first:
        _import(settings.GEOGRAPHY)
    load_contract(contract_file, actor=None, now=NOW)
    if not code_first:
        _import(settings.GEOGRAPHY)

    assert preview_contract(contract_file, now=NOW).changes == []
    assert Commune.objects.filter(epci__siren="200035129").count() == 23
    assert Commune.objects.filter(successor=None).count() == 34969
