"""What runs by itself in the directory."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from faubourg.directory.actions import remind_of_expiry
from faubourg.directory.queries import papers_ending
from faubourg.directory.rules import REMIND_BEFORE


def remind_of_papers(now: datetime) -> int:
    """Sixty, then thirty days before a paper of an organisation ends; asked every minute, each sent once."""
    today = localdate(now)
    due = papers_ending(today + timedelta(days=max(REMIND_BEFORE))).filter(valid_until__gte=today)
    return sum(remind_of_expiry(paper, now=now) for paper in due.exclude(reminded_days=min(REMIND_BEFORE)))
