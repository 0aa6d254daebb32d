"""Columns by alias, and cells as people leave them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

ALIASES = {
    "code": ("code_qp", "code_qpv", "codeqpv", "code_quartier", "codequartier", "qp", "qpv", "code"),
    "name": (
        "lib_qp",
        "nom_qp",
        "lib_qpv",
        "nom_qpv",
        "noms_des_quartiers_prioritaires",
        "nom_quartier",
        "libelle",
        "nom",
    ),
    "communes": (
        "insee_com",
        "code_commune",
        "code_insee",
        "insee_commune",
        "depcom",
        "codgeo",
        "listedepcom",
    ),
    "commune_names": ("lib_com", "commune_qp", "nom_commune", "noms_des_communes_concernees", "commune"),
}
SEVERAL = re.compile(r"[;,|/]|\r?\n")


def plain(text: str) -> str:
    """A header or a name without accents, capitals or signs: "Code QP" is "code_qp"."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")


def found(columns: Iterable[str]) -> dict[str, str]:
    """{what we look for: the column of the file that has it}."""
    known = {plain(column): column for column in columns}
    return {
        wanted: next(known[alias] for alias in aliases if alias in known)
        for wanted, aliases in ALIASES.items()
        if any(alias in known for alias in aliases)
    }


def cell(values: Mapping[str, Any], column: str | None) -> str:
    """The text of a cell, on one line, without the spaces around; "" when there is none."""
    value = values.get(column) if column else None
    return "" if value is None else " ".join(str(value).replace("\0", "").split())


def several(text: Any) -> list[str]:
    """A cell that holds one or several things."""
    parts = (" ".join(part.split()) for part in SEVERAL.split("" if text is None else str(text)))
    return [part for part in parts if part]


def insee_code(text: str) -> str:
    """A commune's code, with the zero a spreadsheet has lost: "1053" and "1053.0" are 01053."""
    bare = text.strip("=\"' ").upper().removesuffix(".0")
    return bare.zfill(5) if bare.isdigit() else bare
