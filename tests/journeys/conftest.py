"""Journeys: the real server on a demonstration year, Debian's chromium, axe on every page one stops at."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.people import Person
from tests.live.installation import Installation, free_port
from tests.messaging.conftest import Mailbox

CHROMIUM = os.environ.get("FAUBOURG_CHROMIUM") or shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


LAST = "test_funders"
"""It ends the year that all journeys share: after it, every funder has decided and every letter has left."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem == LAST)  # the others stay in their order
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="chromium n'est pas installé"))


@pytest.fixture(scope="session")
def post() -> Iterator[Mailbox]:
    """The mail server of the town: it refuses the addresses one tells it to."""
    box, port = Mailbox(), free_port()
    box.port = port
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture(scope="session")
def installation(tmp_path_factory, post) -> Iterator[Installation]:
    """A year at the moment of decisions, with a call still open, served as in production."""
    mail = {"EMAIL_URL": f"smtp://127.0.0.1:{post.port}"}
    site = Installation(tmp_path_factory.mktemp("journeys"), environment=mail)
    site.command("migrate", "--verbosity", "0")
    site.command("demo", "--stage", "decision")
    site.start()
    try:
        yield site
    finally:
        site.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def person(browser, installation) -> Iterator[Callable[..., Person]]:
    """`person("tresoriere")` is someone signed in at their own browser; javascript=False, width=320 are told.

    When the story ends, nobody's browser may have complained: no error, no page without its content policy.
    """
    people: list[Person] = []

    def sit_down(name: str, *, javascript: bool = True, width: int = 1280) -> Person:
        context = browser.new_context(
            base_url=installation.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        people.append(Person(context, name, javascript=javascript))
        people[-1].sign_in()
        return people[-1]

    yield sit_down
    for someone in people:
        someone.leave()
    for someone in people:
        someone.has_nothing_to_complain_about()
