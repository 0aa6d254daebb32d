"""Pages that cut across the apps: they read and compose; acts live in the app they belong to."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal.queries import committee_loads
from faubourg.awards.queries import awards_call_for, envelope_gauges
from faubourg.contracts.requests import who
from faubourg.observation.permissions import can_bring_neighbourhoods
from faubourg.portal.permissions import can_read_neighbourhoods
from faubourg.portal.queries import home as reading
from faubourg.portal.queries.application import application_page, journal_of
from faubourg.portal.queries.comparison import comparison_page
from faubourg.portal.queries.follow_up import follow_up, going_on
from faubourg.portal.queries.neighbourhood import neighbourhood_page
from faubourg.portal.queries.todos import todos
from faubourg.territories import exports
from faubourg.territories.queries.neighbourhoods import Filters, qpvs_to_export
from faubourg.territories.queries.neighbourhoods import neighbourhoods as listed
from faubourg.territories.states import VINTAGES, NeighbourhoodKind
from faubourg.toolkit.verdict import demand


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    held, today = who(request), localdate()
    calls = reading.calls_of(held, today)
    counts = reading.state_counts(calls) if held.seats else {}
    context = {
        "todos": todos(held, today, calls, counts),
        "going_on": going_on(held, timezone.now()) if held.memberships else [],
        "moves": reading.latest_moves(held),
        "campaigns": reading.campaigns(held, calls, counts),
        "open_calls": [call for call in calls if call.state == "open" and call.closes_on >= today],
        "held": held,
        "today": today,
    }
    return render(request, "portal/home.html", context)


@require_GET
def envelopes(request: SignedInRequest, pk: int) -> HttpResponse:
    """A page of its own; home takes its table."""
    call = awards_call_for(who(request), pk)
    context = {"call": call, "envelopes": envelope_gauges(call), "committees": committee_loads(call)}
    return render(request, "portal/envelopes.html", context)


@require_GET
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    page = application_page(who(request), pk)
    context = {"page": page, "application": page.application, "today": localdate()}
    if page.is_own:
        context["follow_up"] = follow_up(page.application, page.officer, page.notes.requests, timezone.now())
    return render(request, "portal/application.html", context)


@require_GET
def comparison(request: SignedInRequest, pk: int) -> HttpResponse:
    return render(request, "portal/comparison.html", {"page": comparison_page(who(request), pk)})


@require_GET
def journal(request: SignedInRequest, pk: int) -> HttpResponse:
    application, entries = journal_of(who(request), pk)
    return render(request, "portal/journal.html", {"application": application, "entries": entries})


@require_GET
def neighbourhoods(request: SignedInRequest) -> HttpResponse:
    demand(can_read_neighbourhoods(who(request)))
    filters = _filters(request)
    context = {
        "page": Paginator(listed(filters), 50).get_page(request.GET.get("page")),
        "filters": filters,
        "is_filtered": filters != Filters(),
        "vintages": VINTAGES,
        "kinds": NeighbourhoodKind.choices,
        "tiles": settings.TILES,
        "may_bring": can_bring_neighbourhoods(who(request)),
    }
    return render(request, "portal/neighbourhoods.html", context)


@require_GET
def neighbourhood(request: SignedInRequest, code: str) -> HttpResponse:
    demand(can_read_neighbourhoods(who(request)))
    page = neighbourhood_page(request.user, code, localdate())
    context = {"page": page, "place": page.place, "tiles": settings.TILES}
    return render(request, "portal/neighbourhood.html", context)


@require_GET
def outlines_file(request: SignedInRequest) -> StreamingHttpResponse:
    demand(can_read_neighbourhoods(who(request)))
    places = qpvs_to_export(_filters(request)).iterator(chunk_size=200)
    parts = exports.geojson_parts(places, **({"decimals": 4} if "carte" in request.GET else {}))
    return _download(parts, "application/geo+json", "quartiers.geojson")


@require_GET
def geopackage_file(request: SignedInRequest) -> StreamingHttpResponse:
    demand(can_read_neighbourhoods(who(request)))
    content = exports.geopackage(qpvs_to_export(_filters(request)), now=timezone.now())
    return _download(iter([content]), "application/geopackage+sqlite3", "quartiers.gpkg")


@require_GET
def list_file(request: SignedInRequest) -> StreamingHttpResponse:
    demand(can_read_neighbourhoods(who(request)))
    places = qpvs_to_export(_filters(request)).iterator(chunk_size=200)
    return _download(exports.csv_lines(places), "text/csv; charset=utf-8", "quartiers.csv")


def _filters(request: SignedInRequest) -> Filters:
    """What the address asks for; what it cannot ask for counts for nothing."""
    asked = {name: request.GET.get(name, "") for name in ("q", "generation", "nature")}
    return Filters(
        typed=asked["q"].strip(),
        vintage=next((year for year in VINTAGES if str(year) == asked["generation"]), None),
        kind=asked["nature"] if asked["nature"] in NeighbourhoodKind.values else "",
    )


def _download(parts: Iterator[str] | Iterator[bytes], content_type: str, name: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
