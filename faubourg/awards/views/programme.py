"""The programming table."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import queries
from faubourg.awards.forms import FilterForm, filters_from
from faubourg.awards.queries.programme import programme as read_programme
from faubourg.awards.queries.programme import programme_call_for
from faubourg.awards.requests import doors
from faubourg.contracts.requests import who


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    return render(request, "awards/index.html", {"calls": queries.awards_calls_for(who(request))})


@require_GET
def programme(request: SignedInRequest, pk: int) -> HttpResponse:
    standing = who(request)
    call = programme_call_for(standing, pk, localdate())
    filters = filters_from(request.GET)
    table = read_programme(call, standing, filters)
    context = {
        "call": call,
        "programme": table,
        "filters": filters,
        "form": FilterForm(request.GET, objectives=table.objectives),
        **doors(request, call),
    }
    return render(request, "awards/programme.html", context)
