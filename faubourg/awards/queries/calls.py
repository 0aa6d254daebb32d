"""The calls whose programme a person may read, and what their envelopes still hold."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from faubourg.applications.models import FundingRequest
from faubourg.applications.states import State
from faubourg.awards.rules import ZERO, left_in
from faubourg.calls.models import Call, Envelope
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing


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
    """Every envelope of a call, what living dossiers ask of it and what is granted: two queries."""
    alive = ~Q(application__state__in=(State.WITHDRAWN, State.INADMISSIBLE))
    filed = FundingRequest.objects.filter(application__call=call, application__submitted_at__isnull=False)
    sums = {
        pk: (requested or ZERO, awarded or ZERO)
        for pk, requested, awarded in filed.order_by()
        .values_list("envelope")
        .annotate(
            requested=Sum("requested_amount", filter=alive),
            awarded=Sum("decision__awarded_amount", filter=alive),
        )
    }
    return [
        EnvelopeGauge(row.pk, row.funder_id, str(row), row.amount, *sums.get(row.pk, (ZERO, ZERO)))
        for row in Envelope.objects.filter(call=call).select_related("funder")
    ]
