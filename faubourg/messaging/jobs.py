"""What the worker does with letters. `actions.send` and `actions.release` give it `deliver`, on commit."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime

from faubourg.messaging.actions import deliver, gather
from faubourg.messaging.queries import digests_due, stranded
from faubourg.messaging.rules import DIGEST_HOUR

__all__ = ["deliver", "deliver_stranded", "send_digests"]

PATIENCE = timedelta(minutes=10)


def deliver_stranded(now: datetime) -> int:
    """Give the worker again the letters whose job was lost after commit; `deliver` sends each once."""
    late = list(stranded(now - PATIENCE).values_list("pk", flat=True))
    for message_id in late:
        deliver.enqueue(message_id)
    return len(late)


def send_digests(now: datetime) -> int:
    """Once a day, from seven in the morning in Paris: each person's letters of the day before in one.

    Asked every minute; a night without electricity only makes it late, and two workers make one digest.
    """
    paris = localtime(now)
    seven = paris.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if paris < seven:
        return 0
    due = digests_due(seven)
    return sum(gather(address, contract, before=seven, now=now) is not None for address, contract in due)
