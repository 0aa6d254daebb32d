"""The story told by the demonstration: invented associations and dossiers, read from the folder `story`.

Every number is made so that nobody can take it for a real one: SIREN 0000…, RNA W000…, bank 00000,
telephones of the range kept for fiction, addresses in `.example`.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from stdnum import luhn

FOLDER = Path(__file__).parent / "story"
DOMAIN = "faubourg.example"


@dataclass(frozen=True)
class Association:
    """An invented association, and the person who signs for it."""

    key: str
    rank: int
    name: str
    town: str
    address: str
    purpose: str
    representative: str
    title: str
    employees: int
    volunteers: int
    members: int
    postcode: str = "30500"
    insee_code: str = "30227"

    @property
    def siret(self) -> str:
        return siret(self.rank)

    @property
    def rna(self) -> str:
        return f"W000{self.rank:06d}"

    @property
    def iban(self) -> str:
        return iban(self.rank)

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def phone(self) -> str:
        return f"04 65 71 {self.rank // 100:02d} {self.rank % 100:02d}"


@dataclass(frozen=True)
class Project:
    """What an association asks to do. What is not written is what it has not filled in yet."""

    key: str
    by: str
    title: str
    objectives: tuple[str, ...]
    call: str = "yearly"
    recurrence: str = ""
    multi_year: bool = False
    neighbourhood: str = "L'Écusson"
    need: str = ""
    description: str = ""
    results: str = ""
    partners: str = ""
    audience: str = ""
    participants: int | None = None
    residents: int | None = None
    place: str = ""
    mainstream: str = ""
    relay: str = ""
    schedule: str = ""
    staff: str = ""
    profile: str = ""
    asks: Mapping[str, int] = field(default_factory=dict)
    own: int = 0
    volunteers: int = 0
    expenses_too_high_by: int = 0
    indicators: tuple[tuple[str, str], ...] = ()

    @property
    def is_complete(self) -> bool:
        """Every answer stands: it will be filed."""
        return bool(self.indicators and self.schedule and not self.expenses_too_high_by)


@cache
def associations() -> dict[str, Association]:
    rows = _read(FOLDER / "associations.yaml")
    return {row["key"]: Association(rank=rank, **row) for rank, row in enumerate(rows, start=101)}


@cache
def projects() -> dict[str, Project]:
    """All the dossiers, in the order of the contract's priorities."""
    rows = [row for path in sorted((FOLDER / "applications").glob("*.yaml")) for row in _read(path)]
    return {row["key"]: _project(row) for row in rows}


@cache
def voices() -> dict[str, Any]:
    """What people say in the story: assessments, remarks, opinions, reasons."""
    return dict(YAML(typ="safe").load(FOLDER / "voices.yaml"))


def _project(row: dict[str, Any]) -> Project:
    indicators = tuple((label, target) for label, target in row.pop("indicators", ()))
    return Project(**{**row, "objectives": tuple(row["objectives"]), "indicators": indicators})


def _read(path: Path) -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load(path))


def dice(seed: int, *topic: str) -> random.Random:
    """Chance, the same for the same seed and topic, whatever was drawn before."""
    return random.Random(f"{seed}:{':'.join(topic)}")  # noqa: S311  (a story, not a secret)


# Numbers that are right and belong to nobody --------------------------------------------------------


def siret(rank: int) -> str:
    """A SIRET with its two keys, under a SIREN that begins with 0000: none is ever given."""
    siren = f"{rank:08d}"
    siren += luhn.calc_check_digit(siren)
    number = f"{siren}0001"
    return number + luhn.calc_check_digit(number)


def iban(rank: int) -> str:
    """A French IBAN with its two keys, at bank 00000, which does not exist."""
    account = f"{rank:011d}"
    key = 97 - (3 * int(account)) % 97
    number = f"{0:010d}{account}{key:02d}"
    check = 98 - int(f"{number}152700") % 97
    return f"FR{check:02d}{number}"


# Budgets ------------------------------------------------------------------------------------------

