"""Days as people in France write them. A day is a day in Paris."""

from datetime import date, datetime

from django.utils.timezone import localtime

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def format_day(day: date | None, unknown: str = "à confirmer") -> str:
    """ "12 février 2027", "1er mars 2027"; None is "à confirmer"."""
    if day is None:
        return unknown
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def clock_time(moment: datetime) -> str:
    """ "9 h 05", Paris time."""
    local = localtime(moment)
    return f"{local.hour}\u00a0h\u00a0{local.minute:02d}"


def format_moment(moment: datetime | None, unknown: str = "à confirmer") -> str:
    """ "12 février 2027 à 21 h 05", Paris time."""
    if moment is None:
        return unknown
    return f"{format_day(localtime(moment).date())} à {clock_time(moment)}"
