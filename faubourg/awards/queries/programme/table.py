"""The whole table, its sums and what it covers. With a scenario, its cells hold what the scenario tries."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.appraisal.states import Stance
from faubourg.awards.models import Scenario
from faubourg.awards.queries.axes import attachments_of
from faubourg.awards.queries.calls import awards_calls_for
from faubourg.awards.queries.programme.coverage import Coverages
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
from faubourg.awards.queries.programme.shown import (
    EMPTY,
    SHORT_STANCES,
    Cell,
    Column,
    Filters,
    Programme,
    Row,
    amount,
)
from faubourg.awards.rules import (
    ZERO,
    Verdict,
    multi_year_share,
    outcome,
    row_problem,
)
from faubourg.awards.states import FundingOutcome
from faubourg.calls.models import Call
from faubourg.contracts.models import Parameter
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role

MULTI_YEAR_TARGET = "cpo.part"
NOT_PUBLIC = "déport"
CELL_TONES = {"": "open", FundingOutcome.GRANTED: "granted", FundingOutcome.REJECTED: "rejected"}


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
