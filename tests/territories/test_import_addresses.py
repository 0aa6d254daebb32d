"""The addresses of a department, by the command (GEO-3)."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from faubourg.journal.models import Entry
from faubourg.territories.actions import addresses, bring_addresses
from faubourg.territories.models import Address, AddressBook, Source, Street
from faubourg.territories.rules.addresses.ban import first_reading
from tests.territories.ban import ALES, AMBROIX, HEADER, LINES, line, write_ban

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def bring(path, *options):
    said = StringIO()
    call_command("import_addresses", str(path), *options, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("name", ["adresses-30.csv.gz", "adresses-30.csv"])
def test_geo_3_a_file_is_brought_once_with_where_it_comes_from(tmp_path, name):
    path = write_ban(tmp_path, name=name)

    assert "12 adresses de 4 communes" in bring(path, "--dated", "2026-11-01")
    assert "Rien n'a changé" in bring(path)
    source = Source.objects.get()
    assert source.version.startswith("BAN, 01/11/2026, ")
    assert {book.source for book in AddressBook.objects.all()} == {source}
    assert AddressBook.objects.get(insee_code="30227").lines == 9
    assert Address.objects.count() == 11
    entry = Entry.objects.get(verb="territories.bring_addresses")
    assert entry.changes == {"adresses": 12, "communes": 4, "lignes refusées": 0}


def test_geo_3_the_next_file_replaces_the_communes_it_gives_and_no_other(tmp_path):
    bring(write_ban(tmp_path))

    assert "1 adresses de 1 communes" in bring(write_ban(tmp_path, [line(2, "", "Rue Neuve", AMBROIX)]))
    assert [one.name for one in Street.objects.filter(book__insee_code="30227")] == ["Rue Neuve"]
    assert Address.objects.filter(street__book__insee_code="30007").count() == 1
    assert Source.objects.count() == 2


def test_geo_3_a_reading_cut_half_way_is_taken_up_again(tmp_path, monkeypatch):
    path = write_ban(tmp_path)
    written = addresses._write_commune

    def cut(code, *args, **kwargs):
        if code == "30132":
            raise KeyboardInterrupt
        written(code, *args, **kwargs)

    monkeypatch.setattr(addresses, "_write_commune", cut)
    with pytest.raises(KeyboardInterrupt):
        bring_addresses(path, first_reading(path), actor=None, now=NOW)
    monkeypatch.undo()

    bring(path)

    assert (Address.objects.count(), Source.objects.count()) == (11, 1)


def test_geo_3_a_commune_that_comes_back_or_is_too_long_to_be_held_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(addresses, "AT_ONCE", 2)
    mixed = [line(n, "", "Rue Neuve", place) for n in (1, 2, 3, 4, 5) for place in (AMBROIX, ALES)]

    bring(write_ban(tmp_path, mixed + mixed[:1] * 5))

    assert Street.objects.count() == 2
    assert AddressBook.objects.get(insee_code="30227").lines == 10
    assert "Rien n'a changé" in bring(tmp_path / "adresses-30.csv.gz")


def test_geo_3_lines_that_cannot_be_are_refused_with_their_number_and_the_others_taken(tmp_path):
    wrong = [
        line(1, "", "Rue Neuve", ("30500", "3022", "Saint-Ambroix")),
        line("douze", "", "Rue Neuve", AMBROIX),
        line(1, "", "", AMBROIX),
        line(1, "", "Rue Neuve", ("3O500", "30227", "Saint-Ambroix")),
        line(1, "", "Rue Neuve", AMBROIX, lon="", lat=""),
        line(1, "", "Rue Neuve", AMBROIX, lon=44.262, lat=4.197),
        "une;deux",
    ]

    said = bring(write_ban(tmp_path, [line(1, "", "Rue Neuve", AMBROIX), *wrong]))

    assert "refusé : 7" in said
    assert "ligne 3 : code_insee « 3022 »" in said
    assert "ligne 4 : numero « douze »" in said
    assert "ligne 5 : nom_voie ou nom_commune est vide" in said
    assert "ligne 6 : code_postal « 3O500 »" in said
    assert "ligne 7 : lon «  », lat «  » ne sont pas en France" in said
    assert "ligne 8 : lon « 44.262 »" in said
    assert "ligne 9 : 2 cases au lieu de 23" in said
    assert "C'est chargé : 1 adresses de 1 communes." in said


def test_geo_3_a_trial_writes_nothing(tmp_path):
    assert "12 adresses lues, 4 communes" in bring(write_ban(tmp_path), "--dry-run")
    assert not Source.objects.exists()


def test_geo_3_what_is_no_file_of_addresses_is_refused_in_a_sentence(tmp_path):
    path = write_ban(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CommandError, match="abîmé ou coupé"):
        bring(path)
    with pytest.raises(CommandError, match="ne s'ouvre pas"):
        bring(tmp_path / "absent.csv.gz")
    with pytest.raises(CommandError, match="il manque numero"):
        bring(write_ban(tmp_path, ["1;2"], header="lon;lat"))
    with pytest.raises(CommandError, match="ne contient aucune adresse"):
        bring(write_ban(tmp_path, []))
    (tmp_path / "latin.csv").write_bytes("\n".join((HEADER, *LINES)).encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        bring(tmp_path / "latin.csv")
    assert not AddressBook.objects.exists()
