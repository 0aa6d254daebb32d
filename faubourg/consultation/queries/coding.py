"""What is left to read, how far two readings agree, what they see differently."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from faubourg.consultation.models import READERS, READINGS, Coding, Contribution, Topic
from faubourg.consultation.rules import Agreement, agreement
from faubourg.contracts.rules import Standing

SHOWN = 50


def next_to_code(contract_id: int, coder_id: int) -> Contribution | None:
    """The first contribution this person may still read: the ones begun by somebody else come first."""
    rows = _open_to(contract_id, coder_id).select_related("question", "table", "gathering")
    begun = Coding.objects.filter(contribution=OuterRef("pk"))
    return rows.order_by(Exists(begun).desc(), "pk").first()


def left_to_code(contract_id: int, coder_id: int) -> int:
    return _open_to(contract_id, coder_id).count()


def waiting_to_code(standing: Standing) -> QuerySet[Contribution]:
    """What this person may still read, on every contract where she does."""
    rows = _not_read_by(standing.user_id)
    return rows.filter(contract__in=standing.contracts(*READERS))


def _open_to(contract_id: int, coder_id: int) -> QuerySet[Contribution]:
    return _not_read_by(coder_id).filter(contract=contract_id)


def _not_read_by(coder_id: int) -> QuerySet[Contribution]:
    """Neither read by this person, nor by two others."""
    codings = Coding.objects.filter(contribution=OuterRef("pk"))
    mine, last = codings.filter(coder=coder_id), codings.filter(reading=max(READINGS))
    return Contribution.objects.filter(~Exists(mine), ~Exists(last))


@dataclass(frozen=True)
class Disagreement:
    """One contribution, and what each of the two readings saw in it."""

    contribution: Contribution
    first: Coding
    second: Coding


@dataclass(frozen=True)
class Readings:
    """How the readings of a contract stand."""

    agreement: Agreement
    disagreements: Sequence[Disagreement]
    """Still to settle, the oldest first, the first ones only."""
    left: int


def readings_of(contract_id: int) -> Readings:
    """Two queries, however many contributions were read."""
    rows = Coding.objects.filter(contribution__contract=contract_id).order_by("contribution", "reading")
    pairs: dict[int, list[int | None]] = {}
    for contribution_id, topic_id in rows.values_list("contribution", "topic"):
        pairs.setdefault(contribution_id, []).append(topic_id)
    twice = {pk: topics for pk, topics in pairs.items() if len(topics) == len(READINGS)}
    apart = [pk for pk, (first, second) in twice.items() if first != second]
    open_ones = Contribution.objects.filter(pk__in=apart[:2_000], topic=None, topic_reason="").order_by("pk")
    shown = list(open_ones.prefetch_related("codings__topic", "codings__coder")[:SHOWN])
    return Readings(
        agreement=agreement([(first, second) for first, second in twice.values()]),
        disagreements=[_apart(one) for one in shown],
        left=len(pairs) - len(twice),
    )


def topics_with_use(contract_id: int) -> QuerySet[Topic]:
    """Every topic, the archived ones last, with `words_count` and its links."""
    said = Contribution.objects.filter(topic=OuterRef("pk")).order_by().values("topic")
    counted = Subquery(said.annotate(count=Count("pk")).values("count"))
    rows = Topic.objects.filter(contract=contract_id).annotate(words_count=Coalesce(counted, 0))
    return rows.prefetch_related("links__objective").order_by(
        F("archived_on").asc(nulls_first=True), "position", "pk"
    )


def _apart(contribution: Contribution) -> Disagreement:
    first, second = sorted(contribution.codings.all(), key=lambda coding: coding.reading)
    return Disagreement(contribution, first, second)
