"""A resident asks the fund on a telephone; the committee meets, decides from the keyboard; she reads why."""

import re
from datetime import timedelta
from io import BytesIO

import pikepdf
from django.utils.timezone import localdate

from tests.journeys.looking import NARROW
from tests.journeys.people import Person

VOTERS = ("Zohra Habitante", "Marcel Voisin")


def test_from_a_request_without_account_to_the_answer_of_the_committee_fph_4(browser, installation, person):
    today = localdate()
    gip = person("mission", javascript=False)
    gip.follow_menu("Fonds habitants")
    gip.follow("ouvrir un fonds")
    gip.fill("Année", str(today.year))
    gip.fill("Ouvre le", today)
    gip.press("Enregistrer")
    gip.follow("Fixer la part d'un cofinanceur")
    gip.choose("Cofinanceur", "État")
    gip.fill("Montant pour l'année", "1000")
    gip.press("Enregistrer")
    address = gip.page.url
    gip.follow("Le comité")
    for name in VOTERS:
        gip.follow("Ajouter un membre")
        gip.fill("Nom", name)
        gip.tick("Habitante ou habitant")
        gip.fill("Membre depuis le", today)
        gip.press("Enregistrer")

    context = browser.new_context(
        base_url=installation.url, java_script_enabled=False, viewport={"width": NARROW, "height": 640}
    )
    resident = Person(context, "une habitante", javascript=False)
    resident.page.goto(address)
    resident.follow("Faire une demande")
    resident.tick("Une habitante ou un habitant")
    resident.fill("Prénom et nom", VOTERS[0])
    resident.tick(re.compile("18 ans"))
    resident.fill("Téléphone", "06 00 00 00 01")
    resident.fill("Votre action, en une ligne", "Goûter des voisins")
    resident.tick("Culture, fête, patrimoine")
    resident.tick("L'Écusson")
    resident.fill("Quel jour", today + timedelta(days=30))
    resident.fill("Que voulez-vous faire ?", "Un goûter.")
    resident.fill("Qu'est-ce que cela change", "On se parle.")
    resident.fill("Dépense 1", "Gâteaux")
    resident.fill("Montant 1", "300")
    resident.fill("Combien demandez-vous", "300")
    resident.press("Envoyer ma demande")

    gip.go_home()
    gip.follow("1 demande attend un comité")
    gip.follow("Prévoir une séance")
    gip.fill("Jour", today)
    gip.press("Enregistrer")
    gip.follow("Noter les présents")
    for name in VOTERS:
        gip.tick(name)
    gip.press("Enregistrer")
    gip.follow("Goûter des voisins")
    gip.reads("Un déport ?")
    gip.tick(VOTERS[0])
    gip.tick("Accorder")
    with gip.page.expect_navigation():
        field = gip.field("Somme accordée")
        field.fill("300,01")
        field.press("Enter")
    gip.is_told_at("Somme accordée", "ne donne pas plus")
    gip.fill("Somme accordée", "250")
    gip.press("Enregistrer")
    resident.page.reload()
    resident.does_not_read("accordé")
    gip.press_and_confirm("Clore la séance")
    assert len(pikepdf.open(BytesIO(gip.download("Lire le relevé (PDF)"))).pages) >= 1

    resident.page.reload()
    resident.reads("le comité a accordé 250")
    resident.leave()
    resident.has_nothing_to_complain_about()
