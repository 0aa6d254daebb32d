"""What pages and other apps need to read of bodies and meetings."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from faubourg.contracts.models import TeamMember
from faubourg.contracts.queries import figures
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.governance.models import (
    AgendaItem,
    Attendance,
    Body,
    Decision,
    ItemNotes,
    Meeting,
    MeetingRecord,
    Task,
)
from faubourg.governance.queries.councils import uninvited
from faubourg.governance.queries.quorum import colleges_of
from faubourg.governance.rules import rhythm
from faubourg.governance.states import OPEN_TASKS, BodyKind, ItemKind, MeetingState

GRACE = "instance.retard"
"""Code of the contract's parameter: days after its period when a missing meeting is told."""


def bodies_for(standing: Standing) -> QuerySet[Body]:
    """The bodies of the contracts this person sits on, with their contracts."""
    mine = Body.contracts.through.objects.filter(contract_id__in=standing.contracts())
    return Body.objects.filter(pk__in=mine.values("body_id")).prefetch_related("contracts")


def body_for(standing: Standing, pk: int) -> Body:
    """One body, or 404 when this person may not read it."""
    return get_object_or_404(bodies_for(standing), pk=pk)


def bodies_with_rhythm(standing: Standing, today: date) -> list[Body]:
    """Each body with `rhythm` (held this year against its minimum, GOV-1), `next_pk` and `next_at`."""
    this_year = Q(meetings__starts_at__year=today.year)
    held = Q(meetings__state__in=(MeetingState.OPEN, MeetingState.CLOSED))
    upcoming = Meeting.objects.filter(
        body=OuterRef("pk"), state__in=(MeetingState.PLANNED, MeetingState.OPEN)
    ).order_by("starts_at")
    bodies: list[Body] = list(
        bodies_for(standing).annotate(
            held=Count("meetings", filter=this_year & held),
            next_pk=Subquery(upcoming.values("pk")[:1]),
            next_at=Subquery(upcoming.values("starts_at")[:1]),
        )
    )
    graces = {
        contract_id: figures(contract_id, [GRACE], today).get(GRACE)
        for contract_id in {contract.pk for body in bodies for contract in body.contracts.all()}
    }
    for body in bodies:
        known = [graces[contract.pk] for contract in body.contracts.all()]
        body.rhythm = rhythm(  # type: ignore[attr-defined]
            held=body.held,  # type: ignore[attr-defined]
            minimum=body.minimum_per_year,
            today=today,
            grace=max((int(days) for days in known if days is not None), default=None),
        )
    return bodies


def meetings_for(standing: Standing) -> QuerySet[Meeting]:
    """The meetings of the bodies this person may read."""
    return (
        Meeting.objects.filter(body__in=bodies_for(standing).values("pk"))
        .select_related("body")
        .prefetch_related("body__contracts")
    )


def meeting_for(standing: Standing, pk: int) -> Meeting:
    """One meeting, with `has_record`, or 404 when this person may not read it."""
    record = MeetingRecord.objects.filter(meeting=OuterRef("pk")).order_by()
    return get_object_or_404(meetings_for(standing).annotate(has_record=Exists(record)), pk=pk)


def upcoming_meetings(standing: Standing) -> QuerySet[Meeting]:
    """Planned or under way, soonest first."""
    alive = (MeetingState.PLANNED, MeetingState.OPEN)
    return meetings_for(standing).filter(state__in=alive).order_by("starts_at", "pk")


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.agenda.order_by("position", "pk")


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    return get_object_or_404(AgendaItem, meeting=meeting, pk=pk)


def next_position(meeting: Meeting) -> int:
    """Where a new item goes: at the end."""
    return int(meeting.agenda.aggregate(last=Max("position"))["last"] or 0) + 1


