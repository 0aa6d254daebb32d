"""The point the room is on: what the projector shows, and how long each one takes (PRG-6)."""

from datetime import datetime

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.governance.actions.meetings import count_time, hold
from faubourg.governance.models import AgendaItem, Meeting
from faubourg.governance.states import MeetingState
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
