"""An answer, checked against the definition: what was asked, what is missing, what has no sense."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from faubourg.questionnaires.rules.definition import Condition, Definition, Question
from faubourg.questionnaires.states import NUMBERS, WITH_CHOICES, QuestionKind

LONGEST_ANSWER = 2_000
Content = dict[str, Any]
_COMPARE = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


def holds(conditions: tuple[Condition, ...], content: Mapping[str, Any]) -> bool:
    """Whether all the conditions are met by what has been answered so far."""
    return all(_is_met(condition, content.get(condition.question)) for condition in conditions)


def _is_met(condition: Condition, answer: Any) -> bool:
    if answer in (None, "", []):
        return condition.operator == "!="
    if isinstance(answer, list):
        return (condition.value in answer) == (condition.operator == "=")
    if isinstance(answer, str) and not _is_number(answer):
        return bool(_COMPARE[condition.operator](answer, condition.value))
    if not _is_number(condition.value):
        return bool(_COMPARE[condition.operator](str(answer), condition.value))
    return bool(_COMPARE[condition.operator](Decimal(str(answer)), Decimal(condition.value)))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) is not None


def asked_only(definition: Definition, content: Mapping[str, Any]) -> Content:
    """The answers to what was really asked: a question skipped by a condition keeps no answer."""
    kept: Content = {}
    for group in definition.groups:
        if not holds(group.relevant, kept):
            continue
        for question in group.questions:
            value = content.get(question.name)
            if question.asks and value not in (None, "", []) and holds(question.relevant, kept):
                kept[question.name] = value
    return kept


def missing(definition: Definition, content: Mapping[str, Any]) -> list[str]:
    """The names of the questions that were asked, are required and have no answer."""
    kept = asked_only(definition, content)
    return [
        question.name
        for group in definition.groups
        if holds(group.relevant, kept)
        for question in group.questions
        if question.asks and question.required and question.name not in kept
        if holds(question.relevant, kept)
    ]


def read_value(question: Question, text: str | list[str]) -> Any:
    """What is kept of what was typed or ticked. Raises ValueError, in French, when it has no sense."""
    if question.kind == QuestionKind.SEVERAL:
        chosen = [text] if isinstance(text, str) else text
        ticked = {one for one in chosen if one}
        known = [choice.name for choice in question.choices]
        if ticked - set(known):
            raise ValueError("Cette réponse n'est pas proposée.")
        return [name for name in known if name in ticked]
    single = (text if isinstance(text, str) else (text[0] if text else "")).strip()
    if not single:
        return None
    if question.kind == QuestionKind.ONE:
        if single not in {choice.name for choice in question.choices}:
            raise ValueError("Cette réponse n'est pas proposée.")
        return single
    return _read_typed(question.kind, single)


def _read_typed(kind: QuestionKind, typed: str) -> Any:
    if kind == QuestionKind.TEXT:
        if len(typed) > LONGEST_ANSWER:
            raise ValueError(f"Cette réponse est trop longue : {LONGEST_ANSWER} signes au plus.")
        return "".join(sign for sign in typed if sign == "\n" or sign.isprintable())
    plain = re.sub(r"[\s\u00a0\u202f]", "", typed).replace(",", ".")
    if kind == QuestionKind.DATE:
        return _read_day(plain)
    if not re.fullmatch(r"-?\d{1,9}(\.\d{1,6})?", plain, re.ASCII):
        raise ValueError("Écrivez un nombre, par exemple 12.")
    if kind == QuestionKind.DECIMAL:
        return str(Decimal(plain))
    if "." in plain:
        raise ValueError("Écrivez un nombre entier, par exemple 12.")
    if kind == QuestionKind.YEAR and not 1900 <= int(plain) <= 2100:
        raise ValueError("Écrivez une année, par exemple 2024.")
    return int(plain)


def _read_day(typed: str) -> str:
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed, re.ASCII)
    try:
        day = date(*(int(part) for part in reversed(found.groups()))) if found else date.fromisoformat(typed)
    except ValueError:
        raise ValueError("Écrivez une date, par exemple 12/02/2027.") from None
    return day.isoformat()


def checked(definition: Definition, content: Mapping[str, Any]) -> tuple[Content, dict[str, list[str]]]:
    """The answers as they are kept, and what is wrong by question: kinds, choices, required."""
    values: Content = {}
    errors: dict[str, list[str]] = {}
    for name, question in definition.asked().items():
        raw = content.get(name)
        if raw is None:
            continue
        try:
            values[name] = read_value(question, raw if isinstance(raw, list) else str(raw))
        except ValueError as problem:
            errors[name] = [str(problem)]
    for name in missing(definition, values):
        errors.setdefault(name, ["Répondez à cette question."])
    return asked_only(definition, values), errors


def in_words(question: Question, value: Any) -> str:
    """An answer as people read it, in French."""
    if value in (None, "", []):
        return ""
    if question.kind in WITH_CHOICES:
        labels = {choice.name: choice.labels["fr"] for choice in question.choices}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(one, str(one)) for one in chosen)
    if question.kind == QuestionKind.DATE:
        return date.fromisoformat(value).strftime("%d/%m/%Y")
    return str(value).replace(".", ",") if question.kind in NUMBERS else str(value)


def condition_in_words(definition: Definition, conditions: tuple[Condition, ...]) -> str:
    """ "si vous avez répondu « Oui » à la question 3": the skip logic, as it is printed."""
    asked, numbers = definition.asked(), definition.numbers()
    said = []
    for condition in conditions:
        question = asked[condition.question]
        labels = {choice.name: choice.labels["fr"] for choice in question.choices}
        number = numbers[question.name]
        value = labels.get(condition.value, condition.value.replace(".", ","))
        if condition.operator in ("=", "!="):
            did = "avez" if condition.operator == "=" else "n'avez pas"
            said.append(f"vous {did} répondu « {value} » à la question {number}")
        else:
            words = {"<": "moins de", "<=": "au plus", ">": "plus de", ">=": "au moins"}
            said.append(f"vous avez répondu {words[condition.operator]} {value} à la question {number}")
    return f"si {' et si '.join(said)}" if said else ""
