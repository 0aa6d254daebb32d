"""What the outbox and the worker need to read."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, QuerySet

from faubourg.messaging.models import Message
from faubourg.messaging.states import MessageState


def messages_of(contracts: Collection[int]) -> QuerySet[Message]:
    """The letters of these contracts, newest first; those of no contract (invitations) are private."""
    return Message.objects.filter(contract_id__in=contracts).select_related("attachment", "released_by")


def count_by_state(contracts: Collection[int]) -> Counter[str]:
    """How many letters stand in each state."""
    rows = Message.objects.filter(contract_id__in=contracts).values_list("state").annotate(Count("id"))
    return Counter(dict(rows.order_by()))


def stranded(before: datetime) -> QuerySet[Message]:
    """Letters that should have left before that moment, and whose job was lost."""
    return Message.objects.filter(state=MessageState.QUEUED, released_at__lt=before).order_by("id")


def lock(message: Message) -> None:
    """Re-read the letter under a row lock, inside the caller's transaction."""
    message.refresh_from_db(from_queryset=Message.objects.select_for_update())
