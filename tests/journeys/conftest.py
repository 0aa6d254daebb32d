"""Journeys: the real server on a demonstration year, Debian's chromium, axe on every page one stops at."""

import os
import shutil

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.journeys.people import PASSWORD, Person
from tests.live.installation import Installation

CHROMIUM = os.environ.get("FAUBOURG_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/journeys" in str(item.path):
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="chromium n'est pas installé"))


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """A year at the moment of decisions, with a call still open, served as in production."""
    site = Installation(tmp_path_factory.mktemp("journeys"))
    site.command("migrate", "--verbosity", "0")
    site.command("demo", "--stage", "decision")
    site.start()
    try:
        yield site
    finally:
        site.kill()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def person(browser, installation, request):
    """`person("tresoriere")` is someone at their own browser, signed in; javascript=False and width=320 are possible."""
    contexts = []

    def sit_down(name: str, *, javascript: bool = True, width: int = 1280) -> Person:
        context = browser.new_context(
            base_url=installation.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="fr-FR",
            accept_downloads=True,
        )
        contexts.append(context)
        page: Page = context.new_page()
        page.set_default_timeout(15_000)
        someone = Person(page, javascript=javascript)
        someone.sign_in(f"{name}@faubourg.example", PASSWORD)
        return someone

    yield sit_down
    for context in contexts:
        context.close()
