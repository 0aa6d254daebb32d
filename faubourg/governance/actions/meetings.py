"""Planning, starting, closing a meeting (GOV-2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.governance.actions.records import freeze
from faubourg.governance.models import Body, Meeting, MeetingRecord
from faubourg.governance.permissions import can_plan, can_run
from faubourg.governance.queries import lock
from faubourg.governance.states import MEETING_FLOW, MeetingState
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand

FIELDS = ("title", "starts_at", "place")
LONGEST = 4 * 3600
"""A screen forgotten overnight does not make an item last a day."""


@transaction.atomic
def plan(
    body: Body, *, actor: User, title: str, starts_at: datetime, place: str = "", now: datetime
) -> Meeting:
    """Put a meeting in the calendar of a body; the same one again is a second click."""
    Body.objects.select_for_update().get(pk=body.pk)
    demand(can_plan(standing(actor, localdate(now)), body))
    _check(title)
    same = body.meetings.filter(title=title.strip(), starts_at=starts_at, state=MeetingState.PLANNED)
    if (twin := same.first()) is not None:
        return twin
    meeting = Meeting.objects.create(body=body, title=title.strip(), starts_at=starts_at, place=place.strip())
    _write(actor, "governance.plan", meeting, {"starts_at": [None, starts_at]})
    return meeting


@transaction.atomic
def amend(
    meeting: Meeting, *, actor: User, title: str, starts_at: datetime, place: str = "", now: datetime
) -> None:
    """Change title, date or place while nothing is closed."""
    hold(meeting, actor=actor, now=now)
    _check(title)
    before = snapshot(meeting, FIELDS)
    meeting.title, meeting.starts_at, meeting.place = title.strip(), starts_at, place.strip()
    changes = differences(before, snapshot(meeting, FIELDS))
    if changes:
        meeting.sequence, meeting.changed_at = meeting.sequence + 1, now
    meeting.save(update_fields=[*FIELDS, "sequence", "changed_at"])
    _write(actor, "governance.amend", meeting, changes)


def start(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Open the meeting: from now on opinions may be given."""
    _advance(meeting, "start", actor=actor, now=now, started_at=now)


@transaction.atomic
def close(
    meeting: Meeting,
    *,
    actor: User,
    now: datetime,
    points: Sequence[Mapping[str, Any]] | None = None,
    funders: Sequence[Mapping[str, str]] = (),
) -> MeetingRecord:
    """Close the meeting and freeze its record. For a CTP, appraisal.actions.close_meeting checks first,
    then says what was heard on each dossier (`points`) and to whom the record goes (`funders`)."""
    _advance(meeting, "close", actor=actor, now=now, closed_at=now)
    count_time(meeting, now)
    meeting.current_item = meeting.current_since = None
    meeting.save(update_fields=["current_item", "current_since"])
    return freeze(meeting, points, funders=funders, now=now)


def cancel(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Cancel a planned meeting. For a CTP, appraisal.actions.cancel_meeting sends its dossiers back first."""
    _advance(meeting, "cancel", actor=actor, now=now)


def hold(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Lock a meeting whose record is about to change: the right first, then that it is not frozen."""
    lock(meeting)
    demand(can_run(standing(actor, localdate(now)), meeting))
    refuse_if_frozen(meeting)


def count_time(meeting: Meeting, now: datetime) -> None:
    """Add to the point the room was on the time spent on it."""
    if meeting.current_item is None or meeting.current_since is None:
        return
    spent = int((now - meeting.current_since).total_seconds())
    meeting.current_item.seconds_spent += min(max(spent, 0), LONGEST)
    meeting.current_item.save(update_fields=["seconds_spent"])


def refuse_if_frozen(meeting: Meeting) -> None:
    """After closing, nothing changes any more (PRG-6)."""
    if meeting.state == MeetingState.CLOSED:
        raise Refusal(
            "La séance est close : son relevé ne change plus. Reprenez le point à une autre séance."
        )
    if meeting.state == MeetingState.CANCELLED:
        raise Refusal("La séance est annulée : inscrivez le point à une autre séance.")


@transaction.atomic
def _advance(meeting: Meeting, step: str, *, actor: User, now: datetime, **moments: datetime) -> None:
    lock(meeting)
    demand(can_run(standing(actor, localdate(now)), meeting))
    before = meeting.state
    meeting.state = MEETING_FLOW.after(step, MeetingState(before))
    for name, moment in moments.items():
        setattr(meeting, name, moment)
    if step == "cancel":
        meeting.sequence, moments = meeting.sequence + 1, {**moments, "changed_at": now}
        meeting.changed_at = now
    meeting.save(update_fields=["state", "sequence", *moments])
    _write(actor, f"governance.{step}", meeting, {"state": [before, meeting.state]})


def _check(title: str) -> None:
    if not title.strip():
        raise Refusal({"title": ["Donnez un titre à la séance, par exemple « CTP Santé »."]})


def _write(actor: User, verb: str, meeting: Meeting, changes: dict[str, list[object]]) -> None:
    contracts = [contract.pk for contract in meeting.body.contracts.all()]
    write(actor, verb, meeting, contract_id=contracts[0] if len(contracts) == 1 else None, changes=changes)
