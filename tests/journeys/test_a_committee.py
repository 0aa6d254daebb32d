"""Hold a committee of twelve dossiers by keyboard only (issue 3), on a line that drops, with a projector."""

import subprocess
import sys
from io import BytesIO

import docx
import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys.sitting import DOSSIERS
from tests.live.installation import Installation

STANCES = "frdvh"


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    site = Installation(tmp_path_factory.mktemp("committee"))
    site.command("migrate", "--verbosity", "0")
    site.command("demo", "--stage", "comite")
    made = subprocess.run(
        [sys.executable, "-m", "tests.journeys.sitting"],
        env=site.variables(), check=True, capture_output=True, text=True,
    )  # fmt: skip
    site.meeting = f"/instruction/seances/{int(made.stdout.split()[-1])}/"
    site.start()
    try:
        yield site
    finally:
        site.kill()


class Keyboard:
    """The hands of the note-taker: keys, and nothing else."""

    def __init__(self, officer):
        self.officer, self.page = officer, officer.page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words):
        self.page.keyboard.type(words)

    def reach(self, name):
        """Tab after Tab, as one who has no mouse."""
        for _ in range(150):
            self.press("Tab")
            focus = self.page.locator(":focus")
            words = focus.evaluate("one => one.getAttribute('aria-label') || one.innerText || ''")
            if words.strip().startswith(name):
                return
        raise AssertionError(f"« {name} » n'est pas atteint par Tab sur {self.page.url}")

    def enter(self, name):
        self.reach(name)
        with self.page.expect_navigation():
            self.press("Enter")
        self.officer.look()

    def settles(self):
        expect(self.page.locator("[data-live-state]")).to_contain_text("enregistré")

    def next(self):
        before = self.page.url
        self.press("Escape", "n")
        expect(self.page).not_to_have_url(before)
        expect(self.page.locator("#point")).to_be_focused()


def test_twelve_dossiers_by_keyboard_only(person, installation):
    officer = person("mission")
    officer.expected_statuses.add(204)
    keys = Keyboard(officer)
    open_the_meeting(keys, installation.meeting)
    projector = follow_on_the_projector(person("direction"), installation.meeting)
    keys.enter("Tenir la séance")
    for number in range(1, DOSSIERS + 1):
        expect(officer.page.locator(".live-bar")).to_contain_text(f"{number} / {DOSSIERS}")
        SPECIAL.get(number, plain_item)(keys, number)
        if number in (1, 6):
            title = officer.page.locator("#point").inner_text()
            expect(projector.locator(".dossier-title")).to_have_text(title)
            officer.look()
        if number < DOSSIERS:
            keys.next()
    keys.press("Escape")
    keys.settles()
    assert officer.page.evaluate("Object.keys(sessionStorage).filter((key) => /live/.test(key))") == []
    keys.enter("Fin de l'ordre du jour")
    close_the_meeting(keys)
    expect(projector.locator("#projection")).to_contain_text("La séance est close")
    keys.enter("Lire le relevé")
    read_the_record_back(officer)


def open_the_meeting(keys, address):
    keys.officer.go(address)
    keys.enter("Ouvrir la séance")
    keys.enter("Remplir la feuille de présence")
    for box in range(5):
        keys.page.locator("main input[type=checkbox]").nth(box).focus()
        keys.press("Space")
    keys.enter("Enregistrer")


def follow_on_the_projector(colleague, address):
    """On a colleague's computer: the line that drops is the note-taker's alone."""
    colleague.expected_statuses.add(204)
    projector = colleague.new_tab()
    projector.goto(f"{address}projection/")
    expect(projector.locator("#projection")).to_contain_text("1 / 12")
    return projector


def plain_item(keys, number):
    keys.press(STANCES[number % len(STANCES)], "a")
    keys.type(f"Synthèse du point {number}.")


def full_item(keys, number):
    plain_item(keys, number)
    keys.press("Escape", "c")
    keys.type("Revenir avec un budget signé.")
    keys.press("Escape", "m")
    keys.type("999999")
    keys.press("Escape")
    keys.settles()
    keys.press("m", "Control+a")
    keys.type("100")
    keys.press("Escape", "q", "ArrowDown", "Tab")
    keys.type("Ce projet répond au besoin.")
    keys.press("Control+Enter")
    expect(keys.page.locator("#remarques li")).to_contain_text("Ce projet répond au besoin.")


def somebody_goes_out(keys, number):
    plain_item(keys, number)
    keys.press("Escape")
    keys.settles()
    keys.press("o", "ArrowDown", "Tab")
    keys.type("Trésorier de l'association")
    with keys.page.expect_navigation():
        keys.press("Enter")
    expect(keys.page.locator("#direct")).to_contain_text("Trésorier de l'association")


def put_off(keys, number):
    keys.press("s")
    keys.type("Attendre les comptes")
    keys.press("Tab", "ArrowDown")
    with keys.page.expect_navigation():
        keys.reach("Reporter le dossier")
        keys.press("Enter")
    expect(keys.page.locator("#direct")).to_contain_text("Dossier ajourné")


def the_line_drops(keys, number):
    """Two points are written without the network; they leave by themselves when it comes back."""
    expect(keys.page.locator(".live-bar")).to_be_visible()
    keys.page.wait_for_timeout(1500)  # the next point is fetched ahead
    keys.page.context.set_offline(True)
    plain_item(keys, number)
    expect(keys.page.locator("[data-live-state]")).to_contain_text("hors ligne")


def and_comes_back(keys, number):
    plain_item(keys, number)
    keys.page.context.set_offline(False)
    keys.settles()


def read_the_record_back(officer):
    """Downloaded, then opened by other libraries than those that wrote it."""
    officer.reads("Relevé n°")
    with pikepdf.open(BytesIO(officer.download("Télécharger en PDF"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert len(pdf.pages) > 3
    word = docx.Document(BytesIO(officer.download("Télécharger en Word")))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    said = [f"Synthèse du point {number}." for number in range(1, DOSSIERS + 1) if number != 3]
    for words in (*said, "Ce projet répond au besoin.", "Trésorier de l'association", "Attendre les comptes"):
        assert words in text


SPECIAL = {1: full_item, 2: somebody_goes_out, 3: put_off, 7: the_line_drops, 8: and_comes_back}


def close_the_meeting(keys):
    keys.reach("Clore la séance")
    keys.press("Enter")
    keys.enter("Clore la séance")
    keys.officer.reads("Séance close")
