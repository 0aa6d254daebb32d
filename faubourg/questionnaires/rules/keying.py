"""One key per answer: how a paper sheet is typed, and how two typings are compared (CON-2)."""

from collections.abc import Mapping
from typing import Any

from faubourg.questionnaires.rules.answers import read_value
from faubourg.questionnaires.rules.definition import Definition, Question
from faubourg.questionnaires.states import WITH_CHOICES, QuestionKind

KEYS = "123456789abcdefghijklmnopqrstu"
"""The sign beside each box of the sheet, in order."""


def read_keys(question: Question, typed: str) -> Any:
    """ "2" is the second box, "13" the first and the third. Raises ValueError, in French."""
    if question.kind not in WITH_CHOICES:
        return read_value(question, typed)
    named = dict(zip(KEYS, (choice.name for choice in question.choices), strict=False))
    signs = [sign for sign in typed.lower() if not sign.isspace() and sign not in ",;"]
    unknown = [sign for sign in signs if sign not in named]
    if unknown:
        raise ValueError(f"« {unknown[0]} » n'est la touche d'aucune case : de 1 à {list(named)[-1]}.")
    if question.kind == QuestionKind.ONE and len(signs) > 1:
        raise ValueError("Une seule case pour cette question. Deux cases cochées : laissez vide.")
    return read_value(question, [named[sign] for sign in signs])


def differences_between(
    definition: Definition, first: Mapping[str, Any], second: Mapping[str, Any]
) -> list[Question]:
    """The questions that two people have typed otherwise."""
    asked = definition.asked()
    return [one for name, one in asked.items() if first.get(name) != second.get(name)]
