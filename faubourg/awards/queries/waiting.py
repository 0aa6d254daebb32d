"""The waiting list of each envelope, in order, and who would be served if some money were freed (PRG-9)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from faubourg.awards.models import WaitingRequest
from faubourg.awards.queries.calls import envelope_gauges
from faubourg.awards.queries.programme.rows import on_the_table
from faubourg.awards.rules import ZERO, Served, serve
from faubourg.calls.models import Call, Envelope


@dataclass(frozen=True)
class WaitingLine:
    """One dossier that waits on one envelope, and what it would get."""

    request_id: int
    application_id: int
    rank: int
    label: str
    applicant: str
    served: Served
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class WaitingColumn:
    """The waiting list of one envelope, with what it still holds or what one supposes to be freed."""

    envelope: Envelope
    free: Decimal
    lines: list[WaitingLine]
    may_arrange: bool


def waiting_lists(
    call: Call, may_arrange: Callable[[Envelope], object], supposed: Decimal | None = None
) -> list[WaitingColumn]:
    """Envelope by envelope, in order: who would be served by what is left, plus what one supposes freed."""
    waiting: dict[int, list[WaitingRequest]] = defaultdict(list)
    rows = WaitingRequest.objects.filter(
        funding_request__application__in=on_the_table(call).values("pk")
    ).select_related("funding_request__application__applicant")
    for row in rows:
        waiting[row.funding_request.envelope_id].append(row)
    return [
        WaitingColumn(
            envelope,
            free := max(gauge.left or ZERO, ZERO) + (supposed or ZERO),
            _waiting_lines(waiting[gauge.pk], free),
            bool(may_arrange(envelope)),
        )
        for gauge, envelope in zip(
            envelope_gauges(call),
            Envelope.objects.filter(call=call).select_related("funder", "call"),
            strict=True,
        )
    ]


def _waiting_lines(rows: list[WaitingRequest], free: Decimal) -> list[WaitingLine]:
    served = serve(free, [row.amount for row in rows])
    return [
        WaitingLine(
            row.funding_request_id,
            row.funding_request.application_id,
            place,
            str(row.funding_request.application),
            row.funding_request.application.applicant.name,
            what,
            place == 1,
            place == len(rows),
        )
        for place, (row, what) in enumerate(zip(rows, served, strict=True), start=1)
    ]
