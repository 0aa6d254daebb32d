"""The home page: what moves and where the campaign stands (what waits is in `todos`)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import TRANSMITTED, State
from faubourg.awards.models import FundingDecision
from faubourg.calls.models import Call, Envelope
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.journal.models import Entry
from faubourg.portal.queries.todos import StateCounts

EUROS = DecimalField(max_digits=14, decimal_places=2)
TOLD = (*GIP_ROLES, Role.PREFECT_DELEGATE, Role.FUNDER_OFFICER, Role.FUNDER_DECIDER)
"""The roles that read what moves on a whole contract."""
TOLD_TO_APPLICANTS = (
    "applications.start",
    "applications.submit",
    "applications.extend",
    "applications.withdraw",
    "appraisal.declare_admissible",
    "appraisal.declare_inadmissible",
    "appraisal.ask_information",
    "appraisal.answer_information",
    "appraisal.table",
    "awards.notify",
)
"""What an applicant learns of the way of its dossiers; notes, opinions and amounts are not in it."""


@dataclass(frozen=True)
class Campaign:
    """Where a call stands: its dossiers step by step, and each envelope (`asked`, `decided`)."""

    call: Call
    filed: int
    admissible: int
    appraised: int
    reviewed: int
    decided: int
    envelopes: list[Envelope]


def calls_of(held: Standing, today: date) -> list[Call]:
    """The calls of the years that matter: those of one's contracts, or the open ones for applicants."""
    recent = Call.objects.filter(year__gte=today.year - 1).select_related("contract").order_by("closes_on")
    if held.seats:
        return list(recent.filter(contract__in=held.contracts()))
    return list(recent.filter(state=CallState.OPEN, closes_on__gte=today))


def state_counts(calls: list[Call]) -> StateCounts:
    """{call: {state: number of filed dossiers}}."""
    rows = Application.objects.filed().filter(call__in=calls).values_list("call", "state")
    counts: StateCounts = defaultdict(dict)
    for call_id, state, number in rows.annotate(number=Count("id")).order_by():
        counts[call_id][state] = number
    return counts


def campaigns(held: Standing, calls: list[Call], counts: StateCounts) -> list[Campaign]:
    """For people who hold a seat: each call that has left its draft, with its envelopes, in one query."""
    shown = [call for call in calls if call.state != CallState.DRAFT and held.sits_on(call.contract_id)]
    envelopes = defaultdict(list)
    for envelope in _envelopes(shown) if shown else ():
        envelopes[envelope.call_id].append(envelope)
    return [_campaign(call, counts.get(call.pk, {}), envelopes[call.pk]) for call in shown]


def latest_moves(held: Standing) -> QuerySet[Entry]:
    """What moved lately: on my contracts for the GIP and funders, on their own dossiers for applicants."""
    mine = Q(pk__in=())
    if held.memberships:
        own = Application.objects.filter(applicant__in=held.memberships).values("pk")
        mine |= Q(subject_type="applications.application", subject_id__in=own, verb__in=TOLD_TO_APPLICANTS)
    if contracts := held.contracts(*TOLD):
        mine |= Q(contract_id__in=contracts)
    return Entry.objects.filter(mine).order_by("-id")[:8]


def _campaign(call: Call, counts: dict[str, int], envelopes: list[Envelope]) -> Campaign:
    def number(*states: State) -> int:
        return sum(counts.get(state, 0) for state in states)

    filed = sum(counts.values())
    admissible = filed - number(State.INADMISSIBLE, State.WITHDRAWN, State.SUBMITTED, State.INCOMPLETE)
    reviewed = number(*TRANSMITTED)
    return Campaign(
        call=call,
        filed=filed,
        admissible=admissible,
        appraised=admissible - number(State.ADMISSIBLE),
        reviewed=reviewed,
        decided=reviewed - number(State.REVIEWED),
        envelopes=envelopes,
    )


def _envelopes(calls: list[Call]) -> QuerySet[Envelope]:
    """Envelopes with `asked` and `decided`, each the sum over filed dossiers."""
    requests = FundingRequest.objects.filter(
        envelope=OuterRef("pk"), application__submitted_at__isnull=False
    ).exclude(application__state__in=(State.WITHDRAWN, State.INADMISSIBLE))
    decisions = FundingDecision.objects.filter(funding_request__envelope=OuterRef("pk"))
    return (
        Envelope.objects.filter(call__in=calls)
        .select_related("funder")
        .annotate(
            asked=_total(requests, "envelope", "requested_amount"),
            decided=_total(decisions, "funding_request__envelope", "awarded_amount"),
        )
    )


def _total(rows: QuerySet[FundingRequest] | QuerySet[FundingDecision], group: str, amount: str) -> Coalesce:
    summed = rows.order_by().values(group).annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(summed, output_field=EUROS), Decimal(0), output_field=EUROS)
