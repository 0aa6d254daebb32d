"""What the outbox and the worker need to read."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.accounts.models import User
from faubourg.messaging.models import MailPreference, Message
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


def pace_chosen(address: str) -> str | None:
    """What the person at this address has chosen, if she has."""
    return MailPreference.objects.filter(user__email__iexact=address).values_list("pace", flat=True).first()


def pace_of_user(user: User) -> str | None:
    return MailPreference.objects.filter(user=user).values_list("pace", flat=True).first()


def digests_due(before: datetime) -> list[tuple[str, int | None]]:
    """(address, contract) of those for whom letters written before that moment wait for the digest."""
    held = Message.objects.filter(state=MessageState.HELD, created_at__lt=before).order_by()
    return list(held.values_list("recipient", "contract_id").distinct())


def failed_apart() -> QuerySet[Message]:
    """The letters of no contract (invitations, RIB) that did not leave: their administrator's to mend."""
    return Message.objects.filter(contract_id=None, state=MessageState.FAILED).order_by("-pk")


def failed_apart_one(pk: int) -> Message:
    return get_object_or_404(failed_apart(), pk=pk)


def lock(message: Message) -> None:
    """Re-read the letter under a row lock, inside the caller's transaction."""
    message.refresh_from_db(from_queryset=Message.objects.select_for_update())
