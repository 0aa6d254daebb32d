"""Drop the official file, read what it changes, take it over (GEO-1, GEO-2)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.observation.forms import NeighbourhoodFileForm
from faubourg.observation.imports import neighbourhoods as imports
from faubourg.observation.permissions import can_bring_neighbourhoods
from faubourg.observation.queries.neighbourhoods import latest_files, one_file
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "HEAD", "POST"])
def receive_file(request: SignedInRequest) -> HttpResponse:
    demand(can_bring_neighbourhoods(who(request)))
    is_sent = request.method == "POST"
    form = NeighbourhoodFileForm(*((request.POST, request.FILES) if is_sent else ()))
    if form.is_valid():
        try:
            source = imports.receive(**form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            return redirect("neighbourhoods:bring_file", source.pk)
    return render(request, "observation/receive_file.html", {"form": form, "files": latest_files()})


@require_http_methods(["GET", "HEAD", "POST"])
def bring_file(request: SignedInRequest, file_pk: int) -> HttpResponse:
    demand(can_bring_neighbourhoods(who(request)))
    source = one_file(file_pk)
    if request.method == "POST":
        is_written = imports.bring(source, actor=request.user, now=timezone.now())
        words = "est chargé" if is_written else "était déjà chargé : rien n'a changé"
        messages.success(request, f"« {source} » {words}.")
        return redirect("portal:neighbourhoods")
    brought = None if source.imported_at else imports.incoming(source).brought
    return render(request, "observation/bring_file.html", {"source": source, "brought": brought})
