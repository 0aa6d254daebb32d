"""What the two screens of a sitting committee show: the card of a dossier, and the note-taker's desk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Concat
from django.http import Http404
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application, ApplicationTerritory, BudgetLine, FundingRequest
from faubourg.applications.states import Side
from faubourg.appraisal.models import (
    MentionedAmount,
    Remark,
    SessionNotes,
    StandAside,
    TabledApplication,
)
from faubourg.appraisal.queries.aside import room_of
from faubourg.appraisal.queries.meetings import AgendaRow, agenda_rows
from faubourg.contracts.rules import Standing
from faubourg.governance.models import AgendaItem, Attendance, Meeting
from faubourg.governance.queries import (
    agenda_of,
    decisions_of,
    notes_of_item,
    still_open,
)
from faubourg.governance.states import ItemKind, MeetingState

FORMER_SHOWN = 3
SHOWN = (
    "envelope__line", "envelope__funder__name", "envelope__funder__short_name",
    "application__number", "application__title", "application__state",
)  # fmt: skip
"""What the card says of a request, and of the dossier of the year before."""


@dataclass(frozen=True)
class Card:
    """What the room sees of a dossier: nothing that anyone has noted on it."""

    application: Application
    expenses: Decimal | None
    asked: Sequence[FundingRequest]
    objectives: Sequence[str]
    neighbourhoods: Sequence[str]
    residents: str
    former: Sequence[tuple[Application, Decimal]]
    """What the same organisation filed on this contract the year before, and what it asked."""

    @property
    def year_before(self) -> int:
        return self.application.call.year - 1

    @property
    def requested(self) -> Decimal:
        return sum((one.requested_amount for one in self.asked), Decimal())


@dataclass(frozen=True)
class Pen:
    """What the note-taker has at hand for one dossier."""

    notes: SessionNotes | None
    mentions: Mapping[int, Decimal]
    prepared: Sequence[Remark]
    said: Sequence[Remark]
    attendances: Sequence[Attendance]
    outside: Mapping[int, str]

    gone_out: Sequence[Attendance]
    """Those who went out as they said a tie in session, each with `aside_id`."""

    @property
    def aside(self) -> list[tuple[Attendance, str]]:
        """Those present who are out of the room for this dossier, and why."""
        return [(row, self.outside[row.pk]) for row in self.attendances if row.pk in self.outside]

    @property
    def speakers(self) -> list[Attendance]:
        return [row for row in self.attendances if row.is_present and row.pk not in self.outside]


def live_items(standing: Standing, meeting: Meeting) -> list[AgendaRow]:
    """The agenda, in its order, as the note-taker goes through it."""
    return agenda_rows(standing, meeting, list(agenda_of(meeting)))


def row_at(rows: Sequence[AgendaRow], item_pk: int | None) -> tuple[int, AgendaRow | None]:
    """(its place from 1, the row); (0, None) when the point is not on the agenda."""
    found = ((index, row) for index, row in enumerate(rows, start=1) if row.item.pk == item_pk)
    return next(found, (0, None))


def desk_of(standing: Standing, meeting: Meeting, item_pk: int, now: datetime) -> dict[str, Any]:
    """What the note-taker's screen shows of any point, or 404; the apps above add what is theirs."""
    rows = live_items(standing, meeting)
    index, row = row_at(rows, item_pk)
    if row is None:
        raise Http404
    row.item.meeting = meeting
    return {
        "meeting": meeting, "rows": rows, "row": row, "index": index, "total": len(rows),
        "previous": rows[index - 2] if index > 1 else None,
        "next": rows[index] if index < len(rows) else None,
        "spent": _spent(meeting, row.item, now), "is_shown": meeting.current_item_id == item_pk,
        "is_open": meeting.state == MeetingState.OPEN,
        "is_writable": meeting.state == MeetingState.OPEN and row.tabled is None,
        "point_notes": None if row.tabled else notes_of_item(row.item),
        "decided": [] if row.tabled else decisions_of(meeting),
        "left_open": still_open(meeting) if row.item.kind == ItemKind.REVIEW else [],
    }  # fmt: skip


def _spent(meeting: Meeting, item: AgendaItem, now: datetime) -> int:
    """Seconds spent on the item so far."""
    since = meeting.current_since if meeting.current_item_id == item.pk else None
    return int(item.seconds_spent + (max((now - since).total_seconds(), 0) if since else 0))


def card_of(application: Application) -> Card:
    """Three queries, whatever the dossier and however little of it was read before."""
    whole = Application.objects.select_related("call", "applicant").annotate(expenses=_expenses("pk"))
    application = whole.get(pk=application.pk)
    return _card(application, application.expenses)  # type: ignore[attr-defined]


def pen_of(tabled: TabledApplication, today: date) -> Pen:
    """Notes, amounts, remarks and who has gone out. The caller demands `may_read_notes` first."""
    mentions = MentionedAmount.objects.filter(tabled=tabled).values_list("envelope", "amount")
    return _pen(tabled, notes_of(tabled), dict(mentions), today)


