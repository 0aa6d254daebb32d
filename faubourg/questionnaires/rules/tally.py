"""How many gave each answer, added up once and kept: results do not read every answer again."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from faubourg.questionnaires.rules.answers import in_words
from faubourg.questionnaires.rules.definition import Choice, Definition, Group, Question
from faubourg.questionnaires.states import NUMBERS, WITH_CHOICES

Counts = dict[str, dict[str, int]]
ALL = ""
"""The key of how many answered: the whole questionnaire, or one question."""
MOST_BARS = 10


def add_to(counts: Counts, contents: Iterable[Mapping[str, Any]], sign: int = 1) -> Counts:
    """Add (or take away) answers; what falls to nothing is left out."""
    for content in contents:
        _count(counts, ALL, ALL, sign)
        for name, value in content.items():
            _count(counts, name, ALL, sign)
            for one in value if isinstance(value, list) else [value]:
                if not isinstance(one, str) or len(one) <= 40:
                    _count(counts, name, str(one), sign)
    return counts


def _count(counts: Counts, name: str, value: str, sign: int) -> None:
    of = counts.setdefault(name, {})
    of[value] = of.get(value, 0) + sign
    if not of[value]:
        del of[value]


def merged(definitions: Iterable[Definition]) -> Definition:
    """Every question of every version, latest first, with all the choices it ever had."""
    known: dict[str, Question] = {}
    for definition in definitions:
        for name, question in definition.asked().items():
            before = known.get(name)
            known[name] = question if before is None else _with_choices_of(before, question)
    return Definition(groups=(Group(name="p1", labels={"fr": "Tout"}, questions=tuple(known.values())),))


def _with_choices_of(latest: Question, older: Question) -> Question:
    names = {choice.name for choice in latest.choices}
    more: tuple[Choice, ...] = tuple(choice for choice in older.choices if choice.name not in names)
    return latest.model_copy(update={"choices": (*latest.choices, *more)})


def bars(question: Question, counts: Counts) -> list[tuple[str, int]]:
    """(answer in words, how many), in the order of the choices or of the numbers; words are not counted."""
    of = counts.get(question.name, {})
    if question.kind in WITH_CHOICES:
        return [(choice.labels["fr"], of.get(choice.name, 0)) for choice in question.choices]
    if question.kind not in NUMBERS:
        return []
    values = sorted((Decimal(value), times) for value, times in of.items() if value != ALL)
    if len(values) <= MOST_BARS:
        return [(in_words(question, str(value)), times) for value, times in values]
    return _ranges(values)


def _ranges(values: list[tuple[Decimal, int]]) -> list[tuple[str, int]]:
    """A few ranges of the same width, a round number."""
    low, high = int(values[0][0]), int(values[-1][0])
    width = 1
    while (high - low) // width >= MOST_BARS:
        width *= 2 if str(width).startswith(("1", "5")) else 5
        width = int(str(width)[0]) * 10 ** (len(str(width)) - 1)
    start = low // width * width
    found: dict[int, int] = {}
    for value, times in values:
        rank = (int(value // 1) - start) // width
        found[rank] = found.get(rank, 0) + times
    return [
        (f"{start + rank * width} à {start + (rank + 1) * width - 1}", found.get(rank, 0))
        for rank in range(max(found) + 1)
    ]
