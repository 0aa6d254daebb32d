"""The officer tries two ways of sharing the money, by keyboard; compares them; adopts one."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.looking import NARROW

CALL = "Appel à projets du contrat de ville 2027"


def open_scenarios(someone):
    someone.follow_menu("Programmation")
    someone.follow(CALL)
    someone.follow("Scénarios")


def make_scenario(someone, name, source):
    open_scenarios(someone)
    someone.fill("Nom du scénario", name)
    someone.choose("Le faire d'après", source)
    someone.press("Créer le scénario")
    someone.reads("vous seul le voyez")


UNDECIDED = "Nos rues, nos visages"
"""A dossier whose funders have not all decided: what is proposed for it may still change."""


def cells(someone):
    return someone.page.locator("tr", has_text=UNDECIDED).locator("[data-cell]")


def written(someone, place):
    return cells(someone).nth(place).locator("b").inner_text()


def saved(someone):
    expect(someone.page.locator("[data-grid-state]")).to_contain_text("enregistré à")


def refused(someone, sentence):
    expect(someone.page.locator("[data-grid-why]")).to_contain_text(sentence)


@pytest.fixture
def officer(person):
    return person("mission")


def test_compare_two_scenarios_and_adopt_one(officer, person):
    make_scenario(officer, "Comme proposé", "Les propositions retenues")
    make_scenario(officer, "Équilibre jeunesse", "Les propositions retenues")
    write_by_keyboard(officer)
    compare_both(officer)
    adopt(officer)
    prefect = person("prefet")
    prefect.follow_menu("Programmation")
    prefect.follow(CALL)
    prefect.reads("prop. 1 234")


def write_by_keyboard(officer):
    page = officer.page
    cell = cells(officer).first
    cell.click()
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    expect(cell.locator("b")).to_have_text("1\u00a0234")
    saved(officer)

    left = page.locator('[data-left="0"]').inner_text()
    page.keyboard.type("100")
    page.keyboard.press("ArrowDown")
    assert page.locator('[data-left="0"]').inner_text() != left
    page.keyboard.press("Control+z")
    assert page.locator('[data-left="0"]').inner_text() == left
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+z")
    saved(officer)

    page.keyboard.press("Control+a")
    page.keyboard.type("999999")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    refused(officer, "dépasse le montant demandé")
    officer.look()  # axe, with a red cell and the list below
    expect(page.locator("[data-grid-problems]")).to_contain_text("dépasse le montant demandé")
    page.keyboard.press("Escape")
    expect(page.locator("[data-grid-problems]")).to_be_hidden()

    page.reload()
    expect(cells(officer).first.locator("b")).to_have_text("1\u00a0234")


def compare_both(officer):
    open_scenarios(officer)
    officer.choose("Comparer", "Équilibre jeunesse")
    officer.choose("avec", "Comme proposé")
    officer.press("Comparer", exact=True)
    officer.reads("Dossiers qui gagnent : 1 ; qui perdent : 0")
    officer.reads("Objectifs sans action")


def adopt(officer):
    open_scenarios(officer)
    officer.follow("Équilibre jeunesse")
    officer.follow("Adopter")
    officer.reads("Aucune décision n'est changée")
    officer.press("Adopter ce scénario")
    officer.reads("Scénario adopté")


def test_two_people_in_the_same_cell_are_told_and_lose_nothing(officer, person):
    make_scenario(officer, "À deux", "Les demandes")
    address = officer.page.url
    officer.follow("Nommer, partager")
    officer.tick("Partager avec le GIP")
    officer.press("Enregistrer")
    director = person("direction")
    director.go(address)

    cells(director).first.click()
    director.page.keyboard.type("900")
    director.page.keyboard.press("Enter")
    saved(director)
    cells(officer).first.click()
    officer.page.keyboard.type("800")
    officer.page.keyboard.press("Enter")
    officer.page.keyboard.press("ArrowUp")
    refused(officer, "a écrit entre-temps « 900 »")
    assert officer.page.locator(".grid-input").input_value() == "800"

    officer.page.keyboard.press("Enter")
    saved(officer)
    director.page.reload()
    assert written(director, 0) == "800"


def test_a_line_is_written_without_javascript(person):
    officer = person("mission", javascript=False, width=NARROW)
    make_scenario(officer, "Sans JavaScript", "Rien")
    officer.follow(re.compile("^✎"))
    officer.fill("État (P147)", "999 999")
    officer.press("Enregistrer la ligne")
    officer.is_told_at("État (P147)", "dépasse le montant demandé")
    officer.fill("État (P147)", "1 000 L")
    officer.press("Enregistrer la ligne")
    officer.reads("1 000 L")
