"""The whole table, its sums and what it covers. With a scenario, its cells hold what the scenario tries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.appraisal.states import Stance
from faubourg.awards.models import Scenario
from faubourg.awards.queries.axes import attachments_of
from faubourg.awards.queries.calls import awards_calls_for
from faubourg.awards.queries.programme.coverage import Coverage, Coverages
from faubourg.awards.queries.programme.rows import (
    Asked,
    LastYear,
    Plan,
    applications_of,
    envelopes_of,
    on_the_table,
    opened_objectives,
    plans_of,
    requests_of,
)
from faubourg.awards.rules import (
    ZERO,
    MultiYearShare,
    Purse,
    Verdict,
    bare,
    left_in,
    multi_year_share,
    outcome,
    row_problem,
)
from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.models import Parameter
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role

MULTI_YEAR_TARGET = "cpo.part"
NOT_PUBLIC = "déport"
CELL_TONES = {"": "open", FundingOutcome.GRANTED: "granted", FundingOutcome.REJECTED: "rejected"}
SHORT_STANCES = {
    Stance.FAVOURABLE: "Favorable",
    Stance.RESERVED: "Réservé",
    Stance.UNFAVOURABLE: "Défavorable",
    Stance.TO_REWORK: "À revoir",
    Stance.OUT_OF_SCOPE: "Hors champ",
}


class Cell(NamedTuple):
    """One funder, one dossier: the answer or what is tried, what else is known of it, where to act.

    `key` is "request.version" in a scenario this person may write in.
    """

    answer: str = ""
    facts: str = ""
    tone: str = ""
    url: str = ""
    key: str = ""


EMPTY = Cell()


@dataclass
class Column:
    """One envelope, and the sums of its column over the whole call."""

    envelope: Envelope
    asked: Decimal = ZERO
    proposed: Decimal = ZERO
    decided: Decimal = ZERO
    tried: Decimal = ZERO
    waiting: Decimal = ZERO
    final_at: datetime | None = None
    is_mine: bool = False

    @property
    def left(self) -> Decimal | None:
        return left_in(self.envelope.amount, [self.decided])

    @property
    def purse(self) -> Purse:
        """The envelope facing the scenario."""
        return Purse(str(self.envelope), self.envelope.amount, self.tried, self.waiting)

    @property
    def is_exceeded_by_proposals(self) -> bool:
        return self.envelope.amount is not None and self.proposed > self.envelope.amount


@dataclass
class Row:
    """One dossier, every value ready to print."""

    pk: int
    number: str
    title: str
    applicant: str
    objectives: str
    stance: str
    outcome: Outcome
    is_multi_year: bool
    state: str
    url: str
    cells: list[Cell] = field(default_factory=list)
    asked: Decimal = ZERO
    proposed: Decimal = ZERO
    decided: Decimal = ZERO
    tried: Decimal = ZERO
    plan: Plan = field(default_factory=Plan)
    covers: str = ""
    problem: str = ""
    answered_at: Decimal | None = None
    awaits_me: bool = False

    @property
    def asked_text(self) -> str:
        return amount(self.asked)

    @property
    def decided_text(self) -> str:
        return amount(self.decided) if self.outcome != Outcome.PENDING or self.decided else ""

    @property
    def tried_text(self) -> str:
        return amount(self.tried)

    @property
    def gap(self) -> str:
        """Granted minus asked, once everybody has answered."""
        return amount(self.decided - self.asked) if self.outcome != Outcome.PENDING else ""

    @property
    def tried_gap(self) -> str:
        return amount(self.tried - self.asked)

    @property
    def most(self) -> str:
        """Cents that public money may reach, for those who type; nothing when the cost is not known."""
        most = None if self.plan.cost is None else self.plan.cost - self.plan.other_public
        return "" if most is None else str(int(most * 100))

    @property
    def missing(self) -> str:
        """What the budget lacks since funders gave less, unless its reduced plan is confirmed at that sum."""
        is_short = self.outcome == Outcome.PARTLY_GRANTED and self.answered_at != self.decided
        return amount(self.asked - self.decided) if is_short else ""

    @property
    def outcome_label(self) -> str:
        return str(self.outcome.label)


@dataclass(frozen=True)
class Filters:
    """What the address of the page asks to see."""

    objective: str = ""
    stance: str = ""
    outcome: str = ""
    mine: bool = False

    def __bool__(self) -> bool:
        return bool(self.objective or self.stance or self.outcome or self.mine)


@dataclass(frozen=True)
class Programme:
    """The whole table, its totals and what it leaves uncovered."""

    columns: list[Column]
    rows: list[Row]
    objectives: list[tuple[str, str]]
    coverage: list[Coverage]
    uncovered: list[str]
    share: MultiYearShare
    target: Decimal | None
    has_mine: bool
    count: int
    problems: list[tuple[str, str]]

    @property
    def asked(self) -> Decimal:
        return sum((column.asked for column in self.columns), ZERO)

    @property
    def proposed(self) -> Decimal:
        return sum((column.proposed for column in self.columns), ZERO)

    @property
    def decided(self) -> Decimal:
        return sum((column.decided for column in self.columns), ZERO)

    @property
    def tried(self) -> Decimal:
        return sum((column.tried for column in self.columns), ZERO)

    @property
    def is_under_target(self) -> bool:
        return self.share.is_under(self.target)


def programme_call_for(standing: Standing, pk: int, today: date) -> Call:
    """The call, with `multi_year_target`: the rate in force of three-year agreements (PRG-11), or None."""
    call: Call = get_object_or_404(with_target(awards_calls_for(standing), today), pk=pk)
    return call


def with_target(rows: Any, today: date, *, contract: str = "contract") -> Any:
    """With the rate of three-year agreements that their contract aims at."""
    in_force = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    target = Parameter.objects.filter(in_force, contract=OuterRef(contract), code=MULTI_YEAR_TARGET)
    return rows.annotate(multi_year_target=Subquery(target.order_by("-from_on").values("value")[:1]))


def programme(
    call: Call,
    standing: Standing,
    filters: Filters,
    *,
    scenario: Scenario | None = None,
    is_mine: bool = False,
) -> Programme:
    """Read everything, add up, then keep the rows asked for: sums are always those of the whole call.

    `is_mine`: this person may write in the scenario.
    """
    mine = standing.organisations(call.contract_id, Role.FUNDER_DECIDER)
    columns = [
        Column(envelope, final_at=envelope.final_at, is_mine=envelope.funder_id in mine)
        for envelope in envelopes_of(call)
    ]
    opened = opened_objectives(call)
    touched = attachments_of(Application.objects.filter(pk__in=on_the_table(call).values("pk")))
    covered = Coverages(touched, opened)
    reader = _Reader(call, standing, columns, touched.objectives, scenario, is_mine)
    rows = [reader.row(values) for values in applications_of(call)]
    for row in rows:
        row.covers = covered.add(row.pk, row.tried if scenario else row.decided)
    answered = {label for labels in touched.objectives.values() for label in labels}
    funded = {label for label, line in covered.objectives.lines.items() if line.number}
    return Programme(
        columns=columns,
        rows=[row for row in rows if _is_asked_for(row, filters)],
        objectives=[(label.split(" ", 1)[0], label) for label in opened],
        coverage=covered.all,
        uncovered=[label for label in opened if label not in (funded if scenario else answered)],
        share=multi_year_share((row.tried if scenario else row.decided, row.is_multi_year) for row in rows),
        target=target_rate(getattr(call, "multi_year_target", None)),
        has_mine=any(column.is_mine for column in columns),
        count=len(rows),
        problems=_problems(columns, rows) if scenario else [],
    )


def target_rate(value: Decimal | None) -> Decimal | None:
    """A rate between 0 and 1, written as 0.5 or as 50."""
    return None if value is None else value / 100 if value > 1 else value


@lru_cache(maxsize=8192)
def amount(value: Decimal) -> str:
    """In a table whose caption says "en euros", the sign is left out."""
    return bare(value)


class _Reader:
    """Turns the rows of the database into rows of the table, adding up the columns as it goes."""

    def __init__(
        self,
        call: Call,
        standing: Standing,
        columns: list[Column],
        labels: Mapping[int, Any],
        scenario: Scenario | None,
        is_mine: bool,
    ) -> None:
        self.standing = standing
        self.columns = {column.envelope.pk: column for column in columns}
        self.labels = labels
        self.scenario, self.is_mine = scenario, is_mine
        self.requests = requests_of(call, scenario)
        self.plans = plans_of(call) if scenario else {}
        self.last_year = LastYear(call)
        self.page = reverse("portal:application", args=[0])
        self.door = reverse("awards:decide", args=[0, 0])

    def row(self, values: Any) -> Row:
        """B2.5: whoever is tied to the applicant reads neither the opinion nor what is proposed or tried."""
        tied = self.standing.is_tied_to(values["applicant_id"])
        stance = SHORT_STANCES.get(values["stance"], "")
        found = self.requests.get(values["pk"], {})
        row = Row(
            pk=values["pk"],
            number=values["number"],
            title=values["title"],
            applicant=values["applicant__short_name"] or values["applicant__name"],
            objectives=", ".join(label.split(" ", 1)[0] for label in self.labels.get(values["pk"], ())),
            stance=NOT_PUBLIC if tied and stance else stance,
            outcome=outcome([Verdict(one.asked, one.outcome, one.awarded) for one in found.values()]),
            is_multi_year=values["is_multi_year"],
            state=values["state"],
            url=self.page.replace("/0/", f"/{values['pk']}/"),
            plan=self.plans.get(values["pk"], Plan()),
            answered_at=values["answered_at"],
        )
        is_open = values["state"] in (State.REVIEWED, State.DECIDED) and not tied
        for key, column in self.columns.items():
            one = found.get(key)
            if one is None:
                row.cells.append(EMPTY)
                continue
            self._add(row, column, one, tied)
            last = self.last_year.of(values["applicant_id"], row.title, column.envelope.funder_id)
            facts = [f"dem. {amount(one.asked)}"]
            if one.proposed is not None and not tied:
                facts.append(f"prop. {amount(one.proposed)}")
            if last is not None:
                facts.append(f"{self.last_year.year} : {amount(last)}")
            make = self._tried if self.scenario else self._decided
            row.cells.append(make(row, column, one, tied, is_open, facts))
        if self.scenario and not tied:
            row.problem = row_problem(
                (one.tried for one in found.values()), cost=row.plan.cost, other_public=row.plan.other_public
            )
        return row

    def _add(self, row: Row, column: Column, one: Asked, tied: bool) -> None:
        row.asked += one.asked
        row.decided += one.awarded
        column.asked += one.asked
        column.decided += one.awarded
        column.tried += one.tried.spends
        if one.tried.waits and one.tried.amount:
            column.waiting += one.tried.amount
        if one.proposed is not None:
            column.proposed += one.proposed
        if not tied:
            row.proposed += one.proposed or ZERO
            row.tried += one.tried.spends

    def _decided(
        self, row: Row, column: Column, one: Asked, tied: bool, is_open: bool, facts: list[str]
    ) -> Cell:
        may_decide = is_open and column.is_mine and column.final_at is None
        if may_decide and one.outcome in ("", FundingOutcome.DEFERRED):
            row.awaits_me = True
        if one.waiting_rank is not None:
            facts.append(f"liste compl. n° {one.waiting_rank}")
        return Cell(
            _answer(one) or ("Décider" if may_decide else "…"),
            "<br>".join(facts),
            CELL_TONES.get(one.outcome, "deferred"),
            self.door.replace("/0/", f"/{row.pk}/", 1).replace("/0/", f"/{one.pk}/") if may_decide else "",
        )

    def _tried(
        self, row: Row, column: Column, one: Asked, tied: bool, is_open: bool, facts: list[str]
    ) -> Cell:
        if tied:
            return Cell(NOT_PUBLIC, facts[0], "open")
        if one.outcome:
            facts.append(f"déc. {_answer(one)}")
        tone = "waiting" if one.tried.waits else "granted" if one.tried.amount else "open"
        return Cell(
            one.tried.text, "<br>".join(facts), tone, key=f"{one.pk}.{one.version}" if self.is_mine else ""
        )


def _answer(one: Asked) -> str:
    if not one.outcome:
        return ""
    return amount(one.awarded) if one.awarded else str(FundingOutcome(one.outcome).label)


def _problems(columns: list[Column], rows: list[Row]) -> list[tuple[str, str]]:
    """(where, why) of everything that forbids to adopt the scenario (PRG-9)."""
    found = [(f"colonne-{column.envelope.pk}", column.purse.problem) for column in columns]
    found += [(f"dossier-{row.pk}", f"{row.number} {row.title} : {row.problem}" if row.problem else "")
              for row in rows]  # fmt: skip
    return [(where, why) for where, why in found if why]


def _is_asked_for(row: Row, filters: Filters) -> bool:
    return (
        (not filters.objective or filters.objective in row.objectives.split(", "))
        and (not filters.stance or row.stance == SHORT_STANCES.get(Stance(filters.stance)))
        and (not filters.outcome or row.outcome == filters.outcome)
        and (not filters.mine or row.awaits_me)
    )
