"""The point the room is on: what the projector shows, and how long each one takes (PRG-6)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.governance.actions.meetings import count_time, hold
from faubourg.governance.models import AgendaItem, ItemNotes, Meeting
from faubourg.governance.states import MeetingState
from faubourg.journal.actions import write
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.refusal import Refusal


@transaction.atomic
def show_item(meeting: Meeting, item: AgendaItem, *, actor: User, now: datetime) -> None:
    """Go to a point; the time spent on the last one is counted. Turning pages is not journalled."""
    hold(meeting, actor=actor, now=now)
    if meeting.state != MeetingState.OPEN:
        raise Refusal("La séance n'est pas ouverte : ouvrez-la pour passer d'un point à l'autre.")
    if meeting.current_item_id == item.pk:
        return
    count_time(meeting, now)
    meeting.current_item, meeting.current_since = item, now
    meeting.save(update_fields=["current_item", "current_since"])


class ItemSavedMeanwhile(Refusal):
    """Another note-taker saved this point first; `current` is what they wrote, nothing was overwritten."""

    def __init__(self, current: ItemNotes) -> None:
        self.current = current
        super().__init__(
            f"{current.saved_by} a enregistré ce point le {format_moment(current.saved_at)}, pendant que "
            "vous écriviez. Rien n'est écrasé : les deux textes sont montrés."
        )


@transaction.atomic
def save_item_notes(
    item: AgendaItem, *, actor: User, version: int, words: Mapping[str, str], now: datetime
) -> ItemNotes:
    """Keep what is typed on a point without dossier, as it is typed; journalled when one leaves it."""
    _take_the_pen(item, actor, now)
    notes = ItemNotes.objects.select_related("saved_by").filter(item=item).first()
    words = {name: typed.strip() for name, typed in words.items()}
    if notes and notes.version != version:
        if notes.saved_by_id == actor.pk and {**notes.words, **words} == notes.words:
            return notes  # sent again because the line dropped before our answer
        raise ItemSavedMeanwhile(notes)
    notes = notes or ItemNotes(item=item)
    notes.words = {**notes.words, **words}
    notes.version += 1
    notes.saved_by, notes.saved_at = actor, now
    notes.save()
    return notes


@transaction.atomic
def record_item_notes(item: AgendaItem, *, actor: User, now: datetime) -> None:
    """Leave the point: the journal says who wrote on it."""
    _take_the_pen(item, actor, now)
    notes = ItemNotes.objects.filter(item=item).first()
    if notes is not None and notes.recorded_version != notes.version:
        notes.recorded_version = notes.version
        notes.save(update_fields=["recorded_version"])
        write(actor, "governance.record_item_notes", item.meeting, changes={"point": [None, item.title]})


def _take_the_pen(item: AgendaItem, actor: User, now: datetime) -> None:
    hold(item.meeting, actor=actor, now=now)
    if item.meeting.state != MeetingState.OPEN:
        raise Refusal("Les notes se prennent en séance : ouvrez d'abord la séance.")
