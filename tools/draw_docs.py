"""Redraw what the documentation takes from the code: `make docs`.

A Markdown file asks for a drawing between two comments: `flow` (a Flow, as mermaid), `states` (an enum, as
a table), `rights` (the MATRIX and ROLES of a test, as a table). `docs/rights.md` is drawn whole from
`tests/portal/rights.txt`.
`tests/architecture/test_docs.py` fails while something is not current.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from faubourg.toolkit.flow import Flow

ROOT = Path(__file__).resolve().parents[1]
RIGHTS = ROOT / "tests" / "portal" / "rights.txt"
RIGHTS_PAGE = ROOT / "docs" / "rights.md"
BLOCK = re.compile(r"(<!-- (flow|states|rights): ([\w.]+) -->\n).*?(<!-- /\2 -->)", re.DOTALL)

WORDS = {
    "anonymous": ("Tous", "sans compte"),
    "stranger": ("Autre", "membre d'une autre structure"),
    "editor": ("Sais.", "saisisseur du porteur"),
    "signatory": ("Sign.", "signataire du porteur"),
    "org_admin": ("Adm.", "administrateur du porteur"),
    "director": ("Dir.", "direction du GIP"),
    "officer": ("CM", "chargé de mission du GIP"),
    "finance": ("Fin.", "gestion financière du GIP"),
    "delegate": ("Dél.", "délégué du préfet"),
    "state_officer": ("Réf.", "référent d'un financeur"),
    "state_decider": ("Déc.", "décideur d'un financeur"),
    "county_decider": ("Déc. 2", "décideur d'un autre financeur"),
    "expert": ("Exp.", "expert"),
    "councillor": ("CC", "conseiller citoyen"),
    "reader": ("Lect.", "lecteur"),
    "tied_officer": ("Lié", "chargé de mission du GIP lié au porteur (déport)"),
    "technical_admin": ("Tech.", "administrateur technique"),
}
"""Each role of the tests, as a column heading and in full."""

CELLS = {"o": "oui", "n": "refus", "-": "", "c": ""}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for path in (*pages(), RIGHTS_PAGE):
        old = path.read_text() if path.exists() else ""
        new = rights_page() if path == RIGHTS_PAGE else redrawn(old)
        if new != old:
            path.write_text(new)
            print(f"redessiné : {path.relative_to(ROOT)}")


def pages() -> list[Path]:
    """Every Markdown file of the project, not of its installed packages."""
    folders = (ROOT / name for name in ("docs", "faubourg", "bench", "tests"))
    return sorted([*ROOT.glob("*.md"), *(path for folder in folders for path in folder.rglob("*.md"))])


def redrawn(text: str) -> str:
    """The same page with each of its drawings as the code says today."""
    return BLOCK.sub(lambda found: f"{found[1]}{DRAWINGS[found[2]](found[3])}\n{found[4]}", text)


def flow(name: str) -> str:
    drawn: Flow = import_string(name)
    return f"```mermaid\n{drawn.mermaid()}\n```"


def states(name: str) -> str:
    values: Iterable[Enum] = import_string(name)
    return table(["état", "mot à l'écran"], ([f"`{one.value}`", one.label] for one in values))  # type: ignore[attr-defined]


def rights(module: str) -> str:
    """One line per verb: the roles that may, in the order of the test."""
    matrix, roles = import_string(f"{module}.MATRIX"), import_string(f"{module}.ROLES")
    rows = (
        [f"`can_{verb}`", ", ".join(WORDS[role][1] for role in roles if role in allowed)]
        for verb, allowed in matrix.items()
    )
    return table(["droit", "qui"], rows)


DRAWINGS: dict[str, Callable[[str], str]] = {"flow": flow, "states": states, "rights": rights}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


# Who may push which door --------------------------------------------------------------------------


@dataclass(frozen=True)
class Door:
    """One address and one way in, with one letter per role (see the head of rights.txt)."""

    app: str
    address: str
    way: str
    letters: str


def rights_page() -> str:
    roles = _roles()
    short = [WORDS[role][0] for role in roles if role != "anonymous"]
    parts = [HEAD, table(["colonne", "qui"], ([WORDS[role][0], WORDS[role][1]] for role in roles))]
    for app, doors in groupby(_doors(), key=lambda door: door.app):
        rows = ([f"`{door.address}`", door.way, *_cells(door, roles)] for door in doors)
        parts += [f"## {app}", table(["adresse", "", *short], rows)]
    return "\n\n".join(parts) + "\n"


HEAD = """# Qui peut quoi : chaque adresse, chaque rôle

Page dessinée par `make docs` d'après [`tests/portal/rights.txt`](../tests/portal/rights.txt) ; le test
[`test_matrix.py`](../tests/portal/test_matrix.py) essaie chaque adresse sous chaque rôle.
*Drawn from the tests, do not edit: each address × each role; « voir » is GET, « agir » is POST of an empty
form, « refus » is a 403 with its reason, empty is a 404.*

* **voir** : ouvrir la page ; **agir** : envoyer le formulaire, vide.
* **oui** : la page répond, ou le formulaire dit ce qu'il y manque (le droit est vérifié ensuite,
  dans l'action : voir le `README.md` de l'app) ; **refus** : la page dit pourquoi et à qui s'adresser ;
  **vide** : cette page n'existe pas pour cette personne. « (tous) » : ouvert sans compte.
* Un dossier est montré à l'étape où la page sert : permis ne veut pas dire possible à toute étape."""


def _cells(door: Door, roles: Sequence[str]) -> list[str]:
    return [CELLS[letter] for letter, role in zip(door.letters, roles, strict=True) if role != "anonymous"]


def _roles() -> list[str]:
    heading = next(line for line in RIGHTS.read_text().splitlines() if line.startswith("# 1 "))
    return re.findall(r"\d+ (\w+)", heading)


def _doors() -> Iterator[Door]:
    addresses = dict(_addresses(get_resolver()))
    for line in RIGHTS.read_text().splitlines():
        if line and not line.startswith("#"):
            name, opening, sending = line.split()
            ways = [("voir", opening), ("agir", sending)]
            if opening[1:] == sending[1:]:
                ways = [("voir, agir", opening)]
            for way, letters in ways:
                if "." not in letters[1:]:
                    known = " (tous)" if letters[0] == "o" else ""
                    yield Door(name.split(":")[0], addresses[name], way + known, letters)


def _addresses(resolver: URLResolver, path: str = "/", namespace: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        here = path + re.sub(r"<\w+:", "<", str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", here
        else:
            yield from _addresses(entry, here, f"{entry.namespace}:" if entry.namespace else namespace)


if __name__ == "__main__":
    main()
