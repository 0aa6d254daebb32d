"""What the worker does with letters. `actions.send` and `actions.release` give it `deliver`, on commit."""

from datetime import datetime, timedelta

from faubourg.messaging.actions import deliver
from faubourg.messaging.queries import stranded

__all__ = ["deliver", "deliver_stranded"]

PATIENCE = timedelta(minutes=10)


def deliver_stranded(now: datetime) -> int:
    """Give the worker again the letters whose job was lost after commit; `deliver` sends each once."""
    late = list(stranded(now - PATIENCE).values_list("pk", flat=True))
    for message_id in late:
        deliver.enqueue(message_id)
    return len(late)
