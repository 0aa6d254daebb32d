"""One funder, one dossier: what was asked, proposed, decided; and what bounds a decision."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.shortcuts import get_object_or_404
from django.urls import reverse

from faubourg.applications.models import Application, BudgetLine, FundingRequest
from faubourg.applications.queries import applications_for
from faubourg.applications.rules import account_named
from faubourg.applications.states import Side, State
from faubourg.appraisal.models import FundingProposal
from faubourg.awards.models import FundingDecision, ReducedPlan
from faubourg.awards.queries.axes import axes_of
from faubourg.awards.rules import ZERO, Limits, Verdict, left_in
from faubourg.awards.states import ActKind, FundingOutcome
from faubourg.calls.models import Envelope
from faubourg.contracts.rules import Standing
from faubourg.toolkit.days import format_day

WORDS = ("outcome", "act_kind", "act_number", "charged_to", "reason", "conditions")
PLAN = {"plan_granted": "granted_amount", "plan_asked_at": "asked_at", "plan_confirmed_at": "confirmed_at"}
"""What is known of the last reduced plan of the dossier, read with each of its lines: no query more."""
FIGURES = ("proposed", "awarded", "decided_on", "covers_from", "covers_until", *PLAN)
TONES = {
    FundingOutcome.GRANTED: "success",
    FundingOutcome.REJECTED: "danger",
    FundingOutcome.DEFERRED: "warning",
}


@dataclass(frozen=True)
class DecisionLine:
    """What one funder was asked and answered. No outcome yet: `outcome` is empty, amounts are None."""

    request_id: int
    application_id: int
    envelope: Envelope
    requested: Decimal
    proposed: Decimal | None = None
    outcome: str = ""
    awarded: Decimal | None = None
    act_kind: str = ""
    act_number: str = ""
    decided_on: date | None = None
    charged_to: str = ""
    covers_from: date | None = None
    covers_until: date | None = None
    reason: str = ""
    conditions: str = ""
    may_decide: bool = False
    plan_granted: Decimal | None = None
    plan_asked_at: datetime | None = None
    plan_confirmed_at: datetime | None = None

    @property
    def funder(self) -> str:
        return self.envelope.funder.name

    @property
    def outcome_label(self) -> str:
        return str(FundingOutcome(self.outcome).label) if self.outcome else "En attente"

    @property
    def tone(self) -> str:
        return TONES[FundingOutcome(self.outcome)] if self.outcome else "neutral"

    @property
    def act(self) -> str:
        """ "Arrêté n° 2027-12", or nothing."""
        kind = str(ActKind(self.act_kind).label) if self.act_kind else ""
        return " ".join(filter(None, [kind, f"n° {self.act_number}" if self.act_number else ""]))

    @property
    def period(self) -> str:
        """ "du 1er mars 2027 au 31 décembre 2027", or nothing."""
        if self.covers_from is None or self.covers_until is None:
            return ""
        return f"du {format_day(self.covers_from)} au {format_day(self.covers_until)}"

    @property
    def verdict(self) -> Verdict:
        return Verdict(self.requested, self.outcome, self.awarded or ZERO)

    @property
    def url(self) -> str:
        return reverse("awards:decide", args=[self.application_id, self.request_id])


def decisions_of(applications: Iterable[Application]) -> dict[int, list[DecisionLine]]:
    """{dossier: its funders, in the order of the call} for as many dossiers as one likes: one query."""
    keys = [application.pk for application in applications]
    proposal = FundingProposal.objects.filter(
        application=OuterRef("application"), envelope=OuterRef("envelope")
    ).values("proposed_amount")
    plan = ReducedPlan.objects.filter(application=OuterRef("application"))
    requests = (
        FundingRequest.objects.filter(application__in=keys)
        .select_related("envelope__funder")
        .annotate(
            proposed=Subquery(proposal[:1]),
            outcome=F("decision__outcome"),
            awarded=F("decision__awarded_amount"),
            act_kind=F("decision__act_kind"),
            act_number=F("decision__act_number"),
            decided_on=F("decision__decided_on"),
            charged_to=F("decision__charged_to"),
            covers_from=F("decision__covers_from"),
            covers_until=F("decision__covers_until"),
            reason=F("decision__reason"),
            conditions=F("decision__conditions"),
            **{name: Subquery(plan.values(column)[:1]) for name, column in PLAN.items()},
        )
        .order_by("application", "envelope__position", "pk")
    )
    found: dict[int, list[DecisionLine]] = defaultdict(list)
    for row in requests:
        found[row.application_id].append(_line(row))
    return {key: found[key] for key in keys}


def funding_request_for(standing: Standing, application_pk: int, pk: int) -> FundingRequest:
    """What one funder is asked, or 404 when this person may not read the dossier."""
    application = get_object_or_404(applications_for(standing), pk=application_pk)
    request = get_object_or_404(
        FundingRequest.objects.select_related("envelope__funder"), pk=pk, application=application
    )
    request.application = application
    return request


def decision_of(request: FundingRequest) -> FundingDecision | None:
    return FundingDecision.objects.filter(funding_request=request).select_related("recorded_by").first()


def lock_envelope(pk: int) -> Envelope:
    """Under a row lock: two funders' clerks cannot spend the same euro (FIN-2)."""
    # Locked bare, then read with its funder: PostgreSQL refuses to lock through an outer join.
    Envelope.objects.select_for_update().get(pk=pk)
    return Envelope.objects.select_related("funder", "call").get(pk=pk)


def limits_of(request: FundingRequest, envelope: Envelope) -> Limits:
    """What bounds a decision on this request, this decision itself left aside (PRG-9, GEO-6, FIN-1)."""
    application = request.application
    others = FundingDecision.objects.exclude(funding_request=request).exclude(
        funding_request__application__state=State.WITHDRAWN
    )  # what is withdrawn gives its money back
    spent = _sum(others.filter(funding_request__envelope=envelope).aggregate(total=Sum("awarded_amount")))
    granted = _sum(
        others.filter(funding_request__application=application).aggregate(total=Sum("awarded_amount"))
    )
    lines = list(BudgetLine.objects.filter(application=application).values_list("side", "account", "amount"))
    expenses = [amount for side, _, amount in lines if side == Side.EXPENSE]
    public = [
        amount
        for side, code, amount in lines
        if side == Side.INCOME and (account := account_named(code)) and account.is_public
    ]
    aimed_at = [
        place.neighbourhood.is_qpv
        for place in application.territories.select_related("neighbourhood")
        if place.residents_count
    ]
    return Limits(
        requested=request.requested_amount,
        left_in_envelope=left_in(envelope.amount, [spent]),
        eligible_cost=sum(expenses, ZERO) if expenses else None,
        other_public=granted + sum(public, ZERO),
        lacks_relay_plan=(
            envelope.is_p147 and bool(aimed_at) and not any(aimed_at) and not application.relay_plan.strip()
        ),
        axes=axes_of(application, envelope),
    )


def _line(row: FundingRequest) -> DecisionLine:
    kept: dict[str, Any] = {name: getattr(row, name) for name in FIGURES}
    words: dict[str, Any] = {name: getattr(row, name) or "" for name in WORDS}
    return DecisionLine(row.pk, row.application_id, row.envelope, row.requested_amount, **kept, **words)


def _sum(aggregate: dict[str, Decimal | None]) -> Decimal:
    return aggregate["total"] or ZERO
