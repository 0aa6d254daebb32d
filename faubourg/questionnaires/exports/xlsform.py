"""The questions as an XLSForm workbook, for Kobo, ODK or another Faubourg."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from faubourg.questionnaires.models import Form
from faubourg.questionnaires.rules.definition import Condition, Definition, Group, Labels, Question
from faubourg.questionnaires.rules.languages import LANGUAGES
from faubourg.questionnaires.states import NUMBERS, WITH_CHOICES, QuestionKind
from faubourg.toolkit.tables import Sheet, workbook


def xlsform(form: Form, languages: list[str], now: datetime) -> bytes:
    """Sheets survey, choices and settings; pyxform reads them."""
    definition = form.asked
    labels = [f"label::{LANGUAGES[code]} ({code})" for code in languages]
    hints = [f"hint::{LANGUAGES[code]} ({code})" for code in languages]
    survey = ["type", "name", *labels, *hints, "required", "relevant", "appearance"]
    told = form.questionnaire
    settings = [[told.title, told.public_code, str(form.number), f"{LANGUAGES['fr']} (fr)"]]
    sheets = [
        Sheet("survey", survey, _survey(definition, languages), (24, 14, 50)),
        Sheet("choices", ["list_name", "name", *labels], _choices(definition, languages), (14, 14, 50)),
        Sheet(
            "settings", ["form_title", "form_id", "version", "default_language"], settings, (40, 14, 8, 20)
        ),
    ]
    return workbook(sheets, title=told.title, now=now)


def _survey(definition: Definition, languages: list[str]) -> Iterator[list[Any]]:
    asked = definition.asked()
    for group in definition.groups:
        yield _row("begin group", group, languages, relevant=_relevant(group.relevant, asked))
        for question in group.questions:
            is_year = question.kind == QuestionKind.YEAR
            kind = "date" if is_year else question.kind.value
            yield _row(
                f"{kind} {question.name}" if question.kind in WITH_CHOICES else kind,
                question, languages, hints=question.hints, required="yes" if question.required else None,
                relevant=_relevant(question.relevant, asked), appearance="year" if is_year else None,
            )  # fmt: skip
        yield ["end group"]


def _row(
    kind: str,
    part: Group | Question,
    languages: list[str],
    *,
    hints: Labels | None = None,
    required: str | None = None,
    relevant: str | None = None,
    appearance: str | None = None,
) -> list[Any]:
    said = [part.labels.get(code) for code in languages]
    helped = [(hints or {}).get(code) for code in languages]
    return [kind, part.name, *said, *helped, required, relevant, appearance]


def _choices(definition: Definition, languages: list[str]) -> Iterator[list[Any]]:
    for question in definition.questions():
        for choice in question.choices:
            yield [question.name, choice.name, *(choice.labels.get(code) for code in languages)]


def _relevant(conditions: tuple[Condition, ...], asked: dict[str, Question]) -> str | None:
    said = []
    for one in conditions:
        kind = asked[one.question].kind
        if kind == QuestionKind.SEVERAL:
            selected = f"selected(${{{one.question}}}, '{one.value}')"
            said.append(selected if one.operator == "=" else f"not({selected})")
        else:
            value = one.value if kind in NUMBERS else f"'{one.value}'"
            said.append(f"${{{one.question}}} {one.operator} {value}")
    return " and ".join(said) or None
