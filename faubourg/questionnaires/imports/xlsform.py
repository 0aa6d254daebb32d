"""A form written in a workbook (XLSForm): the part we ask, nothing half-read, each refusal with its cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from faubourg.questionnaires.rules.definition import (
    FRENCH,
    Choice,
    Condition,
    Definition,
    Group,
    Labels,
    Question,
)
from faubourg.questionnaires.rules.languages import LANGUAGES
from faubourg.questionnaires.states import WITH_CHOICES, QuestionKind
from faubourg.toolkit.refusal import Refusal, refuse_if

OF_QUESTIONS = {"type", "name", "label", "hint", "required", "relevant", "appearance"}
OF_CHOICES = {"list_name", "name", "label"}
BEGIN, END = ("begin group", "begin_group"), ("end group", "end_group")
LOOSE = "partie_"
"""The start of the name of a part made for questions that stand outside any."""
_LANGUAGE = re.compile(r"(label|hint)::.*\((\w{2,3})\)")
_COMPARED = re.compile(r"""\$\{(\w+)\}\s*(=|!=|<=|>=|<|>)\s*(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?))""")
_SELECTED = re.compile(r"""(not\(\s*)?selected\(\s*\$\{(\w+)\}\s*,\s*['"]([^'"]*)['"]\s*\)(?(1)\s*\))""")

Row = dict[str, str]


@dataclass
class _Sheet:
    """One sheet being read, and what is refused in it."""

    name: str
    header: list[str]
    rows: list[list[str]]
    problems: list[str] = field(default_factory=list)

    def refuse(self, number: int, column: str, sentence: str) -> None:
        letter = _letter(self.header.index(column)) if column in self.header else "A"
        self.problems.append(f"Feuille « {self.name} », cellule {letter}{number} : {sentence}")

    def said(self) -> Iterator[tuple[int, Row]]:
        """(number as the workbook shows it, {column: text}) of the rows that say something."""
        for number, cells in enumerate(self.rows, start=2):
            if any(cells):
                yield number, dict(zip(self.header, cells, strict=False))


def read_xlsform(content: bytes) -> Definition:
    """The definition in a workbook. Raises Refusal with every cell that is not understood."""
    sheets = _sheets(content)
    refuse_if({"file": [] if "survey" in sheets else ["Ce classeur n'a pas de feuille « survey »."]})
    survey = sheets["survey"]
    choices = sheets.get("choices") or _Sheet("choices", [], [])
    _refuse_columns(survey, OF_QUESTIONS)
    _refuse_columns(choices, OF_CHOICES)
    groups = _groups(survey, _lists(choices))
    refuse_if({"file": [*survey.problems, *choices.problems]})
    return Definition(groups=tuple(group for group in groups if group.questions))


def _sheets(content: bytes) -> dict[str, _Sheet]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        read = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, ValueError, OSError):
        raise Refusal({"file": ["Ce fichier n'est pas un classeur lisible (XLSX ou ODS)."]}) from None
    found = {}
    for name, rows in read.items():
        cells = [[_text(cell) for cell in row] for row in rows] or [[]]
        header = [
            cell if "::" in cell else cell.lower().replace("list name", "list_name") for cell in cells[0]
        ]
        found[name.strip().lower()] = _Sheet(name, header, cells[1:])
    return found


def _groups(survey: _Sheet, lists: dict[str, tuple[Choice, ...]]) -> list[Group]:
    groups: list[Group] = []
    is_inside = False
    for number, row in survey.said():
        kind = row.get("type", "").lower()
        if kind in BEGIN:
            if is_inside:
                survey.refuse(number, "type", "une partie ne peut pas en contenir une autre.")
            labels = _labels(row, "label") or {FRENCH: row.get("name", "")}
            relevant = _conditions(survey, number, row)
            groups.append(Group(name=row.get("name", ""), labels=labels, relevant=relevant))
            is_inside = True
        elif kind in END:
            is_inside = False
        elif question := _question(survey, number, row, lists):
            if not is_inside and not (groups and groups[-1].name.startswith(LOOSE)):
                groups.append(Group(name=f"{LOOSE}{len(groups) + 1}", labels={FRENCH: "Vos réponses"}))
            more = (*groups[-1].questions, question)
            groups[-1] = groups[-1].model_copy(update={"questions": more})
    if is_inside:
        survey.refuse(len(survey.rows) + 1, "type", "une partie n'est pas fermée : « end group » manque.")
    return groups


def _question(survey: _Sheet, number: int, row: Row, lists: dict[str, tuple[Choice, ...]]) -> Question | None:
    word, _, list_name = row.get("type", "").partition(" ")
    is_year = word == "date" and row.get("appearance") == "year"
    if word not in QuestionKind.values or word == QuestionKind.YEAR:
        survey.refuse(number, "type", f"« {row.get('type')} » n'est pas une question que Faubourg pose.")
        return None
    kind = QuestionKind.YEAR if is_year else QuestionKind(word)
    if row.get("appearance") and not is_year:
        survey.refuse(number, "appearance", f"l'apparence « {row['appearance']} » n'est pas reprise.")
    if kind in WITH_CHOICES and list_name.strip() not in lists:
        survey.refuse(number, "type", f"la liste « {list_name} » n'est pas dans la feuille « choices ».")
    required = row.get("required", "").lower().removesuffix("()")
    if required not in ("", "yes", "no", "true", "false"):
        survey.refuse(number, "required", "« required » se dit yes ou no.")
    return Question(
        name=row.get("name", ""), kind=kind, labels=_labels(row, "label"), hints=_labels(row, "hint"),
        required=required in ("yes", "true"), relevant=_conditions(survey, number, row),
        choices=lists.get(list_name.strip(), ()) if kind in WITH_CHOICES else (),
    )  # fmt: skip


def _conditions(survey: _Sheet, number: int, row: Row) -> tuple[Condition, ...]:
    said = row.get("relevant", "")
    found = []
    for part in re.split(r"\s+and\s+", said) if said else []:
        compared, selected = _COMPARED.fullmatch(part.strip()), _SELECTED.fullmatch(part.strip())
        if compared:
            value = next(text for text in compared.groups()[2:] if text is not None)
            found.append(Condition(question=compared[1], operator=compared[2], value=value))
        elif selected:
            operator = "!=" if selected[1] else "="
            found.append(Condition(question=selected[2], operator=operator, value=selected[3]))
        else:
            survey.refuse(number, "relevant", f"la condition « {part} » n'est pas reprise.")
    return tuple(found)


def _lists(choices: _Sheet) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, tuple[Choice, ...]] = {}
    for _, row in choices.said():
        name = row.get("list_name", "")
        choice = Choice(name=row.get("name", ""), labels=_labels(row, "label"))
        lists[name] = (*lists.get(name, ()), choice)
    return lists


def _refuse_columns(sheet: _Sheet, known: set[str]) -> None:
    """A column we do not read is refused at its first cell that says something."""
    for rank, name in enumerate(sheet.header):
        language = _LANGUAGE.fullmatch(name)
        if not name or name in known or (language and language[2] in LANGUAGES):
            continue
        for number, cells in enumerate(sheet.rows, start=2):
            if rank < len(cells) and cells[rank]:
                sheet.refuse(number, name, f"la colonne « {name} » n'est pas reprise.")
                break


def _labels(row: Row, column: str) -> Labels:
    said = {FRENCH: row.get(column, "")}
    for name, text in row.items():
        language = _LANGUAGE.fullmatch(name)
        if language and language[1] == column:
            said[language[2]] = text
    return {code: text for code, text in said.items() if text}


def _text(cell: Any) -> str:
    """A cell as text; our own workbooks put a quote before what a spreadsheet would take for a formula."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def _letter(rank: int) -> str:
    return chr(65 + rank) if rank < 26 else chr(64 + rank // 26) + chr(65 + rank % 26)
