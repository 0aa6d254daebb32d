"""How long a dossier has been examined, without the time its applicant had it (pairs-subventions 4.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

REMINDED_BEFORE = timedelta(days=3)
"""The applicant is reminded once, that long before the day the answer is due."""


@dataclass(frozen=True)
class Clock:
    """Days of instruction, days of waiting for the applicant, the last day when there is a delay."""

    appraisal_days: int
    waiting_days: int
    is_paused: bool
    due_on: date | None = None

    @property
    def words(self) -> str:
        said = f"{days(self.appraisal_days)} d'instruction, {days(self.waiting_days)} d'attente du porteur"
        return f"{said} (le délai est suspendu)" if self.is_paused else said


def clock(
    filed_on: date, pauses: Sequence[tuple[date, date | None]], today: date, limit: int | None = None
) -> Clock:
    """Count from dates, nothing is stored. `pauses`: the day it was handed back, the day it returned.

    While the applicant has the hand the last day moves with the calendar, so it is only told once it resumes.
    """
    waiting = sum(((returned or today) - asked).days for asked, returned in pauses)
    is_paused = any(returned is None for _, returned in pauses)
    due_on = filed_on + timedelta(days=limit + waiting) if limit and not is_paused else None
    return Clock((today - filed_on).days - waiting, waiting, is_paused, due_on)


def is_to_be_reminded(*, asked_on: date, due_on: date, today: date) -> bool:
    """From three days before the due date to that day, but not on the day it was asked."""
    return asked_on < today and due_on - REMINDED_BEFORE <= today <= due_on


def days(number: int) -> str:
    return f"{number}\u00a0jour{'s' if number > 1 else ''}"
