"""The files of neighbourhoods that were received."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from faubourg.contracts.rules import Standing
from faubourg.observation.permissions import can_bring_neighbourhoods
from faubourg.territories.models import Source
from faubourg.territories.states import SourceKind
from faubourg.toolkit.verdict import demand

SHOWN = 10


def files_of(standing: Standing) -> QuerySet[Source]:
    """The latest ones that were kept, for those who may take them over; 403 with its reason for others."""
    demand(can_bring_neighbourhoods(standing))
    kept = Source.objects.exclude(document=None).exclude(kind=SourceKind.COG)
    return kept.select_related("imported_by", "document")


def file_for(standing: Standing, pk: int) -> Source:
    """One of them, or 404."""
    return get_object_or_404(files_of(standing), pk=pk)
