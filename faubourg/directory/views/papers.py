"""The papers of an organisation: kept once, reused by each dossier."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.directory import actions, queries
from faubourg.directory.forms import OrganisationPaperForm
from faubourg.directory.permissions import can_add_organisation_paper, can_read_organisation_papers
from faubourg.documents.queries import as_download
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


def add_organisation_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_add_organisation_paper(held, organisation))
    form = OrganisationPaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper = actions.add_organisation_paper(
                organisation, **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"« {paper} » est gardée : vos dossiers la reprendront.")
            return redirect("directory:show", pk)
    return render(request, "directory/add_paper.html", {"form": form, "organisation": organisation})


@require_GET
def organisation_paper(request: SignedInRequest, pk: int, kept_pk: int) -> HttpResponseBase:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_read_organisation_papers(held, organisation))
    return as_download(queries.paper_of(organisation, kept_pk).document)


@require_POST
def withdraw_organisation_paper(request: SignedInRequest, pk: int, kept_pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    paper = queries.paper_of(queries.organisation_for(held, pk), kept_pk)
    actions.withdraw_organisation_paper(paper, actor=request.user, now=timezone.now())
    messages.success(request, "La pièce est retirée de la fiche ; les dossiers déjà déposés la gardent.")
    return redirect("directory:show", pk)
