"""The neighbourhoods of a file, by the command (GEO-1, GEO-2)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faubourg.territories.models import Correspondence, Neighbourhood, Outline, Source
from faubourg.territories.queries import outlines
from tests.territories.geography import write_book
from tests.territories.test_files import BOW, HERE, geojson

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(tmp_path, settings):
    settings.GEOGRAPHY = write_book(tmp_path)

    def run(content, *options, name="qpv.geojson"):
        path = tmp_path / name
        path.write_bytes(content)
        said = StringIO()
        call_command("import_qpv", str(path), *options, stdout=said)
        return said.getvalue()

    return run


def test_geo_1_a_file_is_brought_once_with_its_source(bring):
    assert "nouveau : 1\n  QN03014M : L'Ecusson\n" in bring(geojson(HERE), "--dated", "2026-01-15")
    assert "Rien n'a changé" in bring(geojson(HERE))

    place = Neighbourhood.objects.get()
    assert [one.name for one in place.communes.all()] == ["Saint-Ambroix"]
    assert outlines.current()[0].version.startswith("ANCT, 15/01/2026, ")
    assert Source.objects.get().document.size == len(geojson(HERE))


def test_geo_2_a_new_outline_replaces_the_former_one_which_is_kept(bring):
    bring(geojson(HERE))

    assert "réparé : 1" in bring(geojson(BOW))
    assert Outline.objects.filter(is_current=True).count() == 1
    assert Outline.objects.count() == 2


def test_geo_2_nothing_is_written_by_a_trial_or_when_one_row_is_refused(bring):
    bring(geojson(HERE), "--dry-run")
    with pytest.raises(CommandError, match="Rien n'a été écrit"):
        bring(geojson(HERE, None))

    assert not Neighbourhood.objects.exists()
    assert not Source.objects.exists()


def test_geo_1_a_merged_commune_is_replaced_by_the_one_that_succeeds_and_an_unknown_one_refused(bring):
    bring(b"code_qp;lib_qp;insee_com\nQN09301M;A;93059\n", name="liste.csv")

    assert [one.name for one in Neighbourhood.objects.get().communes.all()] == ["Saint-Denis"]
    with pytest.raises(CommandError):
        bring(b"code_qp;lib_qp;insee_com\nQN03001M;A;30999\n", name="liste.csv")


def test_geo_1_the_correspondence_is_the_official_one(bring):
    text = b"QP2024;Statut;QP2015_1;QP2015_2\nQN03016M;fusion;QP030016;QP030017\n"
    bring(text, name="liens.csv")

    assert "Rien n'a changé" in bring(text, name="liens.csv")
    assert [one.code_2015 for one in Correspondence.objects.all()] == ["QP030016", "QP030017"]
