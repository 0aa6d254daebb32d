"""Answers already in a table, CSV or workbook: one row each, read with the rules of the page."""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from faubourg.questionnaires.rules.answers import checked
from faubourg.questionnaires.rules.definition import Definition, Question
from faubourg.questionnaires.states import WITH_CHOICES
from faubourg.toolkit.folding import fold
from faubourg.toolkit.refusal import Refusal, refuse_if

MOST_ROWS = 20_000
UNREAD = {"version", "moyen", "langue"}
"""The columns of our own export that say nothing here."""

Answer = tuple[str, date, dict[str, Any]]
"""(reference, day, answers): the same row of the same file has the same reference."""


@dataclass(frozen=True)
class Refused:
    """One cell that cannot be read: where it is, in the words of the file, and why."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Table:
    """What a file holds: the answers that are read, the cells that are not."""

    answers: list[Answer]
    refused: list[Refused]


def read_answers(content: bytes, definition: Definition, today: date) -> Table:
    """Each row, or the cells that keep it from being one. Raises Refusal when no row can be read at all."""
    rows = _rows(content)
    empty = "Ce tableau n'a pas de réponse : une ligne de titres, puis une ligne par réponse."
    refuse_if({"file": [] if len(rows) > 1 else [empty]})
    refuse_if({"file": [f"{MOST_ROWS} lignes au plus."] if len(rows) > MOST_ROWS else []})
    columns = _columns(rows[0], definition)
    called = {
        getattr(column, "name", "jour"): str(cell) for cell, column in zip(rows[0], columns, strict=True)
    }
    seen: Counter[str] = Counter()
    found: list[Answer] = []
    refused: list[Refused] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(str(cell).strip() for cell in row):
            continue
        raw, said_on = _said(row, columns)
        day = _day(said_on) if said_on else None
        kept, errors = checked(definition, raw)
        if said_on and day is None:
            errors["jour"] = ["Écrivez une date, par exemple 12/02/2027."]
        refused += [
            Refused(number, called.get(name, name), one) for name, said in errors.items() for one in said
        ]
        if errors:
            continue
        words = json.dumps([kept, str(day or "")], sort_keys=True)
        digest = hashlib.sha256(words.encode()).hexdigest()[:40]
        seen[digest] += 1
        found.append((f"import-{digest}-{seen[digest]}", day or today, kept))
    return Table(found, refused)


def _rows(content: bytes) -> Sequence[Sequence[Any]]:
    if content[:4] == b"PK\x03\x04":
        try:
            return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        except (CalamineError, ValueError, OSError):
            raise Refusal({"file": ["Ce classeur ne se lit pas."]}) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))


def _columns(header: Sequence[Any], definition: Definition) -> list[Question | str | None]:
    """Which question each column answers: by its name, its words, or « 3. ses mots »; a day; nothing."""
    numbers = definition.numbers()
    by_words: dict[str, Question] = {}
    for name, question in definition.asked().items():
        label = question.labels["fr"]
        ways = (name, label, f"{numbers[name]}. {label}")
        by_words |= {fold(one).strip(): question for one in ways}
    found: list[Question | str | None] = []
    unknown = []
    for cell in header:
        said = fold(str(cell)).strip()
        found.append(by_words.get(said) or ("day" if said in ("jour", "date") else None))
        if said and found[-1] is None and said not in UNREAD:
            unknown.append(f"La colonne « {cell} » n'est pas une question de ce questionnaire.")
    refuse_if({"file": unknown})
    return found


def _said(row: Sequence[Any], columns: Sequence[Any]) -> tuple[dict[str, Any], Any]:
    """What each question is answered, and the cell of the day; None when the table says no day."""
    raw: dict[str, Any] = {}
    day = None
    for cell, column in zip(row, columns, strict=False):
        if not str(cell).strip() or column is None:
            continue
        if column == "day":
            day = cell
        else:
            raw[column.name] = _choices(column, cell) if column.kind in WITH_CHOICES else _words(cell)
    return raw, day


def _choices(question: Question, cell: Any) -> list[str]:
    """The names behind labels: the whole cell when it is one, else split at commas or semicolons."""
    known = {
        fold(text).strip(): one.name for one in question.choices for text in (one.name, one.labels["fr"])
    }
    whole = fold(_words(cell)).strip()
    parts = [whole] if whole in known else [part.strip() for part in whole.replace(";", ",").split(",")]
    return [known.get(part, part) for part in parts if part]


def _words(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    text = str(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(str(cell).strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
