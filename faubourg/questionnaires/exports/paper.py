"""The sheets of a batch, ready to print: a number, a code to scan, boxes, skip logic in sentences (CON-2)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from faubourg.questionnaires.models import Batch
from faubourg.questionnaires.rules import bulletins
from faubourg.questionnaires.rules.answers import condition_in_words
from faubourg.questionnaires.rules.definition import Definition, Group, Question
from faubourg.questionnaires.rules.keying import KEYS
from faubourg.questionnaires.states import QuestionKind
from faubourg.toolkit.qr import qr_code
from faubourg.toolkit.typeset import typeset

WRITING_LINES = 5


def bulletins_pdf(batch: Batch, *, address_of: Callable[[str], str], now: datetime) -> bytes:
    """One sheet per number of the batch, the same questions as online."""
    questionnaire = batch.form.questionnaire
    definition = batch.form.asked
    sheets = [
        {"number": bulletins.written(number), "online": online, "address": address_of(online),
         "qr": qr_code(address_of(online))}
        for number in range(batch.first_number, batch.last_number + 1)
        for online in [bulletins.with_letters(number, batch.secret)]
    ]  # fmt: skip
    data = {
        "title": questionnaire.title,
        "introduction": questionnaire.introduction,
        "places": questionnaire.return_places,
        "sheets": sheets,
        "parts": [_part(definition, group) for group in definition.groups if group.questions],
    }
    return typeset("questionnaires/typst/bulletins.typ", data, now=now)


def _part(definition: Definition, group: Group) -> dict[str, Any]:
    return {
        "title": group.labels["fr"],
        "only": _only(definition, group.relevant),
        "questions": [_question(definition, question) for question in group.questions],
    }


def _question(definition: Definition, question: Question) -> dict[str, Any]:
    number = definition.numbers().get(question.name)
    several = question.kind == QuestionKind.SEVERAL
    return {
        "label": f"{number}. {question.labels['fr']}" if number else question.labels["fr"],
        "hint": question.hints.get("fr") or ("Plusieurs réponses possibles." if several else ""),
        "only": _only(definition, question.relevant, number),
        "choices": [
            {"key": key, "label": choice.labels["fr"]}
            for key, choice in zip(KEYS, question.choices, strict=False)
        ],
        "lines": WRITING_LINES if question.kind == QuestionKind.TEXT else 0,
        "is_short": question.asks and not question.choices and question.kind != QuestionKind.TEXT,
    }


def _only(definition: Definition, relevant: Any, number: int | None = None) -> str:
    if not relevant:
        return ""
    last = max(definition.numbers().values())
    after = f" Sinon, passez à la question {number + 1}." if number and number < last else ""
    return f"Répondez seulement {condition_in_words(definition, relevant)}.{after}"
