"""The hour of the story: what is written in the demonstration bears its date, not that of today.

Actions take their time as an argument, but the journal and the post read the clock themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from unittest.mock import patch

_hour = datetime(2025, 1, 1, tzinfo=UTC)


def tick(now: datetime) -> datetime:
    """It is now that moment of the story."""
    global _hour
    _hour = now
    return now


@contextmanager
def story_time() -> Iterator[None]:
    """While the story is told, every clock of the product shows its hour."""
    with patch("django.utils.timezone.now", lambda: _hour):
        yield
