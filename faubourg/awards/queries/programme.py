"""The programming table: dossiers × funders, in four queries whatever their number, cells ready to print."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404
from django.urls import reverse

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import State
from faubourg.appraisal.models import FundingProposal, Opinion
from faubourg.appraisal.states import Stance
from faubourg.awards.queries.calls import awards_calls_for
from faubourg.awards.rules import ZERO, MultiYearShare, Verdict, left_in, multi_year_share, outcome
from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.models import Objective, Parameter
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.money import format_euros

MULTI_YEAR_TARGET = "cpo.part"
OFF_THE_TABLE = (State.DRAFT, State.WITHDRAWN, State.INADMISSIBLE)
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
    """One funder, one dossier: its answer, what was asked and proposed, where to answer for whom may."""

    answer: str = ""
    asked: str = ""
    proposed: str = ""
    tone: str = ""
    url: str = ""


EMPTY = Cell()


@dataclass
class Column:
    """One envelope, and the sums of its column over the whole call."""

    envelope: Envelope
    asked: Decimal = ZERO
    proposed: Decimal = ZERO
    decided: Decimal = ZERO

    @property
    def left(self) -> Decimal | None:
        return left_in(self.envelope.amount, [self.decided])

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
    awaits_me: bool = False

    @property
    def asked_text(self) -> str:
        return amount(self.asked)

    @property
    def decided_text(self) -> str:
        return amount(self.decided) if self.outcome != Outcome.PENDING or self.decided else ""

    @property
    def gap(self) -> str:
        """Granted minus asked, once everybody has answered."""
        return amount(self.decided - self.asked) if self.outcome != Outcome.PENDING else ""

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
    uncovered: list[str]
    share: MultiYearShare
    target: Decimal | None
    has_mine: bool
    count: int

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
    def is_under_target(self) -> bool:
        return self.share.is_under(self.target)


def programme_call_for(standing: Standing, pk: int, today: date) -> Call:
    """The call, with `multi_year_target`: the rate in force of three-year agreements (PRG-11), or None."""
    in_force = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    target = Parameter.objects.filter(in_force, contract=OuterRef("contract"), code=MULTI_YEAR_TARGET)
    calls = awards_calls_for(standing).annotate(
        multi_year_target=Subquery(target.order_by("-from_on").values("value")[:1])
    )
    return get_object_or_404(calls, pk=pk)


def programme(call: Call, standing: Standing, filters: Filters) -> Programme:
    """Read everything, add up, then keep the rows asked for: sums are always those of the whole call."""
    columns = [Column(envelope) for envelope in Envelope.objects.filter(call=call).select_related("funder")]
    codes, uncovered, objectives = _objectives(call)
    reader = _Reader(call, standing, columns, codes)
    rows = [reader.row(values) for values in _applications(call)]
    shown = [row for row in rows if _is_asked_for(row, filters)]
    return Programme(
        columns=columns,
        rows=shown,
        objectives=objectives,
        uncovered=uncovered,
        share=multi_year_share((row.decided, row.is_multi_year) for row in rows),
        target=target_rate(getattr(call, "multi_year_target", None)),
        has_mine=any(column.envelope.funder_id in reader.mine for column in columns),
        count=len(rows),
    )


def target_rate(value: Decimal | None) -> Decimal | None:
    """A rate between 0 and 1, written as 0.5 or as 50."""
    return None if value is None else value / 100 if value > 1 else value


@lru_cache(maxsize=8192)
def amount(value: Decimal) -> str:
    """In a table whose caption says "en euros", the sign is left out."""
    return format_euros(value)[:-2]


class _Reader:
    """Turns the rows of the database into rows of the table, adding up the columns as it goes."""

    def __init__(
        self, call: Call, standing: Standing, columns: list[Column], codes: Mapping[int, list[str]]
    ) -> None:
        self.standing = standing
        self.columns = {column.envelope.pk: column for column in columns}
        self.codes = codes
        self.requests = _requests(call)
        self.page = reverse("portal:application", args=[0])
        self.door = reverse("awards:decide", args=[0, 0])
        self.mine = standing.organisations(call.contract_id, Role.FUNDER_DECIDER)

    def row(self, values: Any) -> Row:
        """B2.5: whoever is tied to the applicant reads neither the opinion nor the proposals."""
        tied = self.standing.is_tied_to(values["applicant_id"])
        stance = SHORT_STANCES.get(values["stance"], "")
        found = self.requests.get(values["pk"], {})
        row = Row(
            pk=values["pk"],
            number=values["number"],
            title=values["title"],
            applicant=values["applicant__short_name"] or values["applicant__name"],
            objectives=", ".join(self.codes.get(values["pk"], [])),
            stance=NOT_PUBLIC if tied and stance else stance,
            outcome=outcome([Verdict(one[0], one[2] or "", one[3] or ZERO) for one in found.values()]),
            is_multi_year=values["is_multi_year"],
            state=values["state"],
            url=self.page.replace("/0/", f"/{values['pk']}/"),
        )
        is_open = values["state"] in (State.REVIEWED, State.DECIDED) and not tied
        for key, column in self.columns.items():
            one = found.get(key)
            row.cells.append(self._cell(row, column, one, tied, is_open) if one else EMPTY)
        return row

    def _cell(self, row: Row, column: Column, one: tuple[Any, ...], tied: bool, is_open: bool) -> Cell:
        asked, proposed, verdict, awarded, request_id = one
        row.asked += asked
        column.asked += asked
        if proposed is not None:
            column.proposed += proposed
            if not tied:
                row.proposed += proposed
        if awarded:
            row.decided += awarded
            column.decided += awarded
        may_decide = is_open and column.envelope.funder_id in self.mine
        if may_decide and verdict in (None, FundingOutcome.DEFERRED):
            row.awaits_me = True
        return Cell(
            _answer(verdict, awarded) or ("Décider" if may_decide else "…"),
            f"dem. {amount(asked)}",
            f"prop. {amount(proposed)}" if proposed is not None and not tied else "",
            CELL_TONES.get(verdict or "", "deferred"),
            self.door.replace("/0/", f"/{row.pk}/", 1).replace("/0/", f"/{request_id}/")
            if may_decide
            else "",
        )


def _answer(verdict: str | None, awarded: Decimal | None) -> str:
    if verdict is None:
        return ""
    return amount(awarded) if awarded else str(FundingOutcome(verdict).label)


def _applications(call: Call) -> Iterable[Any]:
    """The dossiers on the table, with the opinion of their last committee."""
    spoken = Opinion.objects.filter(application=OuterRef("pk"), tabled__isnull=False).order_by("-given_at")
    return (
        Application.objects.filter(call=call, submitted_at__isnull=False)
        .exclude(state__in=OFF_THE_TABLE)
        .annotate(stance=Subquery(spoken.values("stance")[:1]))
        .order_by("number", "pk")
        .values(
            "pk",
            "number",
            "title",
            "state",
            "is_multi_year",
            "applicant_id",
            "applicant__name",
            "applicant__short_name",
            "stance",
        )
    )


def _requests(call: Call) -> dict[int, dict[int, tuple[Any, ...]]]:
    """{dossier: {envelope: (asked, proposed, outcome, awarded, request)}}: one query."""
    proposal = FundingProposal.objects.filter(
        application=OuterRef("application"), envelope=OuterRef("envelope")
    )
    found: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    requests = FundingRequest.objects.filter(application__call=call).order_by()
    for application, envelope, *rest in requests.values_list(
        "application_id",
        "envelope_id",
        "requested_amount",
        Subquery(proposal.values("proposed_amount")[:1]),
        F("decision__outcome"),
        F("decision__awarded_amount"),
        "pk",
    ):
        found[application][envelope] = tuple(rest)
    return found


def _objectives(call: Call) -> tuple[dict[int, list[str]], list[str], list[tuple[str, str]]]:
    """({dossier: codes}, objectives of the call no dossier answers to, all of them as choices): one query."""
    opened = Objective.objects.filter(
        pk__in=call.objectives.through.objects.filter(call=call).values("objective")
    )
    nobody = Value(None, output_field=CharField())
    mine = Application.objects.filter(call=call, submitted_at__isnull=False, objectives__isnull=False)
    answered = mine.exclude(state__in=OFF_THE_TABLE).values_list(
        Cast("pk", CharField()), "objectives__code", "objectives__label", "objectives__position"
    )
    both = (
        opened.order_by()
        .values_list(nobody, "code", "label", "position")
        .union(answered.order_by(), all=True)
    )
    codes: dict[int, list[str]] = defaultdict(list)
    answered_codes = set()
    labels = {}
    for application, code, label, position in both:
        if application is None:
            labels[code] = (position, label)
        else:
            codes[int(application)].append(code)
            answered_codes.add(code)
    ordered = sorted(labels.items(), key=lambda item: item[1][0])
    uncovered = [f"{code} {label}" for code, (_, label) in ordered if code not in answered_codes]
    return codes, uncovered, [(code, f"{code} {label}") for code, (_, label) in ordered]


def _is_asked_for(row: Row, filters: Filters) -> bool:
    return (
        (not filters.objective or filters.objective in row.objectives.split(", "))
        and (not filters.stance or row.stance == SHORT_STANCES.get(Stance(filters.stance)))
        and (not filters.outcome or row.outcome == filters.outcome)
        and (not filters.mine or row.awaits_me)
    )
