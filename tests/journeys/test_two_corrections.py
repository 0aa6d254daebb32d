"""An officer asks two answers again; the treasurer corrects them without a script; the officer sees both."""

import re
from datetime import timedelta

from tests.journeys import filing
from tests.journeys.looking import NARROW
from tests.journeys.test_the_whole_cycle import NOW

TITLE = "Un verger pour l'école"


def test_correct_two_unlocked_answers(person, tmp_path):
    treasurer, officer = person("tresoriere", javascript=False, width=NARROW), person("mission")
    the_dossier_is_filed(treasurer, tmp_path)

    two_answers_are_asked_again(officer)
    the_treasurer_corrects_them_and_nothing_else(treasurer)
    the_officer_sees_old_and_new(officer)


def the_dossier_is_filed(treasurer, folder):
    filing.begin(treasurer, TITLE)
    treasurer.follow("Continuer")
    filing.tell_the_project(treasurer)
    filing.tell_who_it_is_for(treasurer)
    filing.tell_when(treasurer)
    filing.write_the_budget(treasurer)
    filing.attach_the_papers(treasurer, folder)
    filing.attest(treasurer)
    treasurer.press("Signer et déposer")


def two_answers_are_asked_again(officer):
    officer.follow_menu("Instruction")
    officer.fill("Mots de l'intitulé", TITLE)
    officer.press("Filtrer")
    officer.follow(TITLE)
    officer.follow("Demander un complément")
    unfold(officer, "Projet")
    officer.choose("Ce qui sera fait", "Incomplet")
    officer.fill("Réponse attendue le", (NOW + timedelta(days=10)).date())
    officer.press("Envoyer la demande")
    officer.is_told_at("Ce qu'il faut corriger · Ce qui sera fait", "Dites en quelques mots")
    officer.fill("Ce qu'il faut corriger · Ce qui sera fait", "Avec quelle école ?")
    unfold(officer, "Calendrier")
    officer.choose("Qui fait quoi", "Incorrect")
    officer.fill("Ce qu'il faut corriger · Qui fait quoi", "Nommez l'encadrant.")
    officer.press("Envoyer la demande")
    officer.reads("le délai d'instruction est suspendu")


def unfold(officer, step):
    officer.page.locator("summary", has_text=re.compile(rf"^\s*{step}\s*$")).click()


def the_treasurer_corrects_them_and_nothing_else(treasurer):
    treasurer.go_home()
    treasurer.follow(re.compile(TITLE))
    treasurer.reads("Avec quelle école ?")
    treasurer.follow("Corriger : Ce qui sera fait")
    assert treasurer.field("Intitulé de l'action").is_disabled()
    treasurer.fill("Que ferez-vous ?", "Dix ateliers de plantation avec l'école du Château.")
    treasurer.press(filing.NEXT)
    treasurer.fill("Qui fait quoi ?", "Une jardinière diplômée, deux bénévoles.")
    treasurer.press(filing.NEXT)
    assert treasurer.words.count("Corrigé") == 2
    treasurer.press("Envoyer la réponse")
    treasurer.reads("le GIP reprend l'étude du dossier")


def the_officer_sees_old_and_new(officer):
    officer.page.reload()
    officer.look()
    row = officer.page.locator("table.corrections tr", has_text="Ce qui sera fait")
    assert "Dix ateliers de plantation, ouverts à tous" in row.inner_text()
    assert "avec l'école du Château" in row.inner_text()
    with officer.page.expect_navigation():
        row.get_by_role("button", name="Accepter").click()
    officer.look()
    officer.reads("Acceptée")
