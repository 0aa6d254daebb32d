"""What is read off a request about a meeting, here and on the pages of the apps above."""

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate

from faubourg.governance.models import Meeting
from faubourg.governance.states import MeetingState


class EarlyForm(forms.Form):
    """Ticked before a meeting is opened ahead of its day: most often, it was the wrong meeting."""

    is_early = forms.BooleanField(
        label="La séance a lieu avant le jour prévu",
        error_messages={
            "required": "Cochez si la séance a bien lieu aujourd'hui ; sinon, elle s'ouvre le jour venu."
        },
    )

    @classmethod
    def before(cls, meeting: Meeting, today: date, data: Any = None) -> "EarlyForm | None":
        """None once the day has come, or when the meeting is no longer to be opened."""
        is_early = meeting.state == MeetingState.PLANNED and today < localdate(meeting.starts_at)
        return cls(data) if is_early else None
