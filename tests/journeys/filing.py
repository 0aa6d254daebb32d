"""The part of the story an association lives: from an open call to the receipt."""

import re
from datetime import date
from pathlib import Path

import pikepdf

from tests.journeys.people import Person

CALL = "Initiatives au fil de l'eau"
NEXT = "Enregistrer et suivre"
COST, STATE_SHARE, COMMUNITY_SHARE = "3 000", "2 000", "1 000"


def begin(person: Person, title: str) -> str:
    """Choose the open call, name the action; the address of the dossier's first step."""
    person.follow_menu("Dossiers")
    person.follow("Commencer un dossier")
    person.choose("Appel à projets", CALL)
    person.fill("Intitulé", title)
    person.press("Commencer")
    person.reads(title)
    return person.page.url


def tell_the_project(person: Person) -> None:
    person.tick("première demande")
    person.tick(re.compile("^1.1 "))
    person.fill("À quel besoin répond l'action ?", "Les familles du centre n'ont pas de coin d'ombre l'été.")
    person.fill("Que ferez-vous ?", "Dix ateliers de plantation, ouverts à tous, sur la place.")
    person.fill("Qu'est-ce qui aura changé ?", "Une place plus fraîche, entretenue par ses voisins.")
    person.fill("Indicateur 1", "Ateliers tenus")
    person.fill("Valeur attendue 1", "10")
    person.fill("Indicateur 2", "Habitants venus au moins deux fois")
    person.fill("Valeur attendue 2", "25")
    person.press(NEXT)


def tell_who_it_is_for(person: Person) -> None:
    person.fill("À qui s'adresse l'action ?", "Les familles du centre ancien, à partir de six ans.")
    person.fill("Combien de participants en tout ?", "60")
    person.fill("Habitants visés : L'Écusson", "45")
    person.fill("Où l'action se tient-elle ?", "Place de l'Esplanade, Saint-Ambroix")
    person.press(NEXT)


def tell_when(person: Person) -> None:
    person.fill("Premier jour de l'action", date(2027, 3, 1))
    person.fill("Dernier jour de l'action", date(2027, 10, 31))
    person.press(NEXT)


def write_the_budget(person: Person, *, purchases: str = COST) -> None:
    person.fill("60 Achats, ligne 1, libellé", "Plants et terreau")
    person.fill("60 Achats, ligne 1, montant", purchases)
    person.fill(re.compile("^État"), STATE_SHARE)
    person.fill(re.compile("^CC de Cèze", re.IGNORECASE), COMMUNITY_SHARE)
    person.press(NEXT)


def attach_the_papers(person: Person, folder: Path) -> None:
    """The bank's own paper comes from the sheet of the structure; another one is joined."""
    person.attach("Autre pièce", a_pdf(folder / "devis.pdf"))
    person.reads("« devis.pdf » est joint.")
    person.follow("Continuer")


def attest(person: Person) -> None:
    person.tick("La structure a souscrit le contrat d'engagement républicain")
    person.fill(re.compile("^Souscrit le"), date(2026, 1, 12))
    person.tick("La structure est à jour de ses obligations")
    person.tick("Les informations du dossier sont exactes")
    person.press("Enregistrer", exact=True)


def number_on_the_receipt(person: Person) -> str:
    heading = person.page.get_by_role("heading", level=1).inner_text()
    found = re.fullmatch(r"Récépissé de dépôt (\S+)", heading)
    assert found, heading
    return found.group(1)


def a_pdf(path: Path) -> Path:
    """A real file of one blank page."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path)
    return path
