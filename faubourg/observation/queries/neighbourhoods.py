"""The files of neighbourhoods that were received, for those whom `can_bring_neighbourhoods` allows."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from faubourg.territories.models import Source
from faubourg.territories.states import SourceKind

SHOWN = 10


def latest_files() -> QuerySet[Source]:
    return _files()[:SHOWN]


def one_file(pk: int) -> Source:
    """One of them, or 404."""
    return get_object_or_404(_files(), pk=pk)


def _files() -> QuerySet[Source]:
    kept = Source.objects.exclude(document=None).exclude(kind=SourceKind.COG)
    return kept.select_related("imported_by", "document")
