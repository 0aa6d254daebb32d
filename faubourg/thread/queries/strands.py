"""The thread, objective by objective: what was said, what is done about it, what residents were told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet

from faubourg.applications.models import Application
from faubourg.awards.queries import DecisionLine, decisions_of
from faubourg.awards.states import FundingOutcome
from faubourg.consultation.models import Contribution, ObjectiveLink
from faubourg.consultation.states import ContributionState
from faubourg.contracts.models import Objective
from faubourg.contracts.states import ObjectiveLevel
from faubourg.thread.models import Feedback
from faubourg.thread.queries.readers import Reader
from faubourg.thread.rules import Counts, breaks_of

SHOWN = 20
"""Words shown of each objective: the templates slice there."""
Rows = Mapping[int, int]
"""{objective: the objective whose row it is counted in}: an operational one with its strategic one."""


@dataclass(frozen=True)
class Said:
    """Words that lead to an objective, and why."""

    contribution: Contribution
    reason: str


@dataclass(frozen=True)
class Act:
    """An action of an applicant, what funders grant it, what residents were told of it."""

    application: Application
    granted: Sequence[DecisionLine]
    told: Sequence[Feedback]

    @property
    def awarded_amount(self) -> Decimal:
        return sum((line.awarded for line in self.granted if line.awarded), Decimal(0))

    @property
    def is_funded(self) -> bool:
        return self.awarded_amount > 0


@dataclass
class Strand:
    """One objective and everything that hangs together there."""

    objective: Objective
    said: list[Said] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    told_of_it: list[Feedback] = field(default_factory=list)

    @property
    def more_said(self) -> int:
        """How many words a page leaves out."""
        return max(len(self.said) - SHOWN, 0)

    @property
    def funded(self) -> list[Act]:
        return [act for act in self.acts if act.is_funded]

    @property
    def told(self) -> list[Feedback]:
        """What residents were told of the objective and of its actions, latest first."""
        about = {one.pk: one for one in self.told_of_it}
        about |= {one.pk: one for act in self.acts for one in act.told}
        return sorted(about.values(), key=lambda one: (one.told_on, one.pk), reverse=True)

    @property
    def awarded_amount(self) -> Decimal:
        return sum((act.awarded_amount for act in self.acts), Decimal(0))

    @property
    def counts(self) -> Counts:
        return Counts(len(self.said), len(self.acts), len(self.funded), len(self.told))

    @property
    def breaks(self) -> list[str]:
        return list(breaks_of(self.counts))


def strands_of(
    reader: Reader,
    contract_id: int,
    *,
    neighbourhood_id: int | None = None,
    words: Collection[int] | None = None,
    applications: Collection[int] | None = None,
) -> list[Strand]:
    """The thread of a contract, in the order of its objectives; eight queries, however long it is.

    `words`, `applications`: only the strands of these contributions, or of these dossiers, whole.
    """
    tree = {one.pk: one for one in Objective.objects.filter(contract=contract_id).select_related("parent")}
    rows = {pk: _row_of(one, tree) for pk, one in tree.items()}
    strands = {pk: Strand(tree[pk]) for pk in rows.values()}
    for objective_id, said in _said(reader, contract_id, neighbourhood_id, words):
        strands[rows[objective_id]].said.append(said)
    wanted = {pk for pk, strand in strands.items() if strand.said} if words is not None else strands.keys()
    objectives = [pk for pk, row in rows.items() if row in _below(wanted, tree)]
    for objective_id, act in _acts(reader, objectives, neighbourhood_id, applications):
        for row in {rows[objective_id], *_above(rows[objective_id], tree)} & strands.keys():
            if act not in strands[row].acts and (row == rows[objective_id] or strands[row].said):
                strands[row].acts.append(act)
    for told in _told(objectives, neighbourhood_id):
        strands[rows[told.objective_id or 0]].told_of_it.append(told)
    return [strand for strand in strands.values() if _is_shown(strand, words, applications)]


def _is_shown(strand: Strand, words: Collection[int] | None, applications: Collection[int] | None) -> bool:
    if words is not None:
        return bool(strand.said)
    if applications is not None:
        return bool(strand.acts)
    in_force = strand.objective.archived_on is None and strand.objective.level == ObjectiveLevel.STRATEGIC
    return in_force or bool(strand.said)


def _row_of(objective: Objective, tree: Mapping[int, Objective]) -> int:
    is_operational = objective.level == ObjectiveLevel.OPERATIONAL and objective.parent_id in tree
    return objective.parent_id if is_operational and objective.parent_id else objective.pk


def _above(pk: int, tree: Mapping[int, Objective]) -> Iterator[int]:
    while (parent := tree[pk].parent_id) in tree and parent is not None:
        yield parent
        pk = parent


def _below(wanted: Iterable[int], tree: Mapping[int, Objective]) -> set[int]:
    """These objectives and what hangs from them."""
    asked = set(wanted)
    return {pk for pk in tree if pk in asked or asked & set(_above(pk, tree))}


def _said(
    reader: Reader, contract_id: int, neighbourhood_id: int | None, words: Collection[int] | None
) -> Iterator[tuple[int, Said]]:
    """(objective, words): by a link of their own, or by that of their topic. Two queries."""
    rows = reader.words.filter(contract=contract_id).exclude(state=ContributionState.SET_ASIDE)
    if neighbourhood_id:
        rows = rows.filter(neighbourhood=neighbourhood_id)
    if words is not None:
        rows = rows.filter(pk__in=words)
    known = list(rows.select_related("gathering", "topic").order_by("said_on", "pk"))
    links = ObjectiveLink.objects.filter(
        Q(contribution__contract=contract_id) | Q(topic__contract=contract_id)
    ).values_list("objective", "contribution", "topic", "reason")
    by_words: dict[int, list[tuple[int, str]]] = defaultdict(list)
    by_topic: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for objective_id, contribution_id, topic_id, reason in links:
        if contribution_id:
            by_words[contribution_id].append((objective_id, reason))
        elif topic_id:
            by_topic[topic_id].append((objective_id, reason))
    for one in known:
        own = by_words.get(one.pk, [])
        found = dict(by_topic.get(one.topic_id or 0, [])) | dict(own)
        yield from ((objective_id, Said(one, reason)) for objective_id, reason in found.items())


def _acts(
    reader: Reader,
    objectives: Collection[int],
    neighbourhood_id: int | None,
    applications: Collection[int] | None,
) -> Iterator[tuple[int, Act]]:
    """(objective, action). Four queries."""
    aims = Application.objectives.through.objects.filter(objective__in=objectives)
    rows = reader.applications.filter(pk__in=aims.values("application"))
    if neighbourhood_id:
        rows = rows.filter(territories__neighbourhood=neighbourhood_id)
    if applications is not None:
        rows = rows.filter(pk__in=applications)
    known = {one.pk: one for one in rows.order_by("call__year", "number", "pk")}
    told: dict[int, list[Feedback]] = defaultdict(list)
    for feedback in Feedback.objects.filter(application__in=known):
        told[feedback.application_id or 0].append(feedback)
    decisions = decisions_of(known.values())
    acts = {
        pk: Act(one, _granted(decisions[pk]) if reader.sees_decisions(one) else (), told[pk])
        for pk, one in known.items()
    }
    aimed: dict[int, list[int]] = defaultdict(list)
    for application_id, objective_id in aims.values_list("application", "objective"):
        aimed[application_id].append(objective_id)
    for pk, act in acts.items():
        yield from ((objective_id, act) for objective_id in sorted(aimed[pk]))


def _told(objectives: Collection[int], neighbourhood_id: int | None) -> QuerySet[Feedback]:
    """What was told of these objectives: everywhere, or to this neighbourhood. One query."""
    rows = Feedback.objects.filter(objective__in=objectives).select_related("objective")
    if neighbourhood_id is None:
        return rows
    return rows.filter(Q(neighbourhood=None) | Q(neighbourhood=neighbourhood_id))


def _granted(lines: Iterable[DecisionLine]) -> list[DecisionLine]:
    return [line for line in lines if line.outcome == FundingOutcome.GRANTED and line.awarded]
