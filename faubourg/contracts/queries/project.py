"""The objectives as a living project: what is proposed, what was changed and why, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract, Objective, ObjectiveChange, PrioritySheet, TreeVersion
from faubourg.contracts.queries.contract import Branch, contract_for, figures
from faubourg.contracts.rules import QUESTIONS, too_many_priorities, unanswered, unmatched
from faubourg.contracts.states import ObjectiveLevel, VersionState

MOST_PRIORITIES = "projet.priorites_max"
"""Code of the contract's parameter: beyond, one is told that priorities are few (PRJ-4)."""


@dataclass(frozen=True)
class Answered:
    """One of the four questions of a priority, and its answer when there is one."""

    question: str
    answer: str


@dataclass(frozen=True)
class Priority:
    """A priority with its answers, what nobody has answered, and which partners it answers to none of."""

    branch: Branch
    answers: Sequence[Answered]
    missing: Sequence[str]
    unmatched: Sequence[str]


def priorities_of(tree: Sequence[Branch]) -> list[Priority]:
    """The priorities of a tree already read: one query more (PRJ-5, PRJ-7)."""
    keys = [branch.objective.pk for branch in tree]
    sheets = {sheet.objective_id: sheet for sheet in PrioritySheet.objects.filter(objective__in=keys)}
    return [_priority(branch, sheets.get(branch.objective.pk)) for branch in tree]


def _priority(branch: Branch, sheet: PrioritySheet | None) -> Priority:
    answers = {name: getattr(sheet, name, "") for name in QUESTIONS}
    kinds = {one.partner.kind for leaf in (branch, *branch.children) for one in leaf.orientations}
    return Priority(
        branch=branch,
        answers=[Answered(question, answers[name]) for name, question in QUESTIONS.items()],
        missing=unanswered(answers),
        unmatched=unmatched(kinds),
    )


def priority_for(user: User, slug: str, pk: int, today: date) -> Objective:
    """A priority in force of a contract this person reads, or 404."""
    contract = contract_for(user, slug, today)
    rows = Objective.objects.filter(contract=contract, level=ObjectiveLevel.PRIORITY, archived_on=None)
    return get_object_or_404(rows.select_related("contract"), pk=pk)


def sheet_of(priority: Objective) -> PrioritySheet | None:
    return PrioritySheet.objects.filter(objective=priority).first()


def priorities_warning(contract: Contract, tree: Sequence[Branch], today: date) -> str:
    """PRJ-4: a sentence when there are more priorities than the parameter of the day, or nothing."""
    most = figures(contract.pk, [MOST_PRIORITIES], today).get(MOST_PRIORITIES)
    count = sum(branch.objective.level == ObjectiveLevel.PRIORITY for branch in tree)
    return too_many_priorities(count, None if most is None else int(most))


def versions_of(contract_id: int) -> QuerySet[TreeVersion]:
    """The history of the objectives, latest first (PRJ-3)."""
    rows = TreeVersion.objects.filter(contract=contract_id)
    return rows.prefetch_related("changes__parent", "changes__proposed_by")


def proposed_version(contract_id: int) -> TreeVersion | None:
    return versions_of(contract_id).filter(state=VersionState.PROPOSED).first()


def change_for(user: User, slug: str, pk: int, today: date) -> ObjectiveChange:
    """One proposed change of a contract this person reads, or 404."""
    contract = contract_for(user, slug, today)
    rows = ObjectiveChange.objects.filter(version__contract=contract)
    return get_object_or_404(rows.select_related("version__contract"), pk=pk)
