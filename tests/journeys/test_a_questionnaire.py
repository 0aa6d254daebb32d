"""A resident answers on an old telephone without script; two clerks type the same twenty sheets (CON-2)."""

import pytest
from playwright.sync_api import expect

from faubourg.questionnaires.rules import bulletins
from tests.journeys.looking import NARROW
from tests.journeys.people import Person

ASKED = "Une place plus fraîche, votre avis"
SHEETS = 20
DOUBTFUL = 7
"""The sheet of the batch that the second clerk reads otherwise."""


def open_questionnaire(someone):
    someone.go("/concertation/questionnaires/de-ceze-cevennes/")
    someone.follow(ASKED)


@pytest.fixture
def resident(browser, installation):
    context = browser.new_context(
        base_url=installation.url, java_script_enabled=False, viewport={"width": NARROW, "height": 640}
    )
    someone = Person(context, "un habitant", javascript=False)
    yield someone
    someone.leave()
    someone.has_nothing_to_complain_about()


def test_a_resident_answers_on_a_small_screen_without_javascript(resident, person):
    officer = person("mission")
    open_questionnaire(officer)
    address = officer.page.locator("main a[href*='/repondre/']").inner_text()

    resident.go(address)
    resident.press("Commencer")
    resident.press("Continuer")
    resident.reads("Répondez à cette question.")
    resident.tick("Presque tous les jours")
    resident.fill("Combien d'enfants", "deux")
    resident.press("Continuer")
    resident.reads("Écrivez un nombre")
    resident.fill("Combien d'enfants", "2")
    resident.press("Continuer")
    resident.tick("De l'ombre")
    resident.fill("Autre chose à nous dire", "Un tilleul, comme avant.")
    resident.press("Envoyer mes réponses")
    resident.reads("votre réponse compte autant qu'une feuille de papier")

    officer.follow("Les résultats")
    officer.reads("9 réponses valides")
    officer.follow("Lire les réponses écrites")
    officer.reads("Un tilleul, comme avant.")


def test_two_clerks_type_twenty_sheets_by_keyboard_and_one_is_settled(person):
    first, second = person("mission"), person("direction")
    for clerk, children in ((first, "2"), (second, "3")):
        type_all(clerk, children)
    second.follow("S'arrêter là")
    second.reads("Deux saisies qui diffèrent")
    second.follow("Arbitrer le bulletin")
    second.tick("3")
    second.press("Enregistrer")
    second.does_not_read("Deux saisies qui diffèrent")
    expect(second.page.locator("dt", has_text="Saisis et d'accord").locator("+ dd")).to_have_text(str(SHEETS))


def type_all(clerk, children):
    """Number, box, children, boxes, words: Enter after each, and the next sheet is there."""
    open_questionnaire(clerk)
    clerk.follow("Les bulletins de papier")
    clerk.page.locator("tr", has_text="Centre social").get_by_role("link").click()
    number = int(clerk.page.locator("h1").inner_text().split()[1].split("-")[0])
    clerk.follow("Saisir des bulletins")
    keyboard = clerk.page.keyboard
    for rank in range(SHEETS):
        expect(clerk.field("Numéro du bulletin")).to_be_focused()
        told = (bulletins.written(number + rank), "1", children if rank == DOUBTFUL else "2", "13", "")
        for typed in told[:-1]:
            keyboard.type(typed)
            keyboard.press("Enter")
        with clerk.page.expect_navigation():
            keyboard.press("Enter")
        clerk.reads(f"Le bulletin {told[0]} est saisi.")
    clerk.look()
