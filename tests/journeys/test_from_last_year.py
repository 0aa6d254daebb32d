"""File from last year's dossier: what is taken over is read again, the rest is of this year."""

import re
from datetime import date

from tests.journeys import filing
from tests.journeys.looking import NARROW
from tests.journeys.people import plain


def test_file_from_last_year_s_dossier(person, tmp_path):
    with_javascript = person("tresoriere")
    write_again(with_javascript, tmp_path)
    with_javascript.follow("Abandonner ce dossier")
    with_javascript.fill("Pourquoi", "Je recommence sans JavaScript.")
    with_javascript.press("Retirer le dossier")

    without = person("presidente", javascript=False, width=NARROW)
    write_again(without, tmp_path)
    without.press("Signer et déposer")
    assert filing.number_on_the_receipt(without)


def write_again(person, folder):
    begin_from(person, "Jardins partagés de l'Écusson")
    person.follow("Voir ce qui change")
    person.reads("n'est pas financeur de cet appel")
    person.follow("Reprendre le dossier")
    person.reads("Relisez ce qui vient du dossier précédent (indicateurs)")
    person.press(filing.NEXT)
    person.reads("participants, habitants visés")
    person.press(filing.NEXT)
    person.fill("Premier jour de l'action", date(2027, 3, 1))
    person.fill("Dernier jour de l'action", date(2027, 10, 31))
    person.press(filing.NEXT)
    balance_what_one_funder_no_longer_brings(person)
    attach_every_paper(person, folder)
    filing.attest(person)
    person.reads("Toutes les réponses sont données.")


def begin_from(person, last_year):
    person.follow_menu("Dossiers")
    person.follow(re.compile(f"^Reprendre pour un autre appel.*{last_year}"))
    person.reads("Ce qui ne se reprend jamais")
    person.fill("Intitulé", f"{last_year}, saison deux")
    person.press("Commencer ce dossier")
    person.reads("saison deux")


def balance_what_one_funder_no_longer_brings(person):
    missing = re.search(r"Il manque ([\d ]+,\d\d) € de produits", plain(person.words))
    assert missing, person.words
    person.fill("74D Département, ligne 1, montant", missing[1])
    person.press("Recalculer")
    person.reads("Le budget est équilibré")
    person.press(filing.NEXT)


def attach_every_paper(person, folder):
    wanted = person.page.locator(".card:has-text('À joindre') h2").all_inner_texts()
    for label in [re.sub(r"\s*À joindre$", "", one).strip() for one in wanted]:
        person.attach(label, filing.a_pdf(folder / "piece.pdf"))
    person.follow("Continuer")
