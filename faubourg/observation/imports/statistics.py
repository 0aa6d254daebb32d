"""A file of INSEE, read through a mapping: a new vintage is a mapping, not code (DAT-1, DAT-5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from faubourg.observation.imports import words
from faubourg.observation.imports.tables import HEADER, Table, read_tables
from faubourg.observation.rules import Place, read_place
from faubourg.observation.states import Trust
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.yaml_file import FileProblem, FileRefused, read_tree

FORMAT = "faubourg-correspondance/1"
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "insee"
MARKS = {
    "": Trust.NOT_AVAILABLE, "nd": Trust.NOT_AVAILABLE, "ns": Trust.NOT_SIGNIFICANT,
    "s": Trust.SECRET, "so": Trust.NOT_APPLICABLE,
}  # fmt: skip
VARIABLES = {
    "colonne": ("column", words.text_of(60)),
    "statistique": ("code", words.code),
    "libelle": ("label", words.text_of(200)),
    "theme": ("theme", words.word(words.THEMES)),
    "unite": ("unit", words.text_of(40)),
    "definition": ("definition", words.text_of(2000)),
}
HEAD = {
    "format": ("format", words.text_of(40)),
    "code": ("code", words.code),
    "source": ("source", words.text_of(250)),
    "millesime": ("vintage", words.vintage),
    "serie": ("comparability", words.code),
    "nom": ("name_column", words.text_of(60)),
}


@dataclass(frozen=True)
class ColumnMapping:
    """Which column is which statistic, for one product and one vintage."""

    head: Mapping[str, Any]
    ignored: frozenset[str]
    variables: Mapping[str, Mapping[str, Any]]


@dataclass
class StatisticsRead:
    """What a file says: rows for `actions.statistics`, what is refused, the columns no mapping knows."""

    mapping: str
    statistics: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)


def read_mapping(path: Path) -> ColumnMapping:
    """One mapping, valid; or FileRefused with every reason and its line."""
    tree = read_tree(path)
    if not isinstance(tree.values, dict) or tree.values.get("format") != FORMAT:
        raise FileRefused([FileProblem(1, "", f"le fichier doit commencer par « format: {FORMAT} ».")])
    items = {key: value for key, value in tree.values.items() if key not in ("variables", "ignorees")}
    head = words.read_keys(tree, (), items, HEAD, ("code", "source", "millesime", "serie"))
    wanted = ("colonne", "statistique", "libelle", "theme", "unite")
    rows = words.rows_of(tree, "variables", VARIABLES, wanted)
    tree.problems += words.twice(tree, rows, "column")
    if tree.problems:
        raise FileRefused(tree.problems)
    ignored = frozenset(str(one).lower() for one in tree.values.get("ignorees") or [])
    plain = [{name: value for name, value in row.items() if name != "place"} for row in rows]
    return ColumnMapping(head, ignored, {row["column"].lower(): row for row in plain})


def mapping_for(tables: Sequence[Table]) -> ColumnMapping:
    """The shipped mapping that knows the most columns of the file."""
    header = {cell.lower() for table in tables for cell in table.header}
    known = [read_mapping(path) for path in sorted(SHIPPED.glob("*.yaml"))]
    best = max(known, key=lambda one: len(header & one.variables.keys()))
    if not header & best.variables.keys():
        sentence = "Aucune correspondance ne connaît ces colonnes : écrivez-en une (guide du territoire)."
        raise Refusal({"file": [sentence]})
    return best


def read_statistics(
    content: bytes, name: str, *, today: date, mapping: Path | None = None, vintage: str = ""
) -> StatisticsRead:
    """The whole file; nothing is written. `vintage` says the year when neither file nor mapping does."""
    tables = read_tables(content, name)
    chosen = read_mapping(mapping) if mapping else mapping_for(tables)
    read = StatisticsRead(chosen.head["code"])
    told = words.vintage(vintage) if vintage else chosen.head["vintage"]
    year = words.year_of(told)
    common = {
        "vintage": told,
        "year": year,
        "source": chosen.head["source"],
        "collected_on": today,
        "comparability": chosen.head["comparability"],
    }
    for table in tables:
        _read_table(table, chosen, common, read)
    used = {row["statistic"] for row in read.figures}
    read.statistics = [
        {name: one[name] or "" for name in ("code", "label", "theme", "unit", "definition")}
        for one in chosen.variables.values()
        if one["code"] in used
    ]
    return read


def _read_table(
    table: Table, mapping: ColumnMapping, common: Mapping[str, Any], read: StatisticsRead
) -> None:
    header = [cell.lower() for cell in table.header]
    codes = next(rank for rank, cell in enumerate(table.header) if HEADER.match(cell))
    name_column = (mapping.head["name_column"] or "").lower()
    names = header.index(name_column) if name_column in header else None
    columns = {rank: mapping.variables[cell] for rank, cell in enumerate(header) if cell in mapping.variables}
    read.unknown_columns += [
        table.header[rank]
        for rank, cell in enumerate(header)
        if cell and rank not in (codes, names, *columns) and cell not in mapping.ignored
    ]
    seen: dict[Place, int] = {}
    for number, row in table.rows:
        where = f"{table.name}, ligne {number}"
        if len(row) < len(header) or any(row[len(header) :]):
            read.refused.append(f"{where} : {len(row)} cellules pour {len(header)} colonnes.")
            continue
        place = read_place(row[codes])
        if place is None:
            if row[codes][:2].upper() in ("QP", "QN", "XN"):
                read.refused.append(f"{where} : « {row[codes]} » n'est pas un code de quartier.")
            else:
                read.aside.append(f"{where} : « {row[codes] or 'sans code'} », laissée de côté.")
            continue
        if place in seen:
            read.refused.append(f"{where} : « {place.code} » est déjà ligne {seen[place]}.")
            continue
        seen[place] = number
        named = row[names] if names is not None else ""
        for rank, variable in columns.items():
            _read_cell(row[rank], variable, place, named, common, f"{where}, {table.header[rank]}", read)


def _read_cell(
    text: str, variable: Mapping[str, Any], place: Place, name: str, common: Mapping[str, Any],
    where: str, read: StatisticsRead,
) -> None:  # fmt: skip
    """A number with a decimal comma, or a mark of secrecy that is kept as a status, never as 0."""
    value: Decimal | None = None
    trust = MARKS.get(text.lower())
    if trust is None:
        try:
            value = round(words.number(text.removesuffix("%")), 4)
        except ValueError:
            read.refused.append(f"{where} : « {text[:40]} » n'est ni un nombre ni un code de secret.")
            return
        trust = Trust.PUBLISHED if common["year"] else Trust.TO_CHECK
    read.figures.append({
        **common, "statistic": variable["code"], "unit": variable["unit"], "scale": place.scale,
        "place_code": place.code, "place_name": name[:150], "generation": place.generation, "value": value,
        "trust": trust, "mark": text.lower() if value is None else "",
    })  # fmt: skip
