"""Results: counts kept in advance, crossings asked of the database, small numbers hidden (CON-8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTransform
from django.shortcuts import get_object_or_404

from faubourg.consultation.rules import name_hints
from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing
from faubourg.questionnaires.models import Questionnaire, Response, Tally
from faubourg.questionnaires.rules.answers import in_words
from faubourg.questionnaires.rules.definition import Definition, Question
from faubourg.questionnaires.rules.disclosure import DEFAULT_SMALLEST, Shown, hide_list, hide_table
from faubourg.questionnaires.rules.tally import ALL, Counts, add_to, bars, merged
from faubourg.questionnaires.states import WITH_CHOICES, Mode

SMALLEST = "questionnaires.small_cell"
PER_PAGE = 50


@dataclass(frozen=True)
class Bar:
    label: str
    count: int | None
    width: str


@dataclass(frozen=True)
class QuestionResult:
    """One question: how many answered, one bar per answer; a hidden bar has no count."""

    number: int
    question: Question
    answered: int
    bars: list[Bar]


def with_answers_to_count() -> QuerySet[Questionnaire]:
    waiting = Response.objects.filter(is_counted=False).order_by().values("questionnaire").distinct()
    return Questionnaire.objects.filter(pk__in=waiting)


def smallest_shown(questionnaire: Questionnaire, today: date) -> int:
    """The threshold of the contract that day, or the usual one."""
    return int(figures(questionnaire.contract_id, [SMALLEST], today).get(SMALLEST, DEFAULT_SMALLEST))


def all_questions(questionnaire: Questionnaire) -> Definition:
    """The questions of every version."""
    return merged(form.asked for form in questionnaire.forms.order_by("-number"))


def counts_of(questionnaire: Questionnaire) -> Counts:
    """What the tally holds, and the few answers that came since."""
    tally = Tally.objects.filter(questionnaire=questionnaire).first()
    since = Response.objects.valid().filter(questionnaire=questionnaire, is_counted=False).order_by()
    return add_to(tally.counts if tally else {}, since.values_list("content", flat=True))


def results_of(questionnaire: Questionnaire, smallest: int) -> tuple[int, list[QuestionResult]]:
    """How many valid answers, and each question in its order."""
    counts = counts_of(questionnaire)
    found = []
    for number, (name, question) in enumerate(all_questions(questionnaire).asked().items(), start=1):
        pairs = bars(question, counts)
        shown = hide_list([count for _, count in pairs], smallest)
        most = max((count for count in shown if count), default=0)
        drawn = [
            Bar(label, count, f"{100 * (count or 0) / most:.1f}" if most else "0")
            for (label, _), count in zip(pairs, shown, strict=True)
        ]
        found.append(QuestionResult(number, question, counts.get(name, {}).get(ALL, 0), drawn))
    return counts.get(ALL, {}).get(ALL, 0), found


def crossing_of(questionnaire: Questionnaire, row: Question, column: Question, smallest: int) -> Shown:
    """How many gave each pair of answers, with totals; one query whatever the number of answers."""
    rows = Response.objects.valid().filter(questionnaire=questionnaire).order_by()
    pairs = rows.annotate(one=KeyTransform(row.name, "content"), other=KeyTransform(column.name, "content"))
    found: dict[tuple[str, str], int] = {}
    for one, other, times in pairs.values_list("one", "other").annotate(Count("pk")):
        for first in _several(one):
            for second in _several(other):
                found[first, second] = found.get((first, second), 0) + times
    table = [[found.get((a.name, b.name), 0) for b in column.choices] for a in row.choices]
    return hide_table(table, smallest)


def questions_to_cross(questionnaire: Questionnaire) -> dict[str, Question]:
    asked = all_questions(questionnaire).asked()
    return {name: one for name, one in asked.items() if one.kind in WITH_CHOICES}


def open_answers(questionnaire: Questionnaire, question: str, page: str | None) -> Page[Any]:
    """(words, day, hints of names) of those who wrote something, latest first."""
    rows = Response.objects.valid().filter(questionnaire=questionnaire, content__has_key=question)
    shown: Page[Any] = Paginator(rows.order_by("-pk").only("content", "received_on"), PER_PAGE).get_page(page)
    told: list[Any] = [
        (one.content[question], one.received_on, name_hints(one.content[question]))
        for one in shown.object_list
    ]
    shown.object_list = told
    return shown


def page_of_answers(questionnaire: Questionnaire, page: str | None, *, aside: bool) -> Page[Any]:
    """(answer, its words in short) of every answer, or of those set aside only; latest first."""
    rows = Response.objects.filter(questionnaire=questionnaire).select_related("form").order_by("-pk")
    rows = rows.exclude(excluded_because="") if aside else rows
    shown: Page[Any] = Paginator(rows, PER_PAGE).get_page(page)
    asked = all_questions(questionnaire).asked()
    shown.object_list = [(one, _in_short(asked, one.content)) for one in shown.object_list]
    return shown


def _in_short(asked: Mapping[str, Question], content: Mapping[str, Any]) -> str:
    return " · ".join(in_words(asked[name], value) for name, value in content.items() if name in asked)


def response_for(standing: Standing, pk: int) -> Response:
    """One answer to a questionnaire this person reads, or 404."""
    seen = Questionnaire.objects.visible_to(standing).order_by()
    rows = Response.objects.filter(questionnaire__in=seen)
    return get_object_or_404(rows.select_related("questionnaire__contract", "form", "batch"), pk=pk)


def references_taken(questionnaire: Questionnaire) -> set[str]:
    """The rows of tables that were already taken."""
    rows = Response.objects.filter(questionnaire=questionnaire, mode=Mode.IMPORTED).order_by()
    return set(rows.values_list("reference", flat=True))


def answers_of(questionnaire: Questionnaire) -> Iterator[Response]:
    """Every valid answer, in the order it came."""
    rows = Response.objects.valid().filter(questionnaire=questionnaire).select_related("form")
    return rows.order_by("pk").iterator(chunk_size=2_000)


def _several(value: Any) -> list[str]:
    return value if isinstance(value, list) else [str(value)]
