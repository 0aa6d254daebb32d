"""A table of INSEE as plain text: CSV, workbook, or a zip of them. The technical header is looked for."""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import PurePosixPath

from python_calamine import CalamineError, load_workbook

from faubourg.observation.rules import read_place
from faubourg.toolkit.refusal import Refusal

HEADER = re.compile(r"(QP|QN|CODGEO|CODE_?QPV?|CODE_QUARTIER)", re.IGNORECASE)
FIRST_ROWS = 15
BIGGEST, MOST_UNPACKED, HIGHEST_RATIO, MOST_MEMBERS = 50_000_000, 200_000_000, 200, 500


@dataclass(frozen=True)
class Table:
    """The technical header, and each row with its number in the file."""

    name: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_tables(content: bytes, name: str) -> list[Table]:
    """Every table that has a column of codes; raises Refusal when the file is too big or holds none."""
    if len(content) > BIGGEST:
        raise Refusal({"file": ["Le fichier dépasse 50 Mo : envoyez le seul fichier des quartiers."]})
    tables = list(_tables(content, name))
    if not tables:
        sentence = "Aucune colonne de codes (QP, QN, CODGEO, codeQPV) dans les quinze premières lignes."
        raise Refusal({"file": [sentence]})
    return tables


def _tables(content: bytes, name: str) -> Iterator[Table]:
    extension = PurePosixPath(name).suffix.lower()
    if extension in (".zip", ".xlsx"):
        _refuse_a_bomb(content)
    if extension == ".zip":
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for member in archive.namelist():
                inner = PurePosixPath(member).name
                if inner.lower().endswith((".csv", ".xlsx")) and not inner.lower().startswith("meta"):
                    yield from _tables(archive.read(member), inner)
        return
    found = _sheets(content) if extension in (".xlsx", ".xls") else [_text_rows(content)]
    for rows in found:
        table = _with_header(name, rows)
        if table:
            yield table


def _refuse_a_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise Refusal(
            {"file": ["Ce fichier est abîmé : il ne s'ouvre pas. Téléchargez-le de nouveau."]}
        ) from None
    unpacked = sum(member.file_size for member in members)
    too_much = unpacked > MOST_UNPACKED or unpacked > max(len(content), 1) * HIGHEST_RATIO
    if too_much or len(members) > MOST_MEMBERS:
        raise Refusal({"file": ["Ce fichier se déplie en un contenu démesuré : il n'est pas lu."]})


def _sheets(content: bytes) -> list[list[list[str]]]:
    try:
        book = load_workbook(BytesIO(content))
        return [[[_cell(one) for one in row] for row in book.get_sheet_by_name(name).to_python()]
                for name in book.sheet_names]  # fmt: skip
    except CalamineError:
        sentence = "Ce fichier ne s'ouvre pas comme un classeur : enregistrez-le de nouveau."
        raise Refusal({"file": [sentence]}) from None


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _text_rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    top = text[:5000]
    delimiter = max(";,\t", key=top.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), delimiter=delimiter)]
    except csv.Error as problem:
        raise Refusal({"file": [f"Ce fichier n'est pas un CSV lisible : {problem}."]}) from None


def _with_header(name: str, rows: list[list[str]]) -> Table | None:
    for number, row in enumerate(rows[:FIRST_ROWS]):
        for cell in row:
            if HEADER.match(cell) and read_place(cell) is None:
                following = enumerate(rows[number + 1 :], start=number + 2)
                return Table(name, row, [(rank, one) for rank, one in following if any(one)])
    return None
