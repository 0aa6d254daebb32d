"""A dossier from its first line to the report: an association, the GIP, a council, two funders, the COPIL."""

import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pikepdf

from tests.journeys import filing
from tests.journeys.looking import NARROW
from tests.toolkit.test_typeset import letters

TITLE = "Ombrières et bancs de la place"
NOW = datetime.now(ZoneInfo("Europe/Paris"))


def test_the_whole_cycle(person, tmp_path):
    treasurer, officer = person("tresoriere"), person("mission")

    number = an_association_files_its_dossier(treasurer, tmp_path)
    the_gip_appraises_it(officer)
    meeting = the_gip_tables_it_in_committee(officer)
    the_citizen_council_gives_its_opinion(person("conseilliere", javascript=False, width=NARROW))
    the_committee_gives_its_opinion(officer, meeting)
    the_state_grants_it(person("prefet"))
    the_community_refuses_it(person("cc"))
    the_steering_committee_validates(officer)
    the_letter_is_read_then_sent(officer, number)
    the_association_reads_each_decision(treasurer)
    it_is_in_the_report(officer, number)


def an_association_files_its_dossier(treasurer, folder):
    filing.begin(treasurer, TITLE)
    treasurer.follow("Continuer")
    filing.tell_the_project(treasurer)
    filing.tell_who_it_is_for(treasurer)
    filing.tell_when(treasurer)

    filing.write_the_budget(treasurer, purchases="12 mille")
    treasurer.is_told_at("60 Achats, ligne 1, montant", "« 12 mille » n'est pas un montant")
    treasurer.still_has("60 Achats, ligne 1, montant", "12 mille")
    treasurer.fill("60 Achats, ligne 1, montant", "3 001")
    treasurer.press(filing.NEXT)
    filing.attach_the_papers(treasurer, folder)
    filing.attest(treasurer)
    treasurer.reads("1 €")
    treasurer.may_not("Signer et déposer")

    treasurer.follow(re.compile("^Budget : "))
    treasurer.fill("60 Achats, ligne 1, montant", filing.COST)
    treasurer.press("Enregistrer", exact=True)
    treasurer.reads("équilibré")
    treasurer.follow("Vérifier et signer")
    treasurer.press_twice("Signer et déposer")
    number = filing.number_on_the_receipt(treasurer)
    treasurer.reads("Awa Cissokho")
    treasurer.reads("Demandé à État (P147)")
    treasurer.follow_menu("Dossiers")
    assert treasurer.page.get_by_role("link", name=f"{number} {TITLE}", exact=True).count() == 1
    return number


def the_gip_appraises_it(officer):
    open_from_the_worklist(officer)
    officer.press("Déclarer recevable")
    officer.fill("Appréciation", "Demande des riverains, relevée en réunion de quartier.")
    officer.choose("Recommandation du GIP", "Favorable")
    officer.fill("Proposé · État", "2 000")
    officer.press("Enregistrer et terminer l'instruction")
    officer.reads("Inscrivez le dossier à l'ordre du jour")


def open_from_the_worklist(officer):
    officer.follow_menu("Instruction")
    officer.fill("Mots de l'intitulé", TITLE)
    officer.press("Filtrer")
    officer.follow(TITLE)


def the_gip_tables_it_in_committee(officer):
    plan_a_meeting(officer, re.compile("^CTP 1 "), "CTP de la place")
    officer.follow("Inscrire des dossiers")
    officer.tick(TITLE)
    officer.press("Inscrire à l'ordre du jour")
    officer.reads(TITLE)
    return officer.page.url


def plan_a_meeting(officer, body, title):
    officer.follow_menu("Instances")
    officer.follow(body)
    officer.follow("Planifier une séance")
    officer.fill("Intitulé", title)
    officer.fill("Date et heure", NOW)
    officer.fill("Lieu", "Maison des habitants")
    officer.press("Inscrire la séance")
    officer.reads("Prévue")


def the_citizen_council_gives_its_opinion(councillor):
    councillor.follow_menu("Dossiers")
    councillor.choose("Campagne", filing.CALL)
    councillor.press("Filtrer")
    councillor.follow(TITLE)
    councillor.follow("Donner l'avis du conseil")
    councillor.choose("Avis du conseil", "Favorable")
    councillor.fill("Ce que dit le conseil", "Nous le demandons depuis deux étés, avec un banc à l'ombre.")
    councillor.press("Enregistrer l'avis")