PROFILES: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "animation": (
        ("60", "Matières et fournitures", 9), ("60", "Alimentation des ateliers", 4), ("61", "Assurance", 2),
        ("62", "Déplacements, missions", 4), ("64", "Salaires", 52), ("64", "Charges sociales", 21),
        ("CI", "Charges fixes de fonctionnement", 8),
    ),
    "prestation": (
        ("60", "Prestations de services", 24), ("60", "Matières et fournitures", 12), ("61", "Locations", 6),
        ("62", "Honoraires et intermédiaires", 38), ("62", "Publicité, publications", 5),
        ("64", "Salaires", 10), ("CI", "Charges fixes de fonctionnement", 5),
    ),
    "benevole": (
        ("60", "Autres fournitures", 38), ("60", "Alimentation des rencontres", 14), ("61", "Assurance", 8),
        ("61", "Entretien et réparation", 10), ("62", "Déplacements, missions", 18),
        ("62", "Publicité, publications", 12),
    ),
    "chantier": (
        ("60", "Matières et fournitures", 22), ("61", "Locations", 7), ("61", "Assurance", 3),
        ("62", "Déplacements, missions", 3), ("64", "Salaires", 42), ("64", "Charges sociales", 16),
        ("CI", "Charges fixes de fonctionnement", 7),
    ),
    "evenement": (
        ("60", "Prestations de services", 34), ("60", "Autres fournitures", 12), ("61", "Locations", 16),
        ("61", "Assurance", 3), ("62", "Publicité, publications", 9), ("62", "Déplacements, missions", 6),
        ("64", "Salaires", 20),
    ),
    "materiel": (
        ("60", "Matières et fournitures", 34), ("61", "Entretien et réparation", 12), ("61", "Assurance", 4),
        ("62", "Déplacements, missions", 4), ("64", "Salaires", 33), ("64", "Charges sociales", 13),
    ),
    "communication": (
        ("60", "Prestations de services", 36), ("62", "Publicité, publications", 30),
        ("62", "Déplacements, missions", 4), ("64", "Salaires", 24),
        ("CI", "Charges fixes de fonctionnement", 6),
    ),
    "location": (
        ("61", "Locations", 62), ("61", "Assurance", 3), ("64", "Salaires", 25),
        ("64", "Charges sociales", 10),
    ),
}  # fmt: skip
"""Where the money of an action goes: account of the Cerfa, label, share in hundredths."""


def asked(project: Project, seed: int) -> dict[str, int]:
    """What is asked from each funder: the amounts of the story, a little moved by the seed, in round sums."""
    return {
        funder: _round(amount * dice(seed, "ask", project.key, funder).uniform(0.92, 1.08))
        for funder, amount in project.asks.items()
    }


def lines(project: Project, seed: int) -> Iterator[tuple[str, str, int]]:
    """The budget of an action, balanced unless the story says it is not yet: (account, label, amount)."""
    incomes = list(_own_incomes(project))
    total = sum(asked(project, seed).values()) + sum(amount for *_, amount in incomes)
    profile = PROFILES[project.profile]
    spent = [total * share // 100 for *_, share in profile]
    spent[0] += total - sum(spent) + project.expenses_too_high_by
    for (account, label, _), amount in zip(profile, spent, strict=True):
        yield account, label, amount
    yield from incomes
    if project.volunteers:
        yield "864", "Bénévoles, au SMIC chargé", project.volunteers
        yield "870", "Bénévolat", project.volunteers


def _own_incomes(project: Project) -> Iterator[tuple[str, str, int]]:
    if not project.own:
        return
    if project.own < 1_000:
        yield "75", "Cotisations", project.own
        return
    users = project.own // 5
    yield "70", "Participation des usagers", users
    if project.own >= 6_000:
        helped = project.own // 2
        yield "74A", "Agence de services et de paiement", helped
        yield "RP", "Ressources propres", project.own - users - helped
    else:
        yield "75", "Dons et cotisations", project.own - users


def _round(amount: float) -> int:
    return max(100, round(amount / 100) * 100)
