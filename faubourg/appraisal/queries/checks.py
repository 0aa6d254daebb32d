"""The computed checks of a dossier, and who stands aside from it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, When

from faubourg.accounts.models import User
from faubourg.applications.models import Application, ApplicationTerritory, BudgetLine, FundingRequest
from faubourg.applications.queries import answers_of, duplicates_of
from faubourg.applications.rules import ACCOUNTS, Answers, is_near
from faubourg.applications.states import State
from faubourg.appraisal import rules
from faubourg.appraisal.models import Correction, FinalReportDue, FundingProposal
from faubourg.calls.states import FundingLine
from faubourg.contracts.models import TeamMember
from faubourg.contracts.queries import figures
from faubourg.directory.models import Interest, Membership
from faubourg.territories.states import NeighbourhoodKind

PUBLIC_SHARE = "budget.part_publique_max"
"""Code of the contract's parameter, in per cent; without it the share is shown and nothing is said."""
THRESHOLDS = {
    "agreement": "convention.seuil",
    "accounts": "comptes.seuil",
    "pay_subsidies": "remunerations.subventions",
    "pay_budget": "remunerations.budget",
}
PUBLIC_ACCOUNTS = [account.code for account in ACCOUNTS if account.is_public]
STOPPED = (State.DRAFT, State.INADMISSIBLE, State.WITHDRAWN)


def checks_for(application: Application, today: date, answers: Answers | None = None) -> list[rules.Check]:
    """Every computed check, explained (PRG-4). About fifteen queries: for one dossier, never for a list."""
    known = figures(application.call.contract_id, [PUBLIC_SHARE, *THRESHOLDS.values()], today)
    of_the_year = _of_the_applicant(application, application.call.year)
    answers = answers or answers_of(application)
    context = rules.Context(
        today=today,
        duplicates=[str(other) for other in duplicates_of(application)],
        tied=[person.full_name for person in tied_people(application, today)],
        maximum_public_share=known.get(PUBLIC_SHARE),
        is_declared_admissible=application.state not in (*STOPPED, State.SUBMITTED, State.INCOMPLETE),
        last_year=_last_year(application),
        envelopes=_envelopes(application),
        asked_in_the_year=_asked_by_funder(of_the_year),
        public_in_the_year=_public_money(of_the_year),
        thresholds=rules.Thresholds(**{name: known.get(code) for name, code in THRESHOLDS.items()}),
        outside_qpv_last_year=_outside_qpv_last_year(application) if answers.is_p147_outside_qpv else "",
        corrections_to_accept=Correction.objects.filter(
            request__application=application, request__answered_at__isnull=False, accepted_at__isnull=True
        ).count(),
    )
    return rules.checks(answers, context)


def final_report_due(application: Application) -> FinalReportDue | None:
    """What was noted of the report its applicant owes for the year before; None: nothing was noted."""
    return FinalReportDue.objects.filter(
        contract=application.call.contract_id,
        organisation=application.applicant_id,
        year=application.call.year - 1,
    ).first()


def tied_people(application: Application, today: date) -> list[User]:
    """Who holds a seat on the contract and is tied to the applicant today (PRG-7)."""
    return list(tied_users(application, today).order_by("full_name"))


def tied_users(application: Application, today: date) -> QuerySet[User]:
    current = (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (
        Q(to_on__isnull=True) | Q(to_on__gte=today)
    )
    members = Membership.objects.filter(current, organisation=application.applicant_id).values("user")
    declared = Interest.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today), organisation=application.applicant_id
    ).values("user")
    seats = TeamMember.objects.filter(current, contract=application.call.contract_id).values("user")
    seated = seats.filter(organisation=application.applicant_id)
    tied = Q(pk__in=members) | Q(pk__in=declared) | Q(pk__in=seated)
    return User.objects.filter(tied, pk__in=seats)


# --------------------------------------------------------------------------------------------------


def _last_year(application: Application) -> rules.FinalReportKnown | None:
    noted = final_report_due(application)
    if noted is None:
        return None
    return rules.FinalReportKnown(
        noted.is_due, noted.received_on, noted.reprieve_until, noted.reprieve_reason
    )


def _of_the_applicant(application: Application, year: int) -> QuerySet[Application]:
    """Its live dossiers of a year, on every contract: the thresholds are those of the organisation."""
    others = Application.objects.filed().filter(applicant=application.applicant_id, call__year=year)
    return others.exclude(state__in=STOPPED)


def _envelopes(application: Application) -> list[rules.EnvelopeLeft]:
    elsewhere = FundingProposal.objects.filter(envelope=OuterRef("envelope")).exclude(application=application)
    going_on = elsewhere.exclude(application__state__in=STOPPED).order_by().values("envelope")
    total = going_on.annotate(total=Sum("proposed_amount")).values("total")
    requests = application.funding_requests.select_related("envelope__funder").annotate(
        proposed_elsewhere=Subquery(total)
    )
    return [
        rules.EnvelopeLeft(
            funder=str(one.envelope),
            requested=one.requested_amount,
            amount=one.envelope.amount,
            proposed_elsewhere=one.proposed_elsewhere or Decimal(),
        )
        for one in requests
    ]


def _asked_by_funder(of_the_year: QuerySet[Application]) -> list[tuple[str, Decimal]]:
    asked = FundingRequest.objects.filter(application__in=of_the_year.values("pk"))
    name = Case(
        When(envelope__funder__short_name="", then=F("envelope__funder__name")),
        default=F("envelope__funder__short_name"),
    )
    rows = asked.values_list("envelope__funder", name).annotate(total=Sum("requested_amount"))
    return [(funder, total) for _, funder, total in rows.order_by("envelope__funder")]


def _public_money(of_the_year: QuerySet[Application]) -> Decimal:
    mine: Mapping[str, Any] = {"application__in": of_the_year.values("pk")}
    asked = FundingRequest.objects.filter(**mine).aggregate(total=Sum("requested_amount"))["total"]
    lines = BudgetLine.objects.filter(**mine, account__in=PUBLIC_ACCOUNTS)
    return (asked or Decimal()) + (lines.aggregate(total=Sum("amount"))["total"] or Decimal())


def _outside_qpv_last_year(application: Application) -> str:
    """The same action, asked of P147 outside a QPV the year before on this contract (GEO-6)."""
    year = application.call.year - 1
    before = _of_the_applicant(application, year).filter(call__contract=application.call.contract_id)
    p147 = FundingRequest.objects.filter(envelope__line=FundingLine.P147)
    in_a_qpv = ApplicationTerritory.objects.filter(
        neighbourhood__kind=NeighbourhoodKind.QPV, residents_count__gt=0
    )
    found = before.filter(pk__in=p147.values("application")).exclude(pk__in=in_a_qpv.values("application"))
    twins = (one for one in found.only("number", "title") if is_near(one.title, application.title))
    return next((str(one) for one in twins), "")
