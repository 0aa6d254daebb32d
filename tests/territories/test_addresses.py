"""An address as people write it finds its point; what is not certain is said so (GEO-3)."""

import pytest

from faubourg.territories.queries.addresses import Finder
from faubourg.territories.rules.addresses.asked import read_address
from faubourg.territories.rules.addresses.words import words
from tests.territories.ban import AMBROIX, LINES, line, write_ban
from tests.territories.test_import_addresses import bring


@pytest.fixture
def finder(db, tmp_path):
    bring(write_ban(tmp_path))
    return Finder()


def best(finder, text, **columns):
    found = finder.find_all([read_address(text, **columns)])[0]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Av. du Gal de Gaulle", "avenue general gaulle"),
        ("AVENUE DU GÉNÉRAL-DE-GAULLE", "avenue general gaulle"),
        ("r. de l'Église", "rue eglise"),
        ("bd St-Michel", "boulevard saint michel"),
        ("Chem. de Ste-Anne", "chemin sainte anne"),
        ("Rte d'Alès", "route ales"),
        ("Le", "le"),
    ],
)
def test_words_are_the_same_whoever_writes_them(text, same):
    assert words(text) == same


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "12 bis r. de la République 30500 St Ambroix",
            (12, "bis", "rue republique", "30500", "saint ambroix"),
        ),
        ("12bis, rue de la République", (12, "bis", "rue republique", "", "")),
        ("12 r de la République", (12, "", "rue republique", "", "")),
        ("12 b rue de la République", (12, "b", "rue republique", "", "")),
        ("5b bd du Portalet 30500", (5, "b", "boulevard portalet", "30500", "")),
        ("8/10 rue Neuve", (8, "", "rue neuve", "", "")),
        ("8 bis/10 rue Neuve", (8, "bis", "rue neuve", "", "")),
        ("Bât A, 12 rue Neuve", (12, "", "rue neuve", "", "")),
        ("rue du 8 Mai 1945", (None, "", "rue 8 mai 1945", "", "")),
        ("8 rue du 8 Mai 1945", (8, "", "rue 8 mai 1945", "", "")),
        ("Parcelle : A 123, chemin du Mas", (None, "", "parcelle 123 chemin mas", "", "")),
        ("12 rue Neuve 30319 ALES CEDEX 2", (12, "", "rue neuve", "30319", "ales")),
        ("Mas de Chabert", (None, "", "mas chabert", "", "")),
        ("", (None, "", "", "", "")),
        ("\0 ;;", (None, "", "", "", "")),
    ],
)
def test_an_address_is_cut_in_its_parts(text, parts):
    asked = read_address(text)

    assert (asked.number, asked.suffix, asked.line, asked.postcode, asked.city) == parts


@pytest.mark.parametrize(
    "text",
    [
        "12 bis r. de la République 30500 St Ambroix",
        "12 bis rue de la Republique, 30500 SAINT-AMBROIX",
        "12 B RUE REPUBLIQUE SAINT AMBROIX",
        "12bis rue de la Républiqe 30500 Saint-Ambrois",
        "12 bis rue de la République Saint-Ambroix 30500",
        "12 bis République 30500 Saint Ambroix",
    ],
)
def test_geo_3_an_address_is_found_at_its_number_however_it_is_written(finder, text):
    found = best(finder, text)

    assert found.label == "12 bis Rue de la République 30500 Saint-Ambroix"
    assert (found.type, found.lon, found.insee_code, found.is_sure) == ("housenumber", 4.1971, "30227", True)
    assert 0.7 <= found.score <= 1


def test_geo_3_columns_say_the_commune_better_than_the_line(finder):
    assert best(finder, "12 rue de la République", insee_code="30007").city == "Alès"
    assert best(finder, "12 rue de la République", postcode="30110").city == "La Grand-Combe"
    assert best(finder, "12 rue de la République", city="La Grand Combe").city == "La Grand-Combe"
    assert best(finder, "12 rue de la République La Grand Combe").city == "La Grand-Combe"


@pytest.mark.parametrize(
    ("text", "kind", "city"),
    [
        ("rue de la République 30500 Saint-Ambroix", "street", "Saint-Ambroix"),
        ("99 rue de la République 30500 Saint-Ambroix", "street", "Saint-Ambroix"),
        ("12 ter rue de la République 30500 Saint-Ambroix", "housenumber", "Saint-Ambroix"),
        ("7 avenue des Lilas 30500 Saint-Ambroix", "housenumber", "Saint-Ambroix"),
        ("7 impasse des Lions 30500 Saint-Ambroix", "housenumber", "Saint-Ambroix"),
        ("Mas de Chabert 30500 Saint-Ambroix", "street", "Saint-Ambroix"),
        ("30500 Saint-Ambroix", "municipality", "Saint-Ambroix"),
        ("Saint-Ambroix", "municipality", "Saint-Ambroix"),
        ("4 quai Inconnu 30500 Saint-Ambroix", "municipality", "Saint-Ambroix"),
    ],
)
def test_geo_3_what_is_coarser_than_the_number_or_doubtful_is_not_sure(finder, text, kind, city):
    found = finder.find_all([read_address(text)])[0]

    assert (found[0].type, found[0].city, found[0].is_sure) == (kind, city, False)


def test_geo_3_an_address_that_is_in_two_communes_is_not_sure(finder):
    found = finder.find_all([read_address("1 rue de l'Église 30500")])[0]

    assert {one.city for one in found} == {"Courry", "Saint-Ambroix"}
    assert not found[0].is_sure


@pytest.mark.parametrize(
    "text", ["", "12 rue de la République", "12 rue Neuve 75001 Paris", "\0", "é" * 5000]
)
def test_geo_3_what_is_not_known_is_not_found(finder, text):
    assert finder.find_all([read_address(text)])[0] == []


def test_geo_3_two_streets_of_one_name_in_merged_communes_are_told_apart(db, tmp_path):
    twins = [line(1, "", "Grand Rue", AMBROIX, former="Courry"), line(1, "", "Grand Rue", AMBROIX, lon=4.3)]
    bring(write_ban(tmp_path, twins))

    found = Finder().find_all([read_address("1 grand rue 30500 Saint-Ambroix")])[0]

    assert [one.label for one in found] == [
        "1 Grand Rue (Courry) 30500 Saint-Ambroix",
        "1 Grand Rue 30500 Saint-Ambroix",
    ]
    assert not found[0].is_sure


@pytest.mark.parametrize("count", [1, 3, 40])
def test_geo_3_addresses_are_found_in_three_queries_however_many(
    db, tmp_path, django_assert_num_queries, count
):
    bring(write_ban(tmp_path, LINES))
    asked = [read_address("12 rue de la Republiqe 30500 Saint-Ambroix")] * count

    with django_assert_num_queries(3):
        found = Finder().find_all(asked)

    assert [one[0].city for one in found] == ["Saint-Ambroix"] * count
