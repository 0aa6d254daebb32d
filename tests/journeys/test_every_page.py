"""Every page a role can reach from home: it answers, says where one is, fits, and axe finds nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Error

from faubourg.demo.cast import LOGINS, Login
from tests.journeys import looking
from tests.journeys.people import Person

PER_KIND = 2
"""Pages of one kind (one url name, with or without a query) each role visits."""


def one_login_per_role() -> list[Login]:
    """Deciders of five funders see the same pages: one of them is enough."""
    first: dict[object, Login] = {}
    for login in LOGINS:
        first.setdefault((tuple(role for role, _ in login.seats), login.memberships), login)
    return list(first.values())


@pytest.fixture(scope="module")
def audited() -> dict[str, set[str]]:
    """{url name: what its pages are made of, as far as axe has seen}: what is alike is audited once."""
    return defaultdict(set)


@dataclass
class Walk:
    """A walk through the links, nearest first."""

    person: Person
    audited: dict[str, set[str]]
    visited: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kinds: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def everywhere(self) -> None:
        waiting = ["/"]
        while waiting:
            address = waiting.pop(0)
            if self._is_worth_it(address):
                waiting += self._stop_at(address)

    def _is_worth_it(self, address: str) -> bool:
        if address in self.visited:
            return False
        parts = urlsplit(address)
        kind = (resolve(parts.path).view_name, bool(parts.query))
        self.kinds[kind] += 1
        return self.kinds[kind] <= PER_KIND

    def _stop_at(self, address: str) -> list[str]:
        self.visited.append(address)
        name = resolve(urlsplit(address).path)
        try:
            answer = self.person.page.goto(address)
        except Error as problem:
            if "Download is starting" not in str(problem):
                raise
            return []  # a file: it came
        assert answer is not None
        self._note(address, [] if answer.status == 200 else [str(answer.status)])
        self._note(address, self._faults(name.view_name, is_home=address == "/"))
        return self._links()

    def _faults(self, name: str, *, is_home: bool) -> list[str]:
        page = self.person.page
        made_of = looking.shape_of(page)
        is_new = not made_of <= self.audited[name]
        self.audited[name] |= made_of
        return [
            *looking.faults_of(page, is_home=is_home, with_axe=is_new),
            *looking.faults_on_a_small_screen(page),
            *(looking.faults_of_focus(page) if is_new else []),
        ]

    def _note(self, address: str, faults: list[str]) -> None:
        self.faults += [f"{address} : {fault}" for fault in faults]

    def _links(self) -> list[str]:
        found = self.person.page.eval_on_selector_all("a[href]", "links => links.map((link) => link.href)")
        here = urlsplit(self.person.page.url)
        addresses = [urlsplit(link) for link in found]
        return [
            f"{one.path}?{one.query}" if one.query else one.path
            for one in addresses
            if one.netloc == here.netloc and one.scheme == here.scheme
        ]


@pytest.mark.parametrize("login", one_login_per_role(), ids=lambda login: login.name)
def test_every_page_reached_from_home_is_fit_for_use(person, audited, login):
    walk = Walk(person(login.name), audited)

    walk.everywhere()

    assert not walk.faults, "\n".join(["", *walk.faults])
    assert len(walk.visited) > 8
