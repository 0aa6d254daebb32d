"""What the pages of paper sheets read: batches and their counters kept apart (CON-3)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.contracts.rules import Standing
from faubourg.questionnaires.models import Batch, Questionnaire, Response, Typing


@dataclass(frozen=True)
class BatchCounts:
    """One batch and what is counted of it; None is « à confirmer »."""

    batch: Batch
    entered: int = 0
    valid: int = 0
    excluded: int = 0


def batch_for(standing: Standing, pk: int) -> Batch:
    """One batch of a questionnaire this person reads, or 404."""
    seen = Questionnaire.objects.visible_to(standing).order_by()
    rows = Batch.objects.filter(form__questionnaire__in=seen)
    return get_object_or_404(rows.select_related("form__questionnaire__contract", "neighbourhood"), pk=pk)


def counters_of(questionnaire: Questionnaire) -> list[BatchCounts]:
    """Each batch with its own counters, in three queries."""
    batches = Batch.objects.filter(form__questionnaire=questionnaire).select_related("neighbourhood")
    typed = Typing.objects.filter(batch__in=batches, reading=1).order_by().values_list("batch")
    entered = dict(typed.annotate(Count("pk")))
    online = Response.objects.filter(batch__in=batches).order_by().values_list("batch")
    found = {
        batch: (valid, aside)
        for batch, valid, aside in online.annotate(
            valid=Count("pk", filter=Q(excluded_because="")),
            aside=Count("pk", filter=~Q(excluded_because="")),
        )
    }
    return [BatchCounts(one, entered.get(one.pk, 0), *found.get(one.pk, (0, 0))) for one in batches]


def reasons_of(questionnaire: Questionnaire) -> list[tuple[str, int]]:
    """Why answers were set aside, and how many."""
    rows = Response.objects.filter(questionnaire=questionnaire).exclude(excluded_because="")
    counts = rows.order_by().values_list("excluded_because").annotate(Count("pk"))
    return sorted(counts, key=lambda pair: -pair[1])


def typings_of(batch: Batch, bulletin: int | None = None) -> QuerySet[Typing]:
    rows = batch.typings.select_related("typed_by").order_by("bulletin", "reading")
    return rows if bulletin is None else rows.filter(bulletin=bulletin)


@dataclass(frozen=True)
class BatchWork:
    """What is left to do on a batch: sheets typed once, sheets whose typings differ, sheets done."""

    once: list[int]
    differ: list[int]
    done: int


def work_of(batch: Batch) -> BatchWork:
    times = Counter(batch.typings.order_by().values_list("bulletin", flat=True))
    done = set(Response.objects.filter(batch=batch).values_list("bulletin", flat=True))
    waiting = sorted(set(times) - done)
    return BatchWork(
        once=[number for number in waiting if times[number] == 1],
        differ=[number for number in waiting if times[number] == 2],
        done=len(done & set(times)),
    )


def response_of(batch: Batch, bulletin: int) -> Response:
    """The answer of a sheet, or 404."""
    rows = Response.objects.filter(batch=batch).select_related("questionnaire__contract")
    return get_object_or_404(rows, bulletin=bulletin)
