"""What the programming table shows: its cells, columns, rows and sums, ready to print."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from faubourg.appraisal.states import Stance
from faubourg.awards.queries.programme.coverage import Coverage
from faubourg.awards.queries.programme.rows import (
    Plan,
)
from faubourg.awards.rules import (
    ZERO,
    MultiYearShare,
    Purse,
    bare,
    left_in,
)
from faubourg.awards.states import Outcome
from faubourg.calls.models import Envelope

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


@lru_cache(maxsize=8192)
def amount(value: Decimal) -> str:
    """In a table whose caption says "en euros", the sign is left out."""
    return bare(value)
