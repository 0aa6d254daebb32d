"""The column of one funder: what it is asked, what it has answered, what it still owes."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.shortcuts import get_object_or_404

from faubourg.applications.models import FundingRequest
from faubourg.applications.states import State
from faubourg.appraisal.models import FundingProposal
from faubourg.awards.models import FinalColumn, FundingDecision
from faubourg.awards.queries.programme.rows import LastYear
from faubourg.awards.rules import bare
from faubourg.awards.states import FundingOutcome
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.rules import Standing

OPEN = (State.REVIEWED, State.DECIDED)


@dataclass(frozen=True)
class ColumnRow:
    """One dossier in the column, every value ready to print."""

    request_id: int
    application_id: int
    label: str
    applicant: str
    asked: Decimal
    proposed: Decimal | None
    last_year: Decimal | None
    answer: str
    version: int


def envelope_for(call: Call, pk: int) -> Envelope:
    """One column of this call, or 404."""
    envelope: Envelope = get_object_or_404(
        Envelope.objects.select_related("funder", "call__contract"), pk=pk, call=call
    )
    return envelope


def final_mark_of(envelope: Envelope) -> FinalColumn | None:
    return FinalColumn.objects.filter(envelope=envelope).select_related("marked_by").first()


def column_rows(
    envelope: Envelope, standing: Standing, *, everything: bool, sent: Collection[int] = ()
) -> Any:
    """What may be decided now, all of it or what is not decided yet; never what one is tied to (B2.5).

    `sent`: the lines of a form that comes back, whatever has become of them meanwhile.
    """
    rows = FundingRequest.objects.filter(
        envelope=envelope, application__state__in=OPEN, application__submitted_at__isnull=False
    ).exclude(application__applicant__in=standing.ties)
    if sent:
        rows = rows.filter(pk__in=sent)
    elif not everything:
        rows = rows.exclude(decision__outcome__in=(FundingOutcome.GRANTED, FundingOutcome.REJECTED))
    proposal = FundingProposal.objects.filter(application=OuterRef("application"), envelope=envelope)
    return (
        rows.select_related("application__applicant")
        .annotate(
            proposed=Subquery(proposal.values("proposed_amount")[:1]),
            outcome=F("decision__outcome"),
            awarded=F("decision__awarded_amount"),
            decision_version=F("decision__version"),
        )
        .order_by("application__number", "pk")
    )


def as_rows(envelope: Envelope, found: Any) -> list[ColumnRow]:
    last_year = LastYear(envelope.call)
    return [
        ColumnRow(
            row.pk,
            row.application_id,
            str(row.application),
            row.application.applicant.name,
            row.requested_amount,
            row.proposed,
            last_year.of(row.application.applicant_id, row.application.title, envelope.funder_id),
            _answer(row),
            row.decision_version or 0,
        )
        for row in found
    ]


def still_to_decide(envelope: Envelope) -> Any:
    """The dossiers a committee has spoken of, to which this funder owes a final answer."""
    final = FundingDecision.objects.filter(funding_request=OuterRef("pk")).exclude(
        outcome=FundingOutcome.DEFERRED
    )
    return FundingRequest.objects.filter(~Exists(final), envelope=envelope, application__state__in=OPEN)


def is_over(envelope: Envelope) -> bool:
    """The steering committee has validated all that this funder decided."""
    asked = FundingRequest.objects.filter(envelope=envelope)
    is_open = asked.filter(application__state__in=OPEN).exists()
    return not is_open and asked.filter(application__state__in=(State.VALIDATED, State.NOTIFIED)).exists()


def _answer(row: Any) -> str:
    if row.outcome == FundingOutcome.GRANTED:
        return bare(row.awarded)
    return "0" if row.outcome == FundingOutcome.REJECTED else ""