def card_and_pen(row: AgendaRow, today: date) -> tuple[Card, Pen]:
    """Both at once for the note-taker's screen: five queries."""
    read = TabledApplication.objects.select_related(
        "application__call", "application__applicant", "notes__saved_by"
    )
    tabled: Any = read.annotate(expenses=_expenses("application")).get(item=row.item)
    tabled.item = row.item
    card = _card(tabled.application, tabled.expenses, tabled)
    mentions = {one.envelope_id: one.mentioned for one in card.asked if one.mentioned is not None}  # type: ignore[attr-defined]
    return card, _pen(tabled, getattr(tabled, "notes", None), mentions, today)


def notes_of(tabled: TabledApplication) -> SessionNotes | None:
    return SessionNotes.objects.select_related("saved_by").filter(tabled=tabled).first()


def _expenses(outer: str) -> Subquery:
    lines = BudgetLine.objects.filter(application=OuterRef(outer), side=Side.EXPENSE).order_by()
    return Subquery(lines.values("application").annotate(total=Sum("amount")).values("total"))


def _card(
    application: Application, expenses: Decimal | None, tabled: TabledApplication | None = None
) -> Card:
    """Two queries: what it aims at, what is asked this year and was the year before."""
    objectives, places = _aims(application)
    asked, former = _asked(application, tabled)
    reached = [residents for _, residents in places if residents]
    return Card(
        application=application,
        expenses=expenses,
        asked=asked,
        objectives=objectives,
        neighbourhoods=[name for name, _ in places],
        residents=str(sum(reached)) if reached else "à confirmer",
        former=former,
    )


def _aims(application: Application) -> tuple[list[str], list[tuple[str, int | None]]]:
    """(its objectives, its neighbourhoods and the residents meant there), in one query."""
    is_place, nobody = Value(1), Value(None, output_field=IntegerField())
    objectives = application.objectives.order_by().values_list(
        Value(0), "position", "pk", Concat("code", Value(" "), "label"), nobody
    )
    places = ApplicationTerritory.objects.filter(application=application).order_by()
    places = places.values_list(is_place, Value(0), "pk", "neighbourhood__name", "residents_count")
    rows = sorted(objectives.union(places, all=True), key=lambda row: row[:3])
    return [row[3] for row in rows if not row[0]], [(row[3], row[4]) for row in rows if row[0]]


def _asked(
    application: Application, tabled: TabledApplication | None
) -> tuple[list[FundingRequest], list[tuple[Application, Decimal]]]:
    """(what this dossier asks, what those of the year before asked); each with what was `mentioned`."""
    year_before = Application.objects.filed().filter(
        applicant=application.applicant_id,
        call__contract=application.call.contract_id,
        call__year=application.call.year - 1,
    )
    mentioned = MentionedAmount.objects.filter(tabled=tabled, envelope=OuterRef("envelope")).order_by()
    rows = FundingRequest.objects.filter(
        Q(application=application) | Q(application__in=year_before.order_by().values("pk"))
    )
    rows = rows.select_related("envelope__funder", "application").annotate(
        mentioned=Subquery(mentioned.values("amount")[:1])
    )
    asked: list[FundingRequest] = []
    before: dict[Application, list[FundingRequest]] = defaultdict(list)
    for row in rows.only("requested_amount", *SHOWN):
        (asked if row.application_id == application.pk else before[row.application]).append(row)
    former = [(one, sum((row.requested_amount for row in rows), Decimal())) for one, rows in before.items()]
    former.sort(key=lambda one: (one[0].number, one[0].pk))
    return asked, former[:FORMER_SHOWN]


def _pen(
    tabled: TabledApplication, notes: SessionNotes | None, mentions: Mapping[int, Decimal], today: date
) -> Pen:
    """Two queries: the remarks, the sheet with those who are out of the room."""
    remarks = list(Remark.objects.filter(tabled=tabled).order_by("pk"))
    attendances = room_of(tabled, today)
    return Pen(
        notes=notes,
        mentions=mentions,
        prepared=[remark for remark in remarks if remark.is_prepared],
        said=[remark for remark in remarks if not remark.is_prepared],
        attendances=attendances,
        outside={row.pk: row.why_out for row in attendances if row.why_out},
        gone_out=[row for row in attendances if row.aside_id],
    )


def remark_of(tabled: TabledApplication, pk: int) -> Remark:
    """What was said in session, to be corrected; what a member prepared is theirs."""
    return get_object_or_404(
        Remark.objects.select_related("tabled__item__meeting__body", "tabled__application__call"),
        tabled=tabled,
        pk=pk,
        is_prepared=False,
    )


def aside_of(tabled: TabledApplication, pk: int) -> StandAside:
    return get_object_or_404(
        StandAside.objects.select_related(
            "attendance", "tabled__item__meeting__body", "tabled__application__call"
        ),
        tabled=tabled,
        pk=pk,
    )


def present_at(tabled: TabledApplication, pk: int | None) -> Attendance | None:
    return Attendance.objects.filter(meeting=tabled.item.meeting_id, is_present=True, pk=pk or 0).first()
