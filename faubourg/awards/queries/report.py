"""The programming report of a call (RAP-2): five queries, then sums. What is not known is None, never 0."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.timezone import localdate

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import State
from faubourg.awards.queries.axes import Attachments, attachments_of
from faubourg.awards.queries.calls import EnvelopeGauge, envelope_gauges
from faubourg.awards.queries.programme import target_rate
from faubourg.awards.rules import (
    ZERO,
    Axes,
    Delays,
    MultiYearShare,
    Verdict,
    delays,
    is_settled,
    label_order,
    multi_year_share,
    outcome,
    share_equally,
)
from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.calls.models import Call
from faubourg.calls.states import FundingLine


class Fate(StrEnum):
    """How the report names what became of a dossier."""

    KEPT = "Retenu"
    REFUSED = "Refusé"
    INADMISSIBLE = "Irrecevable"
    WITHDRAWN = "Retiré"
    PENDING = "En attente"


NOT_GIVEN = "Non renseigné"
KEPT = (Outcome.GRANTED, Outcome.PARTLY_GRANTED)


@dataclass(frozen=True)
class Share:
    """A line of a breakdown: how many dossiers touch it, what is asked and granted for its part of them."""

    label: str
    number: int
    kept: int
    asked: Decimal
    granted: Decimal


@dataclass(frozen=True)
class Filing:
    """A dossier as the report counts it."""

    pk: int
    number: str
    title: str
    applicant: str
    filed_on: date
    decided_on: date | None
    fate: Fate
    is_kept: bool
    is_multi_year: bool
    asked: Decimal
    granted: Decimal
    participants: int | None


@dataclass(frozen=True)
class MoneyLine:
    """What one funder was asked for one dossier and answered, on the nine axes (FIN-1, FIN-5)."""

    axes: Axes
    number: str
    requested: Decimal
    outcome: str
    awarded: Decimal | None
    act_number: str
    decided_on: date | None
    charged_to: str
    covers_from: date | None
    covers_until: date | None


@dataclass(frozen=True)
class Report:
    """Everything the report says, at the moment it is read."""

    call: Call
    filings: Sequence[Filing]
    envelopes: Sequence[EnvelopeGauge]
    by_objective: Sequence[Share]
    by_neighbourhood: Sequence[Share]
    by_theme: Sequence[Share]
    lines: Sequence[MoneyLine]
    share: MultiYearShare
    target: Decimal | None
    delays: Delays
    mainstream: Decimal | None

    def count(self, fate: Fate) -> int:
        return sum(filing.fate == fate for filing in self.filings)

    @property
    def filed(self) -> int:
        return len(self.filings)

    @property
    def kept(self) -> int:
        return self.count(Fate.KEPT)

    @property
    def refused(self) -> int:
        return self.count(Fate.REFUSED)

    @property
    def inadmissible(self) -> int:
        return self.count(Fate.INADMISSIBLE)

    @property
    def withdrawn(self) -> int:
        return self.count(Fate.WITHDRAWN)

    @property
    def pending(self) -> int:
        return self.count(Fate.PENDING)

    @property
    def asked(self) -> Decimal:
        return sum((filing.asked for filing in self.filings), ZERO)

    @property
    def granted(self) -> Decimal:
        return sum((filing.granted for filing in self.filings), ZERO)

    @property
    def participants(self) -> int | None:
        """People the dossiers kept mean to reach; None when one of them does not say."""
        counts = [filing.participants for filing in self.filings if filing.is_kept]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None

    @property
    def is_under_target(self) -> bool:
        return self.share.is_under(self.target)


def report(call: Call) -> Report:
    """The report of a call, from what is recorded now."""
    requests = _requests(call)
    filings = [_filing(values, requests.get(values["pk"], [])) for values in _applications(call)]
    spans = [(one.filed_on, one.decided_on) for one in filings if one.decided_on]
    touched = attachments_of(Application.objects.filter(call=call, submitted_at__isnull=False))
    asked: dict[int, Decimal] = defaultdict(Decimal)
    for rows in requests.values():
        for row in rows:
            asked[row["envelope_id"]] += row["requested_amount"]
    mainstream = [
        row["decision__awarded_amount"]
        for rows in requests.values()
        for row in rows
        if row["envelope__line"] == FundingLine.MAINSTREAM
    ]
    return Report(
        call=call,
        filings=filings,
        envelopes=[replace(gauge, requested=asked[gauge.pk]) for gauge in envelope_gauges(call)],
        by_objective=breakdown(filings, touched.objectives),
        by_neighbourhood=breakdown(filings, touched.neighbourhoods),
        by_theme=breakdown(filings, touched.themes),
        lines=[
            _money_line(call, filing, row, touched)
            for filing in filings
            for row in requests.get(filing.pk, [])
        ],
        share=multi_year_share((filing.granted, filing.is_multi_year) for filing in filings),
        target=target_rate(getattr(call, "multi_year_target", None)),
        delays=delays(spans),
        mainstream=sum((given or ZERO for given in mainstream), ZERO) if mainstream else None,
    )


def breakdown(filings: Iterable[Filing], labels: Mapping[int, Sequence[str]]) -> list[Share]:
    """Euros by label: a dossier with several labels is shared equally, to the cent; the sum is exact."""
    sums: dict[str, list[Any]] = defaultdict(lambda: [0, 0, ZERO, ZERO])
    for filing in filings:
        names = sorted(labels.get(filing.pk, ())) or [NOT_GIVEN]
        asked = share_equally(filing.asked, len(names))
        granted = share_equally(filing.granted, len(names))
        for name, one_asked, one_granted in zip(names, asked, granted, strict=True):
            line = sums[name]
            line[0] += 1
            line[1] += filing.is_kept
            line[2] += one_asked
            line[3] += one_granted
    ordered = sorted(sums.items(), key=lambda item: (item[0] == NOT_GIVEN, label_order(item[0])))
    return [Share(label, *line) for label, line in ordered]


def _applications(call: Call) -> Iterable[Any]:
    return (
        Application.objects.filter(call=call, submitted_at__isnull=False)
        .order_by("number", "pk")
        .values(
            "pk",
            "number",
            "title",
            "applicant__name",
            "submitted_at",
            "state",
            "is_multi_year",
            "participants_count",
        )
    )


def _requests(call: Call) -> dict[int, list[Any]]:
    rows = FundingRequest.objects.filter(application__call=call, application__submitted_at__isnull=False)
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("envelope__position", "pk").values(
        "application_id",
        "requested_amount",
        "envelope_id",
        "envelope__line",
        "envelope__funder__name",
        "decision__outcome",
        "decision__awarded_amount",
        "decision__act_number",
        "decision__decided_on",
        "decision__charged_to",
        "decision__covers_from",
        "decision__covers_until",
    ):
        found[row["application_id"]].append(row)
    return found


def _filing(values: Any, rows: list[Any]) -> Filing:
    verdicts = [
        Verdict(
            row["requested_amount"], row["decision__outcome"] or "", row["decision__awarded_amount"] or ZERO
        )
        for row in rows
    ]
    settled = is_settled(verdicts)
    fate = _fate(values["state"], outcome(verdicts))
    return Filing(
        pk=values["pk"],
        number=values["number"],
        title=values["title"],
        applicant=values["applicant__name"],
        filed_on=localdate(values["submitted_at"]),
        decided_on=max(row["decision__decided_on"] for row in rows) if settled else None,
        fate=fate,
        is_kept=fate == Fate.KEPT,
        is_multi_year=values["is_multi_year"],
        asked=sum((verdict.requested for verdict in verdicts), ZERO),
        granted=sum((verdict.awarded for verdict in verdicts), ZERO),
        participants=values["participants_count"],
    )


def _money_line(call: Call, filing: Filing, row: Any, touched: Attachments) -> MoneyLine:
    axes = touched.axes(
        call,
        filing.pk,
        line=row["envelope__line"],
        funder=row["envelope__funder__name"],
        is_multi_year=filing.is_multi_year,
    )
    answered = row["decision__outcome"]
    return MoneyLine(
        axes=axes,
        number=filing.number,
        requested=row["requested_amount"],
        outcome=str(FundingOutcome(answered).label) if answered else "",
        awarded=row["decision__awarded_amount"],
        act_number=row["decision__act_number"] or "",
        decided_on=row["decision__decided_on"],
        charged_to=row["decision__charged_to"] or "",
        covers_from=row["decision__covers_from"],
        covers_until=row["decision__covers_until"],
    )


def _fate(state: str, found: Outcome) -> Fate:
    if state == State.INADMISSIBLE:
        return Fate.INADMISSIBLE
    if state == State.WITHDRAWN:
        return Fate.WITHDRAWN
    if found in KEPT:
        return Fate.KEPT
    return Fate.REFUSED if found == Outcome.REJECTED else Fate.PENDING
