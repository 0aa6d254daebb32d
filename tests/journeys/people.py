"""What a person does at a page, in words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page, Response, Route, TimeoutError, expect

from tests.journeys import looking

PASSWORD = "demonstration-2027"
DOMAIN = "faubourg.example"


def plain(text: str) -> str:
    """With plain spaces, as a reader hears them."""
    return re.sub(r"\s+", " ", text)


def _is_autosave(route: Route) -> bool:
    return "x-autosave" in route.request.headers


class Person:
    """Someone at their own browser. Each page they stop at is looked at; each complaint is kept."""

    def __init__(self, context: BrowserContext, name: str, *, javascript: bool = True) -> None:
        self.context = context
        self.name = name
        self.javascript = javascript
        self.complaints: list[str] = []
        self.expected_statuses = {200, 302, 304}
        self.auditor: Page | None = None
        self.page = self.new_tab()

    # -- browser ---------------------------------------------------------------------------------

    def new_tab(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._hear(page, said.type, said.text))
        page.on("response", self._receive)
        return page

    def _hear(self, page: Page, kind: str, text: str) -> None:
        """Statuses are judged in `_receive`, which knows the ones the story expects."""
        if kind == "error" and "Failed to load resource" not in text:
            self.complaints.append(f"{page.url}: {text}")

    def _receive(self, response: Response) -> None:
        if response.status not in self.expected_statuses:
            self.complaints.append(f"{response.request.method} {response.url}: {response.status}")
        if response.headers.get("content-type", "").startswith("text/html"):
            self.complaints.extend(looking.policy_faults(response))

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """For a passage of the story where the server rightly refuses."""
        usual, self.expected_statuses = self.expected_statuses, self.expected_statuses | set(statuses)
        yield
        self.expected_statuses = usual

    def lose_the_session(self) -> None:
        self.context.clear_cookies(name="sessionid")

    def stop_autosaving(self) -> None:
        """A tab whose network is too slow to save by itself."""
        self.page.route(
            "**/modifier/**", lambda route: route.abort() if _is_autosave(route) else route.continue_()
        )

    # -- coming and going ------------------------------------------------------------------------

    def sign_in(self) -> None:
        self.page.goto("/connexion/")
        self.type_credentials()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Bonjour")

    def type_credentials(self) -> None:
        self.page.get_by_label(re.compile("e-mail|courriel", re.I)).first.fill(f"{self.name}@{DOMAIN}")
        self.page.get_by_label("Mot de passe").first.fill(PASSWORD)
        self.page.get_by_role("main").get_by_role("button", name="Se connecter").first.click()

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{self.name} {path}: {answer.status}"
        self.look()

    def go_home(self) -> None:
        self.go("/")

    def follow(self, name: str | re.Pattern[str], *, within: str = "main", exact: bool = False) -> None:
        self._click(self.page.locator(within).get_by_role("link", name=name, exact=exact).first)

    def follow_menu(self, name: str) -> None:
        self.follow(name, within="nav.site-nav")

    def press(self, name: str | re.Pattern[str], *, within: str = "main", exact: bool = False) -> None:
        self._click(self.page.locator(within).get_by_role("button", name=name, exact=exact).first)

    def press_twice(self, name: str) -> None:
        """As people do who believe one click does nothing."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=name).first.dblclick()
        self.look()

    def may_not(self, name: str) -> None:
        """The button is there, says it is refused, and says why."""
        button = self.page.locator("main").get_by_role("button", name=name).first
        expect(button).to_have_attribute("aria-disabled", "true")
        reason = button.get_attribute("aria-describedby")
        assert self.page.locator(f"#{reason}").inner_text().strip()

    def press_and_confirm(self, name: str) -> None:
        """A button that asks once more before it acts."""
        fold = (
            self.page.locator("details.confirm").filter(has=self.page.locator("summary", has_text=name)).first
        )
        fold.locator("summary").click()
        self._click(fold.get_by_role("button", name=name))

    def _click(self, where: Locator) -> None:
        try:
            refused = where.get_attribute("aria-disabled", timeout=5000) == "true"
        except TimeoutError as problem:
            raise AssertionError(f"{self.name} {self.page.url}: {where}\n{self.words}") from problem
        assert not refused, f"{self.name} {self.page.url}: {where} est refusé\n{self.words}"
        with self.page.expect_navigation():
            where.click()
        self.look()

    # -- writing -----------------------------------------------------------------------------------

    def fill(
        self, label: str | re.Pattern[str], value: str | date | datetime, *, exact: bool = False
    ) -> None:
        """Type in a field; a day or a moment goes in the way the browser's own picker gives it."""
        if isinstance(value, datetime):
            value = value.strftime("%Y-%m-%dT%H:%M")
        self.field(label, exact=exact).fill(str(value))
        self.still_has(label, str(value))

    def field(self, label: str | re.Pattern[str], *, exact: bool = False) -> Locator:
        return self.page.locator("main").get_by_label(label, exact=exact).first

    def tick(self, label: str | re.Pattern[str]) -> None:
        self.field(label).check()

    def choose(self, label: str | re.Pattern[str], option: str | re.Pattern[str]) -> None:
        """Pick in a list the first entry that says these words."""
        entries = self.field(label).locator("option")
        wanted = entries.filter(has_text=option).first
        self.field(label).select_option(value=wanted.get_attribute("value"))

    def attach(self, label: str, file: Path) -> None:
        self.page.get_by_label(f"Fichier : {label}").set_input_files(file)
        self.press(f"Joindre : {label}")

    def download(self, name: str | re.Pattern[str]) -> bytes:
        """What the link gives, as the browser would save it."""
        address = self.page.locator("main").get_by_role("link", name=name).first.get_attribute("href")
        answer = self.context.request.get(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return answer.body()

    @property
    def words(self) -> str:
        """What is written on the page, without its frame."""
        return self.page.locator("main").inner_text()

    # -- reading -----------------------------------------------------------------------------------

    def reads(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def does_not_read(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)

    def is_told_at(self, label: str | re.Pattern[str], sentence: str) -> None:
        """The refusal is beside its field, tied to it for screen readers, and in the summary at the top."""
        field = self.field(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        described = " ".join(
            self.page.locator(f"#{key}").inner_text()
            for key in (field.get_attribute("aria-describedby") or "").split()
        )
        assert sentence in plain(described), f"{sentence!r} n'est pas au champ : {described!r}"
        assert sentence in plain(self.page.locator("[data-error-summary]").inner_text())

    def still_has(self, label: str | re.Pattern[str], value: str) -> None:
        expect(self.field(label)).to_have_value(value)

    def look(self) -> None:
        page = self.page if self.javascript else self._copy_for_the_auditor()
        faults = looking.faults_of(page, is_home=urlsplit(self.page.url).path == "/")
        assert faults == [], f"{self.name} {self.page.url}: {faults}"

    def _copy_for_the_auditor(self) -> Page:
        """Axe needs scripts: it reads the page as it stands here, in a browser beside that has some."""
        if self.auditor is None:
            self.auditor = self.context.browser.new_context(viewport=self.page.viewport_size).new_page()
        address, html = self.page.url.partition("#")[0], self.page.content()
        self.auditor.route(
            address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
        )
        self.auditor.goto(address)
        self.auditor.unroute(address)
        return self.auditor

    def leave(self) -> None:
        self.context.close()
        if self.auditor is not None:
            self.auditor.context.close()

    def has_nothing_to_complain_about(self) -> None:
        assert self.complaints == [], f"{self.name}: {self.complaints}"
