"""What residents said in July 2023, followed by one of them on an old telephone; a facilitator who types."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys.looking import NARROW
from tests.journeys.people import Person
from tests.live.installation import Installation

SENTENCE = "pas un coin d'ombre sur les placettes"
ACTION = "Jardins partagés de l'Écusson"
SAID = ("Un robinet pour arroser", "Un banc près du robinet")


@pytest.fixture(scope="module")
def told_year(tmp_path_factory) -> Iterator[Installation]:
    """The year to its end: applicants have their letter, residents were told."""
    site = Installation(tmp_path_factory.mktemp("residents"))
    site.command("migrate", "--verbosity", "0")
    site.command("demo", "--stage", "notification")
    site.start()
    try:
        yield site
    finally:
        site.kill()


@pytest.fixture
def resident(browser, told_year) -> Iterator[Person]:
    """Somebody without an account, on a small screen, whose browser runs no script."""
    context = browser.new_context(
        base_url=told_year.url, java_script_enabled=False, viewport={"width": NARROW, "height": 640}
    )
    someone = Person(context, "une habitante", javascript=False)
    yield someone
    someone.leave()
    someone.has_nothing_to_complain_about()


def test_a_resident_follows_one_sentence_of_july_2023_to_an_action_of_2027_and_back(resident):
    resident.page.goto("/")
    resident.follow("Habitants : vous avez dit", within="footer")
    resident.follow("Lire la page du quartier")
    resident.reads("Vous avez dit")
    assert resident.download("L'affiche à imprimer").startswith(b"%PDF")

    resident.follow(SENTENCE)
    resident.reads("3 juillet 2023")
    resident.reads("Le contrat cherche un quartier plus vert.")
    resident.reads("Les premières parcelles sont données")

    resident.follow(ACTION)
    resident.reads("en 2027")
    resident.reads("6 300")

    resident.follow(SENTENCE)
    resident.reads("Notre réponse")


def test_a_resident_reads_why_something_is_not_done_and_never_who_spoke(resident):
    resident.go("/habitants/QN03014M/")
    resident.reads("Une piscine coûte plus que tout le contrat réuni.")
    resident.does_not_read("Mme Delmas")
    resident.does_not_read("Pourquoi personne ne vient nous dire")


def test_a_facilitator_prints_types_line_by_line_and_answers(person):
    facilitator = person("mission", javascript=False, width=NARROW)
    facilitator.follow_menu("Concertation")
    facilitator.follow("Une place plus fraîche à l'Écusson")
    facilitator.follow("Café de la placette")
    sheets = pikepdf.open(BytesIO(facilitator.download("Imprimer les fiches des tables")))
    assert len(sheets.pages) == 2

    facilitator.follow("Saisir ce qui est dit")
    facilitator.choose("Table", "Lavandières")
    facilitator.choose("Question", "arroser")
    for words in SAID:
        field = facilitator.field("Ce qui est dit")
        field.fill(words)
        with facilitator.page.expect_navigation():
            field.press("Enter")
        facilitator.look()
        expect(facilitator.field("Table").locator("option:checked")).to_contain_text("Lavandières")
        facilitator.reads(f"« {words} »")

    facilitator.follow("Revenir à la rencontre")
    facilitator.follow("paroles de cette rencontre")
    facilitator.follow(SAID[0])
    facilitator.follow("Relire avant publication")
    facilitator.press("Enregistrer")
    facilitator.follow("Retenir", exact=True)
    facilitator.fill("Réponse aux habitants", "Un point d'eau est demandé à la ville.")
    facilitator.press("Enregistrer")
    facilitator.follow("Relier à un objectif")
    facilitator.press("Enregistrer")
    facilitator.is_told_at("Pourquoi", "Ce champ est obligatoire.")
    facilitator.choose("Objectif du contrat", "1.1")
    facilitator.fill("Pourquoi", "De l'eau pour les plantations.")
    facilitator.press("Enregistrer")
    facilitator.follow("Suivre le fil jusqu'aux résultats")
    facilitator.reads(ACTION)
