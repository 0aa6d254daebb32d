"""Pages that cut across the apps: they read and compose; acts live in the app they belong to."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal.queries import committee_loads
from faubourg.awards.queries import awards_call_for, envelope_gauges
from faubourg.contracts.requests import who
from faubourg.portal.queries import home as reading
from faubourg.portal.queries.application import application_page, journal_of
from faubourg.portal.queries.comparison import comparison_page
from faubourg.portal.queries.follow_up import follow_up, going_on
from faubourg.portal.queries.todos import todos


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


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
