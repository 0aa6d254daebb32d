"""The official geographic code (COG), as build/geography.json.gz carries it, and codes that have changed."""

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FORMAT = "faubourg-cog/1"
# A municipal district is part of one commune (COG): its code is that of the commune for us.
DISTRICTS = {"751": "75056", "6938": "69123", "132": "13055"}


class CogRefused(Exception):
    """The file is not the one `tools/build_geography.py` writes; the sentence says what is wrong."""


@dataclass(frozen=True)
class Commune:
    """One commune in force. `population`: municipal, None when the code does not give it."""

    code: str
    name: str
    department: str
    epci: str | None
    population: int | None


@dataclass(frozen=True)
class Cog:
    """The places of one year, by code. `former`: {code: (name, department, code that succeeds)}."""

    year: int
    name: str
    sha256: str
    regions: Mapping[str, str]
    departments: Mapping[str, tuple[str, str]]
    epcis: Mapping[str, tuple[str, str]]
    communes: Mapping[str, Commune]
    former: Mapping[str, tuple[str, str, str]]


def read_cog(path: Path) -> Cog:
    """Raise CogRefused with a French sentence when the file is missing or of another format."""
    try:
        content = path.read_bytes()
        book = json.loads(gzip.decompress(content))
        if book["format"] != FORMAT:
            raise CogRefused(f"Le fichier {path.name} n'est pas au format {FORMAT}.")
        return Cog(
            year=book["year"],
            name=path.name,
            sha256=hashlib.sha256(content).hexdigest(),
            regions=dict(book["regions"]),
            departments={code: (name, region) for code, name, region in book["departments"]},
            epcis={siren: (name, department) for siren, name, department in book["epcis"]},
            communes={row[0]: Commune(*row) for row in book["communes"]},
            former={code: (name, department, new) for code, name, department, new in book["former"]},
        )
    except FileNotFoundError:
        raise CogRefused(f"Le fichier {path} n'existe pas : lancez « make setup ».") from None
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError):
        raise CogRefused(
            f"Le fichier {path.name} ne se lit pas : il faut celui qu'écrit tools/build_geography.py."
        ) from None


def current_code(code: str, cog: Cog) -> str:
    """The code in force of a commune: its successor's after a merger, its commune's for a district."""
    for prefix, commune in DISTRICTS.items():
        if code.startswith(prefix) and code != commune:
            return commune
    return cog.former[code][2] if code in cog.former else code
