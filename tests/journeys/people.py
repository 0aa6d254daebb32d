"""What a person does at a page, in words."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PASSWORD = "demonstration-2027"


@dataclass
class Person:
    page: Page
    javascript: bool = True
    seen: set[str] = field(default_factory=set)

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/connexion/login/")
        self.page.get_by_label("courriel", exact=False).first.fill(email)
        self.page.get_by_label("Mot de passe").first.fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Se connecter").first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Bonjour")

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        self.look()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.look()

    def press(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.look()

    def fill(self, label: str, value: str) -> None:
        self.page.get_by_label(label).first.fill(value)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()

    def reads(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def look(self) -> None:
        """One h1, a title, no axe violation, nothing wider than the window."""
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        assert self.page.title().strip()
        if not self.javascript:
            return
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
        )
        assert not wide, f"{self.page.url} dépasse la largeur de l'écran"
        violations = Axe().run(self.page).response["violations"]
        assert [(v["id"], [node["html"][:160] for node in v["nodes"]][:3]) for v in violations] == [], (
            self.page.url
        )
