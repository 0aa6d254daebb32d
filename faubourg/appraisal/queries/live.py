"""What the two screens of a sitting committee show: the card of a dossier, and the note-taker's desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery, Sum, prefetch_related_objects
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
from faubourg.appraisal.queries.aside import out_of_the_room
from faubourg.appraisal.queries.meetings import AgendaRow, agenda_rows
from faubourg.contracts.rules import Standing
from faubourg.governance.models import AgendaItem, Attendance, Meeting
from faubourg.governance.queries import (
    agenda_of,
    attendance_of,
    decisions_of,
    notes_of_item,
    still_open,
)
from faubourg.governance.states import ItemKind, MeetingState

FORMER_YEARS_SHOWN = 3


@dataclass(frozen=True)
class Card:
    """What the room sees of a dossier: nothing that anyone has noted on it."""

    application: Application
    expenses: Decimal | None
    asked: Sequence[FundingRequest]
    former: Sequence[Application]
    """What the same organisation filed on this contract the year before, with `requested_amount`."""

    @property
    def residents(self) -> str:
        known = [aim.residents_count for aim in self.application.territories.all() if aim.residents_count]
        return str(sum(known)) if known else "à confirmer"

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
    """Five queries, whatever the dossier and however little of it was read before."""
    lines = BudgetLine.objects.filter(application=OuterRef("pk"), side=Side.EXPENSE).order_by()
    total = lines.values("application").annotate(total=Sum("amount")).values("total")
    whole = Application.objects.select_related("call", "applicant").annotate(expenses=Subquery(total))
    application = whole.get(pk=application.pk)
    territories = ApplicationTerritory.objects.select_related("neighbourhood").order_by("id")
    prefetch_related_objects([application], "objectives", Prefetch("territories", territories))
    expenses: Decimal | None = application.expenses  # type: ignore[attr-defined]
    requests = application.funding_requests.select_related("envelope__funder")
    former = Application.objects.filed().filter(
        applicant=application.applicant_id,
        call__contract=application.call.contract_id,
        call__year=application.call.year - 1,
    )
    former = former.select_related("call").annotate(
        requested_amount=Sum("funding_requests__requested_amount")
    )
    return Card(
        application, expenses, list(requests), list(former.order_by("number", "pk")[:FORMER_YEARS_SHOWN])
    )


def notes_of(tabled: TabledApplication) -> SessionNotes | None:
    return SessionNotes.objects.select_related("saved_by").filter(tabled=tabled).first()


def pen_of(tabled: TabledApplication, today: date) -> Pen:
    """Notes, amounts, remarks, the sheet and who has gone out. The caller demands `may_read_notes` first."""
    prefetch_related_objects([tabled], Prefetch("asides", StandAside.objects.select_related("attendance")))
    remarks = list(Remark.objects.filter(tabled=tabled).order_by("pk"))
    attendances = attendance_of(tabled.item.meeting)
    return Pen(
        notes=notes_of(tabled),
        mentions=dict(MentionedAmount.objects.filter(tabled=tabled).values_list("envelope", "amount")),
        prepared=[remark for remark in remarks if remark.is_prepared],
        said=[remark for remark in remarks if not remark.is_prepared],
        attendances=attendances,
        outside=out_of_the_room(tabled, attendances, today),
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
