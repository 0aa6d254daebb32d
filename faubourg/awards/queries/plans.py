"""Where the money of an action falls short, and what its applicant answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.queries import applications_for
from faubourg.applications.rules import Asked, Budget, Line
from faubourg.applications.states import State
from faubourg.awards.models import ReducedPlan
from faubourg.awards.queries.decisions import DecisionLine
from faubourg.awards.rules import ZERO, shortfall
from faubourg.calls.models import Call
from faubourg.contracts.rules import Standing

SETTLED = (State.DECIDED, State.VALIDATED, State.NOTIFIED)
COUNTED = 100
"""Budgets that no longer hold are counted up to this many over all calls; past it, each says « ou plus »."""


@dataclass(frozen=True)
class Gap:
    """What is missing from a plan, and what is known of the last reduced plan, if there is one."""

    missing: Decimal
    granted: Decimal
    answered: Decimal | None = None
    asked_at: datetime | None = None
    confirmed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Money is missing and nobody has confirmed a plan for what is granted today."""
        return bool(self.missing) and not self.is_answered

    @property
    def is_answered(self) -> bool:
        return self.confirmed_at is not None and self.answered == self.granted

    @property
    def is_asked(self) -> bool:
        return self.asked_at is not None and self.confirmed_at is None


def gap_of(application: Application, lines: Sequence[DecisionLine]) -> Gap:
    """Recomputed from the decisions each time it is read; a decision reopened leaves nothing to answer."""
    verdicts = [line.verdict for line in lines]
    granted = sum((one.awarded for one in verdicts), ZERO)
    known = lines[0] if lines else None
    if known is None or application.state not in SETTLED:
        return Gap(ZERO, granted)
    return Gap(shortfall(verdicts), granted, known.plan_granted, known.plan_asked_at, known.plan_confirmed_at)


def plan_for(standing: Standing, application_pk: int) -> ReducedPlan:
    """The last reduced plan of a dossier one may read, or 404."""
    application = get_object_or_404(applications_for(standing), pk=application_pk)
    plan = get_object_or_404(
        ReducedPlan.objects.filter(application=application).select_related("asked_by", "confirmed_by")[:1]
    )
    plan.application = application
    return plan


def lines_of(plan: ReducedPlan) -> list[Line]:
    return [Line(one.side, one.account, one.amount or ZERO, one.label) for one in plan.lines.all()]


def short_of_money(contracts: Iterable[int], ties: Iterable[int]) -> Counter[tuple[int, str]]:
    """{(call, title): decided dossiers whose budget no longer holds, and about which nothing is asked}.

    Reading stops at COUNTED dossiers: home costs the same whatever waits. A funder never gives more than it
    is asked (PRG-10), so a budget is short where one gave something and one gave less than it was asked.
    Each dossier is asked in its turn: put as EXISTS, PostgreSQL first reads every decision ever made.
    """
    asked = FundingRequest.objects.filter(application=OuterRef("pk")).order_by()
    granted = asked.values("application").annotate(total=Sum("decision__awarded_amount"))
    plans = ReducedPlan.objects.filter(application=OuterRef("pk"))
    settled = plans.filter(Q(confirmed_at__isnull=True) | Q(granted_amount=OuterRef("granted")))
    calls = Call.objects.filter(contract__in=contracts)
    rows = (
        Application.objects.filter(call__in=calls.values("pk"), state=State.DECIDED)
        .alias(
            given=Subquery(asked.filter(decision__awarded_amount__gt=0).values("pk")[:1]),
            lacking=Subquery(
                asked.filter(decision__awarded_amount__lt=F("requested_amount")).values("pk")[:1]
            ),
        )
        .filter(
            given__isnull=False,
            lacking__isnull=False,
        )
        .annotate(granted=Subquery(granted.values("total")))
        .filter(~Exists(settled))
        .exclude(applicant__in=ties)
        .order_by()
        .values_list("call", "call__title")
    )
    return Counter((call, title) for call, title in rows[:COUNTED])


def figures_of(plan: ReducedPlan) -> Budget:
    """The totals of the plan as it stands, with what is granted in place of what was asked."""
    return Budget(tuple(lines_of(plan)), (Asked("Financeurs de l'appel", plan.granted_amount),))
