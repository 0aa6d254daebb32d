"""What residents said, as pages read it: lists, one contribution, its links."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import Coding, Contribution, ObjectiveLink, Topic
from faubourg.consultation.states import ContributionState
from faubourg.contracts.models import Objective
from faubourg.contracts.rules import Standing
from faubourg.toolkit.folding import search

PAGE = 50
TO_REVIEW, TO_ANSWER, TO_LINK = "relire", "repondre", "relier"
WAITING = {
    TO_REVIEW: "à relire avant publication",
    TO_ANSWER: "à retenir ou non",
    TO_LINK: "retenues, sans objectif",
}


@dataclass(frozen=True)
class WordFilters:
    """What the address asks for; what it cannot ask for counts for nothing."""

    typed: str = ""
    topic: int | None = None
    waiting: str = ""
    gathering: int | None = None


def words_of(standing: Standing, contract_id: int, filters: WordFilters) -> QuerySet[Contribution]:
    """The contributions of a contract this person reads, latest first."""
    rows: QuerySet[Contribution] = Contribution.objects.visible_to(standing).filter(contract=contract_id)
    if filters.topic:
        rows = rows.filter(topic=filters.topic)
    if filters.gathering:
        rows = rows.filter(gathering=filters.gathering)
    if filters.waiting == TO_REVIEW:
        rows = rows.filter(reviewed_on=None)
    elif filters.waiting == TO_ANSWER:
        rows = rows.filter(state=ContributionState.TO_READ)
    elif filters.waiting == TO_LINK:
        rows = without_objective(rows)
    rows = search(rows, ("text", "public_text"), filters.typed)
    return rows.select_related("topic", "gathering", "neighbourhood").order_by("-said_on", "-pk")


def without_objective(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Kept, and led to no objective, neither by itself nor by its topic."""
    by_itself = ObjectiveLink.objects.filter(contribution=OuterRef("pk"))
    by_topic = ObjectiveLink.objects.filter(topic=OuterRef("topic"))
    return rows.filter(~Exists(by_itself), ~Exists(by_topic), state=ContributionState.KEPT)


def page_of_words(rows: QuerySet[Contribution], number: str | None) -> "Page[Contribution]":
    return Paginator(rows, PAGE).get_page(number)


def contribution_for(standing: Standing, pk: int) -> Contribution:
    """One contribution, or 404 when this person may not read it."""
    rows = Contribution.objects.visible_to(standing).select_related(
        "contract", "consultation", "gathering", "question", "table", "topic", "neighbourhood", "reviewed_by"
    )
    return get_object_or_404(rows, pk=pk)


def codings_of(contribution: Contribution) -> QuerySet[Coding]:
    return contribution.codings.select_related("coder", "topic").order_by("reading")


def links_from(contribution: Contribution) -> QuerySet[ObjectiveLink]:
    """Its own links, and those of its topic."""
    start = Q(contribution=contribution)
    if contribution.topic_id:
        start |= Q(topic=contribution.topic_id)
    rows = ObjectiveLink.objects.filter(start).select_related("objective", "topic", "linked_by")
    return rows.order_by("objective__position", "pk")


def link_for(standing: Standing, pk: int) -> ObjectiveLink:
    """A link of a contract on which this person sits, or 404."""
    seen = standing.contracts()
    rows = ObjectiveLink.objects.select_related("contribution", "topic__contract", "objective")
    return get_object_or_404(rows, Q(contribution__contract__in=seen) | Q(topic__contract__in=seen), pk=pk)


def objectives_in_force(contract_id: int) -> QuerySet[Objective]:
    return Objective.objects.filter(contract=contract_id, archived_on=None).order_by("position")


def topic_for(standing: Standing, pk: int) -> Topic:
    """A topic of a contract on which this person sits, or 404."""
    rows = Topic.objects.filter(contract__in=standing.contracts()).select_related("contract")
    return get_object_or_404(rows, pk=pk)
