"""Answers as tables, and the questions as a codebook for software that codes words (CON-8)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from faubourg.questionnaires.models import Questionnaire, Response
from faubourg.questionnaires.rules.answers import in_words
from faubourg.questionnaires.rules.definition import Definition
from faubourg.questionnaires.states import QuestionKind
from faubourg.toolkit.tables import Sheet, harmless, workbook

QDC = "urn:QDA-XML:codebook:1.0"
COLOURS = ("#0f5257", "#8a4b08", "#5b3a8c", "#1f6f3f", "#9b2c2c")


def rows_of(definition: Definition, answers: Iterable[Response]) -> Iterator[list[Any]]:
    """One row per answer: version, way, day, language, then each question in words."""
    asked = definition.asked()
    for one in answers:
        head = [one.form.number, one.get_mode_display(), one.received_on, one.language]
        yield [*head, *(_cell(question, one.content.get(name)) for name, question in asked.items())]


def header_of(definition: Definition) -> list[str]:
    return [
        "Version", "Moyen", "Jour", "Langue",
        *(f"{number}. {one.labels['fr']}" for number, one in enumerate(definition.asked().values(), 1)),
    ]  # fmt: skip


def answers_csv(definition: Definition, answers: Iterable[Response]) -> str:
    """Semicolons and a mark, as French spreadsheets open them; no cell is a formula."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(label) for label in header_of(definition)])
    for row in rows_of(definition, answers):
        writer.writerow([_plain(value) for value in row])
    return "\ufeff" + text.getvalue()


def answers_workbook(
    questionnaire: Questionnaire,
    definition: Definition,
    answers: Iterable[Response],
    results: Sequence[Any],
    now: datetime,
) -> bytes:
    """The answers, and the results with their small numbers hidden."""
    counted = [
        [f"{one.number}. {one.question.labels['fr']}", bar.label, "caché" if bar.count is None else bar.count]
        for one in results
        for bar in one.bars
    ]
    sheets = [
        Sheet("Réponses", header_of(definition), rows_of(definition, answers), (9, 14, 12, 8)),
        Sheet("Résultats", ("Question", "Réponse", "Nombre"), counted, (60, 40, 12)),
    ]
    return workbook(sheets, title=questionnaire.title, now=now)


def codebook(questionnaire: Questionnaire, definition: Definition) -> bytes:
    """A REFI-QDA codebook (.qdc): one code per question, under it one per proposed answer."""
    ElementTree.register_namespace("", QDC)
    root = ElementTree.Element(f"{{{QDC}}}CodeBook", {"origin": "Faubourg"})
    codes = ElementTree.SubElement(root, f"{{{QDC}}}Codes")
    for rank, (name, question) in enumerate(definition.asked().items()):
        colour = COLOURS[rank % len(COLOURS)]
        code = _code(codes, questionnaire, name, question.labels["fr"], colour)
        for choice in question.choices:
            _code(code, questionnaire, f"{name}/{choice.name}", choice.labels["fr"], colour)
    ElementTree.SubElement(root, f"{{{QDC}}}Sets")
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _code(
    parent: ElementTree.Element, questionnaire: Questionnaire, key: str, name: str, colour: str
) -> ElementTree.Element:
    guid = str(uuid5(NAMESPACE_URL, f"faubourg/{questionnaire.public_code}/{key}"))
    told = {"guid": guid, "name": name, "isCodable": "true", "color": colour}
    return ElementTree.SubElement(parent, f"{{{QDC}}}Code", told)


def _cell(question: Any, value: Any) -> Any:
    if question.kind in (QuestionKind.INTEGER, QuestionKind.YEAR):
        return value
    return in_words(question, value) or None


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return harmless(str(value)) if value is not None else ""
