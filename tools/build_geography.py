"""Write build/geography.json.gz: the places of the official geographic code, read from the npm package
@etalab/decoupage-administratif (data: Licence Ouverte). Idempotent, offline once the package is there.
Run: `.venv/bin/python tools/build_geography.py`, after tools/build_front.py, which installs the package.
"""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "node_modules" / "@etalab" / "decoupage-administratif"
TARGET = ROOT / "build" / "geography.json.gz"
# The vintage of the code each version of the package carries.
YEARS = {"4.1.0": 2024, "5.3.0": 2025, "6.0.0": 2026}


def main() -> None:
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    if TARGET.is_file() and TARGET.stat().st_mtime >= Path(__file__).stat().st_mtime and _kept() == version:
        return
    book = compact(
        regions=_read("regions"),
        departments=_read("departements"),
        epcis=_read("epci"),
        communes=_read("communes"),
    )
    book |= {"format": "faubourg-cog/1", "package": version, "year": YEARS[version]}
    text = json.dumps(book, ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(f"build/geography.json.gz: {len(book['communes'])} communes, {TARGET.stat().st_size // 1024} ko")


def _kept() -> object:
    return json.loads(gzip.decompress(TARGET.read_bytes()))["package"]


def compact(
    *,
    regions: list[dict[str, Any]],
    departments: list[dict[str, Any]],
    epcis: list[dict[str, Any]],
    communes: list[dict[str, Any]],
) -> dict[str, Any]:
    """Rows as lists, in the order of `faubourg.territories.rules.cog`. The package does not say in which
    department an intercommunality sits: the one where most of its inhabitants live is written.
    """
    current = {row["code"]: row for row in communes if row["type"] == "commune-actuelle"}
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    former = {
        row["code"]: [row["code"], row["nom"], row["departement"], row["chefLieu"]]
        for row in communes
        if row["type"] in ("commune-deleguee", "commune-associee")
        and row["code"] not in current
        and row["chefLieu"] in current
    }
    return {
        "regions": [[row["code"], row["nom"]] for row in regions],
        "departments": [[row["code"], row["nom"], row["region"]] for row in departments],
        "epcis": [[row["code"], row["nom"], _department(row, current)] for row in epcis],
        "communes": [
            [code, row["nom"], row["departement"], epci_of.get(code), row.get("population")]
            for code, row in current.items()
        ],
        "former": list(former.values()),
    }


def _department(epci: dict[str, Any], communes: dict[str, dict[str, Any]]) -> str:
    people: Counter[str] = Counter()
    for member in epci["membres"]:
        people[communes[member["code"]]["departement"]] += member["populationMunicipale"] or 0
    return people.most_common(1)[0][0]


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((PACKAGE / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


if __name__ == "__main__":
    main()