def next_decision_number(meeting: Meeting) -> int:
    return int(meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1


def attendance_of(meeting: Meeting) -> list[Attendance]:
    return list(attendances_of(meeting))


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """The sheet, each with `is_councillor` (seated for a citizen council on a contract of the body)."""
    contracts = [contract.pk for contract in meeting.body.contracts.all()]
    seats = TeamMember.objects.filter(role=Role.COUNCILLOR, contract__in=contracts, user=OuterRef("user"))
    rows = meeting.attendances.select_related("user", "represented_by").annotate(
        is_councillor=Exists(seats.order_by())
    )
    return rows.order_by("full_name", "pk")


def guest_of(meeting: Meeting, pk: int) -> Attendance:
    return get_object_or_404(Attendance, meeting=meeting, pk=pk, user__isnull=True)


def voices_of(meeting: Meeting) -> int:
    """How many people are noted present, or have given a mandate."""
    return meeting.attendances.filter(Q(is_present=True) | Q(represented_by__isnull=False)).count()


def sheet_of(meeting: Meeting, rows: list[Attendance], today: date) -> list[tuple[str, Attendance]]:
    """(key, line) of everyone expected and of the guests; a line that nobody has written is not saved."""
    written = {row.user_id: row for row in rows if row.user_id}
    expected = seats_of(meeting, today)
    lines = [(f"u{row.user_id}", row) for row in rows if row.user_id]
    for seat in expected:
        if seat.user_id not in written:
            lines.append((f"u{seat.user_id}", _unwritten(meeting, seat)))
    lines += [(f"a{row.pk}", row) for row in rows if not row.user_id]
    return sorted(lines, key=lambda line: line[1].full_name)


def line_of(meeting: Meeting, key: str, today: date) -> Attendance | None:
    """The line that a button names; None when it is nobody's."""
    return dict(sheet_of(meeting, attendance_of(meeting), today)).get(key)


def _unwritten(meeting: Meeting, seat: TeamMember) -> Attendance:
    label = str(seat.organisation) if seat.organisation else seat.get_role_display()
    return Attendance(
        meeting=meeting, user=seat.user, full_name=seat.user.full_name, on_behalf_of=label[:150],
        is_present=False,
    )  # fmt: skip


def notes_of_item(item: AgendaItem) -> ItemNotes | None:
    return ItemNotes.objects.select_related("saved_by").filter(item=item).first()


def noted_on_items(meeting: Meeting) -> dict[int, str]:
    """{point: what was noted on it}, for the record: one query."""
    rows = ItemNotes.objects.filter(item__meeting=meeting).values_list("item", "words")
    return {item: words.get("summary", "") for item, words in rows}


def decisions_of(meeting: Meeting) -> list[Decision]:
    """With what each gives to do."""
    return list(meeting.decisions.select_related("contract", "task__in_charge", "task__organisation"))


def seats_of(meeting: Meeting, today: date) -> list[TeamMember]:
    """Who may be expected at the table: the current seats of the body's contracts, one per person."""
    current = (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (
        Q(to_on__isnull=True) | Q(to_on__gte=today)
    )
    contracts = [contract.pk for contract in meeting.body.contracts.all()]
    seats = (
        TeamMember.objects.filter(current, contract__in=contracts, user__is_active=True)
        .exclude(role=Role.READER)
        .select_related("user", "organisation")
        .order_by("user__full_name", "pk")
    )
    return list({seat.user_id: seat for seat in seats}.values())


def has_councillor(rows: list[Attendance]) -> bool:
    """Is a citizen councillor among those present (CIT-2)?"""
    return any(row.is_present and row.is_councillor for row in rows)  # type: ignore[attr-defined]


def examines_applications(meeting: Meeting) -> bool:
    """A programming committee looks at dossiers: its page and its closing belong to the appraisal."""
    return meeting.body.kind == BodyKind.PROGRAMMING


def page_of_meetings(body: Body, number: str | None) -> "Page[Meeting]":
    """The meetings of a body, latest first, fifty to a page."""
    return Paginator(body.meetings.all(), 50).get_page(number)


def still_open(meeting: Meeting) -> list[Task]:
    """What the earlier meetings of the body left to do, the first due first: one query."""
    found = Task.objects.filter(
        decision__meeting__body=meeting.body_id,
        decision__meeting__starts_at__lt=meeting.starts_at,
        state__in=OPEN_TASKS,
    ).exclude(decision__meeting=meeting.pk)
    found = found.select_related("decision__meeting", "in_charge", "organisation")
    return list(found.order_by(F("due_on").asc(nulls_last=True), "pk"))


def decided_and_open(meeting: Meeting) -> tuple[list[Decision], list[Task]]:
    """What this meeting decided, and what earlier ones left to do (`still_open`): one query for both."""
    earlier = Q(
        meeting__body=meeting.body_id, meeting__starts_at__lt=meeting.starts_at, task__state__in=OPEN_TASKS
    )
    found = Decision.objects.filter(Q(meeting=meeting) | earlier).select_related(
        "contract", "meeting", "task__in_charge", "task__organisation"
    )
    decisions = list(found)
    left = [one.task for one in decisions if one.meeting_id != meeting.pk]
    left.sort(key=lambda task: (task.due_on is None, task.due_on or date.min, task.pk))
    return [one for one in decisions if one.meeting_id == meeting.pk], left


def record_of(meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting shows: six queries, two more once closed, however long the agenda."""
    attendances, items = attendance_of(meeting), list(agenda_of(meeting))
    is_writable = meeting.state in (MeetingState.PLANNED, MeetingState.OPEN)
    decisions, left = decided_and_open(meeting)
    return {
        "meeting": meeting,
        "items": items,
        "has_review": any(item.kind == ItemKind.REVIEW for item in items),
        "attendances": attendances,
        "has_councillor": has_councillor(attendances),
        "uninvited": uninvited(meeting) if meeting.state == MeetingState.CLOSED else [],
        "colleges": colleges_of(meeting, attendances),
        "decisions": decisions,
        "is_writable": is_writable,
        "still_open": left if is_writable else [],
    }


def lock(meeting: Meeting) -> None:
    """Re-read the meeting under a row lock, inside the caller's transaction."""
    body = meeting.body
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    meeting.body = body
