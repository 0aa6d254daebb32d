"""The file of a department in the Base adresse nationale: read line by line, twice, never held whole."""

import csv
import gzip
import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import NamedTuple, TextIO

from faubourg.territories.rules.france import zone_of

COLUMNS = ("numero", "rep", "nom_voie", "code_postal", "code_insee", "nom_commune", "lon", "lat")
FORMER = "nom_ancienne_commune"
NO_NUMBER = 99999
"""What the format writes for a street or a place without any number."""
INSEE_CODE = re.compile(r"\d[\dAB]\d{3}")
SHOWN = 20
"""Refused lines that are told one by one; the others are counted."""


class AddressesRefused(Exception):
    """The file cannot be taken; the text is a French sentence."""


class Line(NamedTuple):
    """One address of the file. `number` is None for a street without any; `former`: the merged commune."""

    insee_code: str
    commune: str
    postcode: str
    street: str
    former: str
    number: int | None
    suffix: str
    lon: float
    lat: float


@dataclass
class FirstReading:
    """What a first reading finds: the hash, the lines of each commune, those refused and why."""

    name: str
    sha256: str
    lines: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    refused_count: int = 0


def first_reading(path: Path) -> FirstReading:
    """Read the whole file before anything is written. Raises AddressesRefused when it is not one, or cut."""
    found = FirstReading(path.name, _hash(path))
    for number, line in numbered(path):
        if isinstance(line, Line):
            found.lines[line.insee_code] += 1
            continue
        found.refused_count += 1
        if len(found.refused) < SHOWN:
            found.refused.append(f"ligne {number} : {line}")
    if not found.lines:
        raise AddressesRefused(f"Le fichier {path.name} ne contient aucune adresse.")
    return found


def addresses(path: Path) -> Iterator[Line]:
    """The addresses alone, in the order of the file."""
    return (line for _, line in numbered(path) if isinstance(line, Line))


def numbered(path: Path) -> Iterator[tuple[int, Line | str]]:
    """Each line with its number: an address, or why it is refused."""
    with _opened(path) as text:
        rows = csv.reader(text, delimiter=";")
        header = [name.strip().lower() for name in next(rows, [])]
        if missing := [name for name in COLUMNS if name not in header]:
            raise AddressesRefused(
                f"Le fichier {path.name} n'est pas un fichier d'adresses de la BAN : il manque "
                f"{', '.join(missing)}. Prenez adresses-30.csv.gz (30 : votre département)."
            )
        places = [header.index(name) for name in COLUMNS]
        former = header.index(FORMER) if FORMER in header else None
        for row in rows:
            if not row:
                continue
            if len(row) != len(header):
                yield rows.line_num, f"{len(row)} cases au lieu de {len(header)}"
            else:
                cells = [row[place] for place in places]
                yield rows.line_num, _line(cells, row[former] if former is not None else "")


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """The text, unpacked as it is read; whatever is wrong with it is one French sentence."""
    try:
        if _is_packed(path):
            with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as text:
                yield text
        else:
            with open(path, encoding="utf-8-sig", newline="") as text:
                yield text
    except (EOFError, gzip.BadGzipFile, zlib.error, csv.Error):
        raise AddressesRefused(
            f"Le fichier {path.name} est abîmé ou coupé : téléchargez-le encore."
        ) from None
    except UnicodeDecodeError:
        raise AddressesRefused(f"Le fichier {path.name} n'est pas en UTF-8.") from None


def _is_packed(path: Path) -> bool:
    with open(path, "rb") as content:
        return content.read(2) == b"\x1f\x8b"


def _hash(path: Path) -> str:
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _line(cells: list[str], former: str) -> Line | str:
    number, suffix, street, postcode, insee_code, commune, lon, lat = map(_clean, cells)
    if not INSEE_CODE.fullmatch(insee_code):
        return f"code_insee « {insee_code[:20]} » n'est pas un code de commune"
    if not street or not commune:
        return "nom_voie ou nom_commune est vide"
    if postcode and not (len(postcode) == 5 and postcode.isdecimal()):
        return f"code_postal « {postcode[:20]} » n'a pas cinq chiffres"
    if number and not (number.isascii() and number.isdecimal() and len(number) <= 5):
        return f"numero « {number[:20]} » n'est pas un nombre"
    east, north = _degrees(lon), _degrees(lat)
    if zone_of(east, north) < 0:
        return f"lon « {lon[:20]} », lat « {lat[:20]} » ne sont pas en France"
    known = int(number) if number and int(number) != NO_NUMBER else None
    return Line(
        insee_code,
        commune[:100],
        postcode,
        street[:200],
        _clean(former)[:100],
        known,
        suffix.lower()[:10],
        east,
        north,
    )


def _clean(cell: str) -> str:
    return cell.replace("\0", "").strip()


def _degrees(cell: str) -> float:
    """NaN, which is nowhere in France, for what is no number."""
    try:
        number = float(cell)
    except ValueError:
        return float("nan")
    return number if isfinite(number) else float("nan")
