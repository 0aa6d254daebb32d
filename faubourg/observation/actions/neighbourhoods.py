"""The official files of neighbourhoods: received, then taken over by who answers for them (GEO-1, GEO-2)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.observation.permissions import can_bring_neighbourhoods
from faubourg.territories import actions
from faubourg.territories.models import Source
from faubourg.territories.rules.cog import Cog
from faubourg.territories.rules.files import ReadFile
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

MOST_TOLD = 30
"""Problems said of a file that cannot be taken; beyond, their number."""


def receive_file(
    read: ReadFile, content: bytes, *, actor: User, now: datetime, dated: date | None = None
) -> Source:
    """Keep a file whose rows are all readable; refused on `upload` otherwise, and not kept."""
    demand(can_bring_neighbourhoods(standing(actor, localdate(now))))
    told, more = read.problems[:MOST_TOLD], len(read.problems) - MOST_TOLD
    refuse_if({"upload": [*told, f"Et {more} autres lignes refusées."] if more > 0 else told})
    return actions.receive_file(read, content, actor=actor, now=now, dated=dated)


@transaction.atomic
def bring_file(source: Source, read: ReadFile, cog: Cog, *, actor: User, now: datetime) -> bool:
    """Take over a file that waits: all of it, or nothing. False when there was nothing left to write."""
    waiting = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    demand(can_bring_neighbourhoods(standing(actor, localdate(now))))
    if waiting.imported_at:
        return False
    brought = actions.bring_file(read, cog, actor=actor, now=now, waiting=waiting)
    refuse_if({"": brought.refused[:MOST_TOLD]})
    return brought.writes
