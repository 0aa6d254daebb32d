"""The calls whose programme a person may read, and what their envelopes still hold."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from faubourg.applications.models import FundingRequest
from faubourg.applications.states import State
from faubourg.awards.rules import ZERO, left_in
from faubourg.calls.models import Call, Envelope
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing

Euros: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


def awards_calls_for(standing: Standing) -> QuerySet[Call]:
    """The calls of the contracts one sits on: applicants read their own dossier, not the programme."""
    return (
        Call.objects.filter(contract__in=standing.contracts())
        .exclude(state=CallState.DRAFT)
        .select_related("contract")
    )


def awards_call_for(standing: Standing, pk: int) -> Call:
    """One call, or 404 when this person has no seat on its contract."""
    return get_object_or_404(awards_calls_for(standing), pk=pk)


@dataclass(frozen=True)
class EnvelopeGauge:
    """An envelope and where its money goes. `amount` and `left` are None while it is to be confirmed."""

    pk: int
    funder_id: int
    label: str
    amount: Decimal | None
    requested: Decimal
    awarded: Decimal

    @property
    def left(self) -> Decimal | None:
        return left_in(self.amount, [self.awarded])


def envelope_gauges(call: Call) -> list[EnvelopeGauge]:
    """Every envelope of a call, with what is asked (dossiers still alive) and what is granted: one query."""
    asked = FundingRequest.objects.filter(
        envelope=OuterRef("pk"), application__submitted_at__isnull=False
    ).order_by()
    alive = ~Q(application__state__in=(State.WITHDRAWN, State.INADMISSIBLE))
    envelopes = (
        Envelope.objects.filter(call=call)
        .select_related("funder")
        .annotate(
            requested=_total(asked.filter(alive), "requested_amount"),
            awarded=_total(asked, "decision__awarded_amount"),
        )
    )
    return [
        EnvelopeGauge(row.pk, row.funder_id, str(row), row.amount, row.requested or ZERO, row.awarded or ZERO)
        for row in envelopes
    ]


def _total(requests: QuerySet[FundingRequest], field: str) -> Coalesce:
    total = requests.values("envelope").annotate(total=Sum(field)).values("total")
    return Coalesce(Subquery(total, output_field=Euros), ZERO, output_field=Euros)
