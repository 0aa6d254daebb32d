"""What the clock asks of the instruction."""

from datetime import datetime

from django.utils.timezone import localdate

from faubourg.appraisal.actions import remind
from faubourg.appraisal.queries import requests_to_remind
from faubourg.appraisal.rules import is_to_be_reminded


def remind_applicants(now: datetime) -> int:
    """Write once to those whose answer is due soon; how many were reminded."""
    today = localdate(now)
    return sum(
        remind(request, now=now)
        for request in requests_to_remind(today)
        if is_to_be_reminded(asked_on=localdate(request.asked_at), due_on=request.due_on, today=today)
    )
