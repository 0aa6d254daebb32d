"""Three funders decide for many dossiers at once; the GIP validates; the letters leave, two fail."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

CALL = "Appel à projets du contrat de ville 2027"
NOW = datetime.now(ZoneInfo("Europe/Paris"))
FUNDERS = {"region": "Délibération", "prefet": "Arrêté", "ville": "Délibération"}
"""The three who still owe decisions at this moment of the demonstration, and the nature of their act."""


def open_column(decider):
    decider.follow_menu("Programmation")
    decider.follow(CALL)
    decider.follow("Écrire ma colonne")


def test_three_funders_decide_the_gip_validates_and_the_letters_leave(person, post):
    for rank, (name, kind) in enumerate(FUNDERS.items()):
        decider = person(name, javascript=bool(rank))  # the first one without scripts
        open_column(decider)
        decide_everything(decider, kind, rank)
        mark_final(decider)
    officer = person("mission")
    validate_but_one(officer)
    send_all_letters(officer, post)


def decide_everything(decider, kind, rank):
    decider.choose("Nature de l'acte", kind)
    decider.fill("Numéro de l'acte", f"2027-{rank}")
    decider.fill("Date de l'acte", (NOW - timedelta(days=1)).date())
    decider.fill("Motif des refus", "Crédits épuisés pour cette année.")
    cells = decider.page.locator("td input[name^='amount-']")
    for place in range(cells.count()):
        cells.nth(place).fill("0" if place else "100")
    cells.first.fill("999 999")
    decider.press("Prévisualiser")
    decider.reads("dépasse la demande")
    decider.reads("refusé")
    decider.page.locator("td input[name^='amount-']").first.fill("100")
    decider.press("Enregistrer les décisions")
    decider.reads("enregistrée")


def mark_final(decider):
    decider.follow("Écrire ma colonne")
    decider.press("Marquer ma colonne définitive")
    decider.reads("Votre colonne est définitive")


def validate_but_one(officer):
    officer.follow_menu("Instances")
    officer.follow(re.compile("^Comité de pilotage$"))
    officer.follow("Planifier une séance")
    officer.fill("Intitulé", "COPIL des trois financeurs")
    officer.fill("Date et heure", NOW)
    officer.fill("Lieu", "Maison des habitants")
    officer.press("Inscrire la séance")
    officer.press("Ouvrir la séance")
    officer.follow_menu("Programmation")
    officer.follow(CALL)
    officer.follow("Validation en COPIL")
    officer.reads("3 colonnes définitives sur 6")
    officer.choose("Séance du comité de pilotage", "COPIL des trois financeurs")
    last = officer.page.locator("tr:has(input[name='applications'])").last
    last.locator("input[type=checkbox]").uncheck()
    last.locator("input[type=text]").fill("budget à revoir")
    officer.press("Valider les dossiers cochés")
    officer.reads("la programmation est validée")
    officer.press("Préparer les lettres")
    expect(officer.page.locator("main")).to_contain_text("lettres préparées")


def send_all_letters(officer, post):
    """Two addresses are refused: each says so on its row, is mended, and leaves; nobody has two letters."""
    addresses = officer.page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert len(addresses) > 30
    alone = [one for one in addresses if addresses.count(one) == 1]
    post.refused = {alone[3], alone[11]}
    before = len(post.received)
    for box in officer.page.locator("input[name='letters']").all():
        box.check()
    officer.press("Envoyer les lettres cochées")
    wait_for(officer, "Échec", 2)
    wait_for(officer, "Envoyé", len(addresses) - 2)
    officer.reads("Le serveur refuse cette adresse")

    post.refused = set()
    for _ in range(2):
        officer.follow(re.compile("^Corriger"))
        officer.fill("Destinataire", f"juste.{officer.field('Destinataire').input_value()}")
        officer.press("Enregistrer", exact=True)
        officer.press("Envoyer", exact=True)
        officer.follow_menu("Programmation")
        officer.follow(CALL)
        officer.follow("Lettres")
    wait_for(officer, "Envoyé", len(addresses))
    assert len(post.received) - before == len(addresses)


def wait_for(officer, word, number):
    """The worker sends them one after the other; one comes back to the page to see."""
    rows = officer.page.locator("tbody tr", has_text=word)
    for _ in range(60):
        if rows.count() == number:
            break
        officer.page.wait_for_timeout(1000)
        officer.page.reload()
    expect(rows).to_have_count(number)
