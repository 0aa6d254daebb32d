"""The same draft in two tabs, and a session lost while typing: nobody's words are lost."""

import pytest
from playwright.sync_api import expect

from tests.journeys import filing

MINE, THEIRS = "Des bancs à l'ombre pour les anciens.", "Un coin pour les enfants."
NEED = "À quel besoin répond l'action ?"


@pytest.fixture
def treasurer(person):
    someone = person("tresoriere")
    filing.begin(someone, "Bancs de la rue Haute")
    someone.follow("Continuer")
    return someone


def test_a_second_tab_is_told_and_loses_nothing(treasurer):
    first, second = treasurer.page, treasurer.new_tab()
    second.goto(first.url)
    treasurer.fill(NEED, THEIRS)
    treasurer.press("Enregistrer", exact=True)
    treasurer.reads("Enregistré")

    treasurer.page = second
    treasurer.stop_autosaving()
    treasurer.fill(NEED, MINE)
    with treasurer.expecting(409):
        treasurer.press("Enregistrer", exact=True)
        treasurer.reads("a modifié cette étape")
    treasurer.reads(THEIRS)
    treasurer.still_has(NEED, MINE)

    treasurer.press("Garder ma saisie")
    treasurer.go(second.url)
    treasurer.still_has(NEED, MINE)


def test_a_lost_session_gives_the_words_back_after_signing_in_again(treasurer):
    treasurer.lose_the_session()
    treasurer.fill(NEED, MINE)
    treasurer.reads("reconnectez-vous")
    with treasurer.page.expect_navigation():
        treasurer.page.get_by_role("button", name="Enregistrer", exact=True).click()
    treasurer.type_credentials()
    expect(treasurer.page.get_by_role("heading", level=1)).to_have_text("Projet")

    treasurer.reads("Des mots tapés sur cette page n'ont pas été enregistrés")
    treasurer.page.get_by_role("button", name="Les remettre").click()
    treasurer.still_has(NEED, MINE)
    treasurer.press("Enregistrer", exact=True)
    treasurer.go(treasurer.page.url)
    treasurer.still_has(NEED, MINE)
