"""Where is this point? Sent by POST: nothing of where somebody lives is kept, or stays in an address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.territories.forms import PlaceForm
from faubourg.territories.permissions import can_locate
from faubourg.territories.queries.locating import located
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "HEAD", "POST"])
def locate(request: SignedInRequest) -> HttpResponse:
    demand(can_locate(office(request.user, localdate())))
    form = PlaceForm(request.POST if request.method == "POST" else None)
    found = located(form.cleaned_data["asked"]) if form.is_valid() else None
    return render(request, "territories/locate.html", {"form": form, "found": found})
