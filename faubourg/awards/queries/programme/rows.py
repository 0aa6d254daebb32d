"""What the programming table is made of, one query each however many dossiers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery, Sum, Value
from django.db.models.fields import IntegerField

from faubourg.applications.models import Application, BudgetLine, FundingRequest
from faubourg.applications.rules import ACCOUNTS
from faubourg.applications.states import Side, State
from faubourg.appraisal.models import FundingProposal, Opinion
from faubourg.awards.models import FundingDecision, ReducedPlan, Scenario
from faubourg.awards.rules import ZERO, Tried
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.models import Objective
from faubourg.toolkit.folding import fold

OFF_THE_TABLE = (State.DRAFT, State.WITHDRAWN, State.INADMISSIBLE)
PUBLIC_ACCOUNTS = [account.code for account in ACCOUNTS if account.is_public]


class Asked(NamedTuple):
    """One funder, one dossier, everything that is known of them."""

    pk: int
    asked: Decimal
    proposed: Decimal | None
    outcome: str
    awarded: Decimal
    waiting_rank: int | None
    tried: Tried
    version: int


@dataclass(frozen=True)
class Plan:
    """What an action costs, and what public money its budget counts on beside the funders of the call."""

    cost: Decimal | None = None
    other_public: Decimal = ZERO


def envelopes_of(call: Call) -> Any:
    """The columns, with `final_at`: when their funder said it was done, if it did."""
    return (
        Envelope.objects.filter(call=call).select_related("funder").annotate(final_at=F("final__marked_at"))
    )


def on_the_table(call: Call) -> Any:
    """The dossiers that funders share money between."""
    return Application.objects.filter(call=call, submitted_at__isnull=False).exclude(state__in=OFF_THE_TABLE)


def applications_of(call: Call) -> Iterable[Any]:
    """The dossiers on the table, with the opinion of their last committee."""
    spoken = Opinion.objects.filter(application=OuterRef("pk"), tabled__isnull=False).order_by("-given_at")
    confirmed = ReducedPlan.objects.filter(application=OuterRef("pk"), confirmed_at__isnull=False)
    found: Iterable[Any] = (
        on_the_table(call)
        .annotate(
            stance=Subquery(spoken.values("stance")[:1]),
            answered_at=Subquery(confirmed.values("granted_amount")[:1]),
        )
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
            "answered_at",
        )
    )
    return found


def requests_of(call: Call, scenario: Scenario | None = None) -> dict[int, dict[int, Asked]]:
    """{dossier: {envelope: what is known}}, with what a scenario tries when one is given."""
    proposal = FundingProposal.objects.filter(
        application=OuterRef("application"), envelope=OuterRef("envelope")
    )
    requests = FundingRequest.objects.filter(application__call=call).order_by()
    nothing: Any = Value(None, output_field=IntegerField())
    tried: tuple[Any, ...] = (nothing, nothing, nothing)
    if scenario is not None:
        requests = requests.annotate(cell=FilteredRelation("tried", condition=Q(tried__scenario=scenario)))
        tried = (F("cell__amount"), F("cell__waiting_rank"), F("cell__version"))
    found: dict[int, dict[int, Asked]] = defaultdict(dict)
    for (
        application,
        envelope,
        pk,
        asked,
        proposed,
        outcome,
        awarded,
        rank,
        *cell,
    ) in requests.values_list(
        "application_id",
        "envelope_id",
        "pk",
        "requested_amount",
        Subquery(proposal.values("proposed_amount")[:1]),
        F("decision__outcome"),
        F("decision__awarded_amount"),
        F("waiting__rank"),
        *tried,
    ):
        found[application][envelope] = Asked(
            pk, asked, proposed, outcome or "", awarded or ZERO, rank,
            Tried(cell[0], cell[1] is not None), cell[2] or 0,
        )  # fmt: skip
    return found


def opened_objectives(call: Call) -> list[str]:
    """ "1.1 Plus vert": what the call is open to."""
    opened = Objective.objects.filter(
        pk__in=call.objectives.through.objects.filter(call=call).values("objective")
    )
    return [f"{code} {label}" for code, label in opened.order_by("position").values_list("code", "label")]


def plans_of(call: Call) -> dict[int, Plan]:
    """{dossier: its cost and the other public money of its budget}."""
    rows = BudgetLine.objects.filter(application__call=call).order_by().values_list("application")
    sums = rows.annotate(
        cost=Sum("amount", filter=Q(side=Side.EXPENSE)),
        public=Sum("amount", filter=Q(side=Side.INCOME, account__in=PUBLIC_ACCOUNTS)),
    )
    return {pk: Plan(cost, public or ZERO) for pk, cost, public in sums}


class LastYear:
    """What funders granted the year before to the same action of the same applicant."""

    def __init__(self, call: Call) -> None:
        self.year = call.year - 1
        granted = FundingDecision.objects.filter(
            funding_request__application__call__contract=call.contract_id,
            funding_request__application__call__year=self.year,
            awarded_amount__gt=0,
        )
        self.amounts: dict[tuple[int, str, int], Decimal] = defaultdict(Decimal)
        for applicant, title, funder, amount in granted.order_by().values_list(
            "funding_request__application__applicant",
            "funding_request__application__title",
            "funding_request__envelope__funder",
            "awarded_amount",
        ):
            self.amounts[applicant, same(title), funder] += amount

    def of(self, applicant_id: int, title: str, funder_id: int) -> Decimal | None:
        return self.amounts.get((applicant_id, same(title), funder_id)) if self.amounts else None


def same(title: str) -> str:
    """ "Jardins partagés 2027" goes on from "Jardins partagés 2026": digits and accents do not tell apart."""
    return " ".join("".join(" " if letter.isdigit() else letter for letter in fold(title)).split())