def the_committee_gives_its_opinion(officer, meeting):
    officer.go(meeting)
    officer.press("Ouvrir la séance")
    officer.follow(TITLE)
    officer.fill("Qui parle", "Ville de Saint-Ambroix")
    officer.fill("Remarque", "Les bancs seront posés par les services techniques.")
    officer.press("Ajouter la remarque")
    officer.reads("Les bancs seront posés")
    officer.choose("Avis du comité", "Favorable")
    officer.fill("Synthèse des échanges", "Une réponse simple à la chaleur, portée par les habitants.")
    officer.press("Enregistrer l'avis")
    officer.go(meeting)
    officer.press_and_confirm("Clore la séance")
    officer.reads("Séance close")


def open_the_decision(decider):
    decider.follow_menu("Programmation")
    decider.follow(filing.CALL)
    decider.follow(TITLE)
    decider.follow(re.compile("^Décider"))


def the_state_grants_it(prefect):
    open_the_decision(prefect)
    prefect.tick("Accordé")
    prefect.fill("Montant accordé", "2 000,01")
    prefect.choose("Nature de l'acte", "Arrêté")
    prefect.fill("Numéro de l'acte", "30-2027-114")
    prefect.fill("Date de la décision", NOW.date())
    prefect.press("Enregistrer la décision")
    prefect.is_told_at("Montant accordé", "Le montant accordé dépasse la demande, qui est de 2 000 €")
    prefect.still_has("Numéro de l'acte", "30-2027-114")
    prefect.fill("Montant accordé", "1 800")
    prefect.press("Enregistrer la décision")
    prefect.reads("1 800")


def the_community_refuses_it(decider):
    open_the_decision(decider)
    decider.tick("Refusé")
    decider.fill("Date de la décision", NOW.date())
    decider.press("Enregistrer la décision")
    decider.is_told_at("Motif", "Écrivez le motif du refus : il figurera dans la lettre au porteur.")
    decider.fill("Motif", "Crédits d'aménagement épuisés cette année.")
    decider.press("Enregistrer la décision")


def the_steering_committee_validates(officer):
    plan_a_meeting(officer, re.compile("^Comité de pilotage$"), "COPIL de la place")
    officer.press("Ouvrir la séance")
    officer.follow_menu("Programmation")
    officer.follow(filing.CALL)
    officer.follow("Validation en COPIL")
    officer.choose("Séance du comité de pilotage", "COPIL de la place")
    officer.reads(TITLE)
    officer.press("Valider les dossiers cochés")


def the_letter_is_read_then_sent(officer, number):
    officer.follow_menu("Programmation")
    officer.follow(filing.CALL)
    officer.follow("Lettres")
    officer.press("Préparer les lettres")
    letter = words_of(officer.download(f"PDF du dossier {number}"))
    for word in (number, "1 800", "Crédits d'aménagement épuisés", "30-2027-114"):
        assert word in letter, f"{word!r} manque à la lettre : {letter}"
    officer.follow(TITLE)
    officer.press("Envoyer")
    officer.reads("Demandé par")


def the_association_reads_each_decision(treasurer):
    treasurer.follow_menu("Dossiers")
    treasurer.follow(TITLE)
    treasurer.reads("1 800")
    treasurer.reads("Crédits d'aménagement épuisés cette année.")


def it_is_in_the_report(officer, number):
    officer.follow_menu("Programmation")
    officer.follow(filing.CALL)
    officer.follow("Bilan")
    officer.reads("1 800")
    book = openpyxl.load_workbook(BytesIO(officer.download("Télécharger le tableur")))
    row = next(row for sheet in book for row in sheet.iter_rows(values_only=True) if number in row)
    assert TITLE in row
    assert 1800 in row
    report = officer.download("Télécharger en PDF")
    assert "1 800" in words_of(report)
    with pikepdf.open(BytesIO(report)) as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.MarkInfo.Marked


def words_of(pdf):
    """Everything the document says, in one line whose spaces are plain."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return re.sub(r"\s+", " ", " ".join(letters(page) for page in document.pages))
