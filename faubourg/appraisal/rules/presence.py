"""Who else has the sheet open, said in words; and for how long a sign of life counts."""

from datetime import datetime, timedelta

PRESENT_FOR = timedelta(minutes=5)
"""After that long without a sign of life one is gone: a page that beats says it every minute."""


def presence_words(full_name: str, opened_at: datetime, now: datetime) -> str:
    minutes = int((now - opened_at) / timedelta(minutes=1))
    since = f"depuis {minutes} min" if minutes else "depuis moins d'une minute"
    return f"{full_name} a cette fiche ouverte {since}."
