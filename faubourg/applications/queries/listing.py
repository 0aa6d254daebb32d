"""Lists of dossiers: one's own, with the next thing to do; the filed ones of a campaign, filtered and paged.

A page of 50 is read in two steps: the ids, from a narrow index, then the rows of these ids only. So page 400
costs what page 1 costs, and the length of the texts costs nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.utils.timezone import localdate

from faubourg.applications import rules
from faubourg.applications.models import (
    Application,
    ApplicationQuerySet,
    ApplicationTerritory,
    FundingRequest,
)
from faubourg.applications.queries.reading import Elsewhere, matching
from faubourg.calls.models import Call
from faubourg.calls.rules import is_open as is_open_on
from faubourg.contracts.models import Objective
from faubourg.contracts.rules import Standing
from faubourg.directory.models import Organisation
from faubourg.territories.models import Neighbourhood

PAGE = 50
SORTS: Mapping[str, tuple[str, ...]] = {
    "recents": ("-submitted_at", "-id"),
    "anciens": ("submitted_at", "id"),
    "intitule": ("title", "id"),
}


@dataclass(frozen=True)
class Filters:
    """What the address of the list asks for; everything empty is everything filed in the campaign."""

    state: str = ""
    objective: int | None = None
    neighbourhood: int | None = None
    funder: int | None = None
    words: str = ""
    sort: str = "recents"


@dataclass(frozen=True)
class Choices:
    """What one may filter by on a campaign."""

    calls: Sequence[Call]
    call: Call | None
    objectives: Sequence[Objective] = ()
    neighbourhoods: Sequence[Neighbourhood] = ()
    funders: Sequence[Organisation] = field(default=())


@dataclass(frozen=True)
class FiledRow:
    """A dossier filed in a campaign, and the names of the neighbourhoods it aims at."""

    application: Application
    neighbourhoods: Sequence[str]


@dataclass(frozen=True)
class OwnRow:
    """A dossier of one's organisation, and what is to be done."""

    application: Application
    next_thing: str
    is_mine_to_do: bool


def choices_for(standing: Standing, call_pk: int | None) -> Choices:
    """The campaigns of the contracts one sits on, the one chosen (the latest when none is), its filters."""
    calls = list(
        Call.objects.filter(contract__in=standing.contracts())
        .select_related("contract")
        .defer("guidelines", "exception_reason")
        .order_by("-year", "-opens_on", "-id")
    )
    call = next((call for call in calls if call.pk == call_pk), calls[0] if calls else None)
    if call is None:
        return Choices(calls, None)
    return Choices(
        calls=calls,
        call=call,
        objectives=list(call.objectives.order_by("position")),
        neighbourhoods=list(call.neighbourhoods.all()),
        funders=list(Organisation.objects.filter(pk__in=call.envelopes.values("funder")).order_by("name")),
    )


def filed_page(standing: Standing, call: Call, filters: Filters, number: str | int | None) -> Page[FiledRow]:
    """One page of the dossiers filed in a campaign, most recent first unless asked otherwise."""
    found = Application.objects.filed().filter(call=call)
    if not standing.sits_on(call.contract_id):
        found = found.none()
    sort = SORTS.get(filters.sort, SORTS["recents"])
    found = narrowed(found, filters).order_by(*sort)
    page = cast("Page[Any]", _page(found, number, is_searched=bool(filters.words.strip())))
    names = _neighbourhoods([application.pk for application in page.object_list])
    page.object_list = [FiledRow(application, names[application.pk]) for application in page.object_list]
    return page


def own_page(standing: Standing, now: datetime, number: str | int | None) -> Page[OwnRow]:
    """One page of the dossiers of one's organisations, each with its next thing to do."""
    own = Application.objects.filter(applicant__in=standing.memberships).order_by("-id")
    page = cast("Page[Any]", _page(own, number))
    page.object_list = [_own_row(application, now) for application in page.object_list]
    return page


def narrowed(found: ApplicationQuerySet, filters: Filters, *elsewhere: Elsewhere) -> ApplicationQuerySet:
    """The dossiers that answer the filters, whatever their order."""
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.objective:
        through = Application.objectives.through.objects.filter(objective_id=filters.objective)
        found = found.filter(pk__in=through.values("application"))
    if filters.neighbourhood:
        aimed_at = ApplicationTerritory.objects.filter(neighbourhood=filters.neighbourhood)
        found = found.filter(pk__in=aimed_at.values("application"))
    if filters.funder:
        asked = FundingRequest.objects.filter(envelope__funder=filters.funder)
        found = found.filter(pk__in=asked.values("application"))
    return cast(ApplicationQuerySet, matching(found, filters.words, *elsewhere))


def _page(
    found: ApplicationQuerySet, number: str | int | None, *, is_searched: bool = False
) -> Page[Application]:
    ids: Any = found.values_list("pk", flat=True)
    if is_searched:  # one reading of the index rather than one to count and one to turn the page
        ids = list(ids)
    page: Page[Any] = Paginator(ids, PAGE).get_page(number)
    wanted = list(page.object_list)
    rows = {row.pk: row for row in _rows(wanted)}
    page.object_list = [rows[pk] for pk in wanted if pk in rows]
    return page


def _rows(ids: Sequence[int]) -> ApplicationQuerySet:
    """What a line of a list shows; the long texts stay in the database."""
    asked = (
        FundingRequest.objects.filter(application=OuterRef("pk"))
        .order_by()
        .values("application")
        .annotate(total=Sum("requested_amount"))
        .values("total")
    )
    shown = (
        "call", "applicant", "state", "number", "title", "submitted_at", "saved_at", "late_until",
        "is_multi_year", "is_fictitious", "closing_reason", "call__title", "call__year", "call__opens_on",
        "call__closes_on", "call__state", "call__contract", "applicant__name", "applicant__short_name",
    )  # fmt: skip
    return (
        Application.objects.filter(pk__in=ids)
        .select_related("call", "applicant")
        .only(*shown)
        .annotate(requested_total=Subquery(asked, output_field=DecimalField(max_digits=14, decimal_places=2)))
    )


def _neighbourhoods(ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """{dossier: names}, without building an object per neighbourhood of each dossier."""
    found: dict[int, list[str]] = defaultdict(list)
    aimed_at = ApplicationTerritory.objects.filter(application__in=ids).order_by("neighbourhood__kind", "id")
    for application, name in aimed_at.values_list("application", "neighbourhood__name"):
        found[application].append(name)
    return found


def _own_row(application: Application, now: datetime) -> OwnRow:
    late = application.late_until is not None and now <= application.late_until
    call = application.call
    is_open = late or is_open_on(call.state, call.opens_on, call.closes_on, localdate(now))
    words, mine = rules.next_thing(
        application.state,
        is_open=is_open,
        closes_on=call.closes_on,
        late_until=application.late_until if late else None,
    )
    return OwnRow(application, words, mine)
