"""What the pages of consultations and gatherings read."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import (
    Consultation,
    Contribution,
    Gathering,
    GatheringMinutes,
    GatheringQuestion,
    GatheringTable,
    Topic,
)
from faubourg.consultation.states import AttendeeCategory, ContributionState
from faubourg.contracts.rules import Standing

LATEST = 12
"""Lines shown under the typing field: enough to see what has just been typed."""


def consultations_of(standing: Standing, contract_id: int) -> QuerySet[Consultation]:
    """The consultations of a contract this person reads, latest first, with `gatherings_count`."""
    rows = Consultation.objects.visible_to(standing).filter(contract=contract_id)
    return rows.annotate(gatherings_count=Count("gatherings")).prefetch_related("neighbourhoods")


def consultation_for(standing: Standing, pk: int) -> Consultation:
    """One consultation, or 404 when this person may not read it."""
    rows = Consultation.objects.visible_to(standing).select_related("contract")
    return get_object_or_404(rows.prefetch_related("neighbourhoods", "topics", "organisers"), pk=pk)


def gatherings_of(consultation: Consultation) -> QuerySet[Gathering]:
    return consultation.gatherings.select_related("neighbourhood").order_by("held_on", "pk")


def gathering_for(standing: Standing, pk: int) -> Gathering:
    """One gathering of a consultation this person reads, or 404."""
    seen = Consultation.objects.visible_to(standing).order_by()
    rows = Gathering.objects.filter(consultation__in=seen).select_related(
        "consultation__contract", "neighbourhood"
    )
    return get_object_or_404(rows, pk=pk)


def minutes_of(gathering: Gathering) -> GatheringMinutes | None:
    return GatheringMinutes.objects.filter(gathering=gathering).select_related("written_by").first()


def counts_of(gathering: Gathering) -> dict[str, int]:
    """{category: how many came}; a category nobody counted is absent, which is not zero."""
    return dict(gathering.counts.values_list("category", "count"))


def attendance_of(gathering: Gathering) -> list[tuple[str, int | None]]:
    """Each category in words, with its number or None."""
    counts = counts_of(gathering)
    return [(str(one.label), counts.get(one.value)) for one in AttendeeCategory]


def questions_of(gathering: Gathering) -> QuerySet[GatheringQuestion]:
    return gathering.questions.order_by("position")


def tables_of(gathering: Gathering) -> QuerySet[GatheringTable]:
    return gathering.tables.order_by("position")


def latest_words(gathering: Gathering) -> QuerySet[Contribution]:
    """What has just been typed, newest first."""
    rows = Contribution.objects.filter(gathering=gathering).select_related("table", "question")
    return rows.order_by("-pk")[:LATEST]


def words_count(gathering: Gathering) -> int:
    return Contribution.objects.filter(gathering=gathering).count()


def topics_of(contract_id: int) -> QuerySet[Topic]:
    """The topics one may choose today."""
    return Topic.objects.filter(contract=contract_id, archived_on=None)


def words_to_do(contract_id: int) -> Mapping[str, Any]:
    """How many contributions wait for each act, in one query."""
    kept = Q(state=ContributionState.KEPT)
    return Contribution.objects.filter(contract=contract_id).aggregate(
        all=Count("pk"),
        to_review=Count("pk", filter=Q(reviewed_on=None)),
        to_answer=Count("pk", filter=Q(state=ContributionState.TO_READ)),
        without_topic=Count("pk", filter=Q(topic=None)),
        kept=Count("pk", filter=kept),
    )
