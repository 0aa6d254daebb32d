"""What may be said of two figures (DAT-2, DAT-3, DAT-4, B8.5); pure, without a database."""

from dataclasses import replace
from decimal import Decimal

import pytest

from faubourg.observation.rules import (
    Reading,
    change,
    check_share,
    check_whole,
    evolution,
    gap,
    read_place,
)

RATE = Reading("pauvrete", "%", "neighbourhood", "QN03014M", Decimal("43.1"), 2021, "2024", "filosofi")


def test_dat_2_no_evolution_is_drawn_across_the_generations_of_a_neighbourhood():
    old = replace(RATE, place="QP030014", generation="2015", year=2015)

    assert "Rupture de géographie" in evolution(old, RATE).reason
    assert change(old, RATE) is None


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (replace(RATE, year=2019, comparability="filosofi-avant-2019"), "Rupture de méthode"),
        (replace(RATE, year=2020), "consécutifs"),
        (replace(RATE, year=2022), "consécutifs"),
        (replace(RATE, year=2021), "même millésime"),
        (replace(RATE, year=None), "à confirmer"),
        (replace(RATE, year=2019, value=None), "secret"),
        (replace(RATE, year=2019, unit="€"), "même chose"),
        (replace(RATE, year=2019, place="QN03015M"), "même territoire"),
    ],
)
def test_dat_2_an_evolution_is_refused_with_its_reason(other, why):
    assert why in evolution(other, RATE).reason


def test_dat_2_two_comparable_vintages_give_an_evolution():
    before = replace(RATE, year=2018, value=Decimal("40.0"))

    assert evolution(before, RATE)
    assert change(before, RATE) == Decimal("3.1")


def test_b8_5_consecutive_vintages_of_a_commune_may_be_compared():
    town = replace(RATE, scale="commune", place="30227", generation="")

    assert evolution(replace(town, year=2020), town)


def test_dat_4_a_gap_is_computed_for_the_same_year_counted_alike():
    town = Reading("pauvrete", "%", "commune", "30227", Decimal("24.1"), 2021, "", "filosofi")

    assert gap(RATE, town).difference == Decimal("19.0")
    assert gap(RATE, replace(town, year=2020)).reason == "millésimes différents (2021 et 2020)"
    assert gap(RATE, replace(town, value=None)).difference is None
    assert gap(RATE, replace(town, comparability="autre")).reason == "méthodes différentes"


def test_dat_3_the_arithmetic_of_the_contract_is_redone():
    vacant = check_share(Decimal(475), Decimal(2320), Decimal(20))
    weight = check_share(Decimal(1250), Decimal(3324), Decimal(40))

    assert (vacant.agrees, "20,5" in vacant.sentence) == (True, True)
    assert (weight.agrees, "37,6" in weight.sentence, "2,4 points" in weight.sentence) == (False, True, True)
    assert "définitions à préciser" in check_whole(Decimal("65.6"), Decimal("17.3")).sentence
    assert check_whole(Decimal("65.6"), Decimal("34.4")).agrees


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("QN03014M", ("neighbourhood", "QN03014M", "2024")),
        ("QP030014", ("neighbourhood", "QP030014", "2015")),
        ('="01053"', ("commune", "01053", "")),
        ("1053", ("commune", "01053", "")),
        ("200035129", ("epci", "200035129", "")),
        ("2A004", ("commune", "2A004", "")),
        ("DEP30", ("department", "30", "")),
        ("REG76", ("region", "76", "")),
        ("FR", ("country", "FR", "")),
    ],
)
def test_dat_1_a_code_says_its_scale_and_its_generation(text, place):
    found = read_place(text)
    assert (found.scale, found.code, found.generation) == place


@pytest.mark.parametrize("text", ["", "Ensemble des quartiers", "XN03014M", "30", "QN0301M"])
def test_dat_1_what_is_no_code_names_no_place(text):
    assert read_place(text) is None
