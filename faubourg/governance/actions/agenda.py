"""The agenda of a meeting: items, their order, their minutes."""

from datetime import datetime

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.governance.actions.meetings import hold
from faubourg.governance.models import AgendaItem, Meeting
from faubourg.governance.queries import agenda_of, next_position, still_open
from faubourg.governance.states import ItemKind
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal

UP, DOWN = -1, 1


@transaction.atomic
def add_item(meeting: Meeting, *, actor: User, title: str, minutes: int = 8, now: datetime) -> AgendaItem:
    """Add an item at the end of the agenda; the same one again is a second click."""
    hold(meeting, actor=actor, now=now)
    last = agenda_of(meeting).last()
    if last is not None and (last.title, last.minutes) == (title.strip()[:250], minutes):
        return last
    return place_item(meeting, actor=actor, title=title, minutes=minutes, now=now)


@transaction.atomic
def place_item(meeting: Meeting, *, actor: User, title: str, minutes: int = 8, now: datetime) -> AgendaItem:
    """A new item at the end, for an app further along the spine, which has its own reasons."""
    hold(meeting, actor=actor, now=now)
    if not title.strip():
        raise Refusal({"title": ["Écrivez l'intitulé du point."]})
    item = AgendaItem.objects.create(
        meeting=meeting, position=next_position(meeting), title=title.strip()[:250], minutes=minutes
    )
    write(actor, "governance.add_item", meeting, changes={"point": [None, item.title]})
    return item


@transaction.atomic
def place_review(meeting: Meeting, *, actor: User, now: datetime) -> AgendaItem:
    """What earlier meetings left to do comes first, once (GOV-2)."""
    hold(meeting, actor=actor, now=now)
    items = list(agenda_of(meeting))
    if (already := next((one for one in items if one.kind == ItemKind.REVIEW), None)) is not None:
        return already
    if not still_open(meeting):
        raise Refusal("Aucune décision des séances précédentes n'est encore ouverte.")
    item = place_item(meeting, actor=actor, title=ItemKind.REVIEW.label, now=now)
    item.kind = ItemKind.REVIEW
    item.save(update_fields=["kind"])
    _number([item, *items])
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, actor: User, by: int, now: datetime) -> None:
    """One place up or down; at the end of the list, nothing moves."""
    hold(item.meeting, actor=actor, now=now)
    items = list(agenda_of(item.meeting))
    at = next(n for n, one in enumerate(items) if one.pk == item.pk)
    to = at + by
    if 0 <= to < len(items):
        items[at], items[to] = items[to], items[at]
        _number(items)
        write(actor, "governance.move_item", item.meeting, changes={item.title[:60]: [at + 1, to + 1]})


@transaction.atomic
def set_minutes(item: AgendaItem, *, actor: User, minutes: int, now: datetime) -> None:
    """How long the item should take."""
    hold(item.meeting, actor=actor, now=now)
    if not 1 <= minutes <= 480:
        raise Refusal({"minutes": ["Une durée va de 1 à 480 minutes."]})
    before, item.minutes = item.minutes, minutes
    item.save(update_fields=["minutes"])
    write(actor, "governance.set_minutes", item.meeting, changes={item.title[:60]: [before, minutes]})


@transaction.atomic
def remove_item(item: AgendaItem, *, actor: User, now: datetime) -> None:
    """Take a point off the agenda. A dossier is taken off by appraisal.actions.untable."""
    hold(item.meeting, actor=actor, now=now)
    write(actor, "governance.remove_item", item.meeting, changes={"point": [item.title, None]})
    item.delete()


def _number(items: list[AgendaItem]) -> None:
    for position, one in enumerate(items, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
