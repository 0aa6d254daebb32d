"""Who is at the table: people with a seat, and names written by hand (GOV-2)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.governance.actions.meetings import hold
from faubourg.governance.models import Attendance, Meeting
from faubourg.governance.queries import line_of, seats_of
from faubourg.governance.states import MeetingState, Presence
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal


@transaction.atomic
def record_attendance(meeting: Meeting, *, actor: User, present: Iterable[int], now: datetime) -> None:
    """Tick the people present (ids of users who hold a seat); the others become absent."""
    hold(meeting, actor=actor, now=now)
    present = set(present)
    seats = {seat.user_id: seat for seat in seats_of(meeting, localdate(now))}
    if not present <= seats.keys():
        raise Refusal("Une des personnes cochées n'a plus de rôle sur ce contrat : rechargez la page.")
    kept = {row.user_id: row for row in meeting.attendances.filter(user__isnull=False)}
    changed = {}
    for row in kept.values():
        here = row.user_id in present
        if row.is_present != here:
            row.is_present = here
            if here:
                row.is_excused, row.represented_by, row.left_at = False, None, None
            row.save()
            changed[row.full_name] = [not here, here]
    for user_id in present - kept.keys():
        seat = seats[user_id]
        label = str(seat.organisation) if seat.organisation else seat.get_role_display()
        Attendance.objects.create(
            meeting=meeting, user_id=user_id, full_name=seat.user.full_name, on_behalf_of=label[:150]
        )
        changed[seat.user.full_name] = [False, True]
    write(actor, "governance.record_attendance", meeting, changes=changed)


@transaction.atomic
def note_presence(
    meeting: Meeting, key: str, presence: str, *, actor: User, by: str = "", now: datetime
) -> Attendance:
    """Somebody arrives, leaves, is excused, or has given a mandate to a person present (`by`: her key)."""
    hold(meeting, actor=actor, now=now)
    row, mandate = line_of(meeting, key, localdate(now)), line_of(meeting, by, localdate(now))
    if row is None or presence not in Presence.values:
        raise Refusal("Cette personne n'est plus attendue à la séance : rechargez la page.")
    is_sitting, before = meeting.state == MeetingState.OPEN, row.presence
    if presence == before and presence != Presence.REPRESENTED:
        return row  # a second click
    if presence == Presence.GONE and not (is_sitting and row.is_present):
        raise Refusal(f"{row} n'est pas notée présente : seul qui est là peut partir.")
    if presence == Presence.REPRESENTED and (mandate is None or not mandate.is_present or mandate == row):
        raise Refusal(f"Dites à qui {row} a donné mandat : une autre personne présente.")
    row.is_present = presence == Presence.HERE
    row.is_excused = presence == Presence.EXCUSED
    row.represented_by = mandate if presence == Presence.REPRESENTED else None
    if presence == Presence.HERE:
        row.arrived_at, row.left_at = (now if is_sitting else None), None
    elif presence == Presence.GONE:
        row.left_at = now
    row.save()
    write(
        actor,
        "governance.note_presence",
        meeting,
        changes={row.full_name: [before.label, row.presence.label]},
    )
    return row


@transaction.atomic
def add_guest(
    meeting: Meeting, *, actor: User, full_name: str, on_behalf_of: str = "", now: datetime
) -> Attendance:
    """Somebody present who has no account."""
    hold(meeting, actor=actor, now=now)
    if not full_name.strip():
        raise Refusal({"full_name": ["Écrivez le nom de la personne présente."]})
    named = {"full_name": full_name.strip()[:150], "on_behalf_of": on_behalf_of.strip()[:150]}
    if (twin := meeting.attendances.filter(user=None, **named).first()) is not None:
        return twin  # a second click
    guest = Attendance.objects.create(meeting=meeting, **named)
    write(actor, "governance.add_guest", meeting, changes={guest.full_name: [False, True]})
    return guest


@transaction.atomic
def remove_guest(guest: Attendance, *, actor: User, now: datetime) -> None:
    """A name written by mistake."""
    hold(guest.meeting, actor=actor, now=now)
    write(actor, "governance.remove_guest", guest.meeting, changes={guest.full_name: [True, False]})
    guest.delete()
