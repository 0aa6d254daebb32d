from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, permissions, queries
from faubourg.applications.states import Part
from faubourg.applications.views.parts import part_context
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.problems import Problem
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@require_POST
def attach_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Join one file, in answer to a paper of the call or besides; a refusal is said at its field."""
    application = queries.application_for(who(request), pk)
    wanted = queries.wanted_paper(application, request.POST.get("paper", ""))
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused(
            request, application, wanted, "Choisissez d'abord un fichier, puis cliquez sur Joindre."
        )
    try:
        actions.attach_paper(
            application, upload, required_paper=wanted, actor=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        return _refused(request, application, wanted, f"« {upload.name} » n'est pas joint. {refusal}")
    messages.success(request, f"« {upload.name} » est joint.")
    return redirect("applications:edit", pk, Part.PAPERS)


def _refused(request: SignedInRequest, application: Any, wanted: Any, why: str) -> HttpResponse:
    key, label = (wanted.pk, wanted.label) if wanted else ("autre", "Autre pièce")
    refused = {"key": key, "problem": Problem(why, label, f"fichier-{key}")}
    context = part_context(request, application, Part.PAPERS) | {"refused": refused}
    return render(request, "applications/edit.html", context)


@require_GET
def paper(request: SignedInRequest, pk: int, paper_pk: int) -> FileResponse:
    found = queries.paper_for(who(request), pk, paper_pk)
    demand(permissions.can_read_paper(who(request), found))
    return as_download(found.document)


@require_POST
def remove_paper(request: SignedInRequest, pk: int, paper_pk: int) -> HttpResponse:
    found = queries.paper_for(who(request), pk, paper_pk)
    actions.remove_paper(found.application, found, actor=request.user, now=timezone.now())
    messages.success(request, "La pièce est retirée du dossier.")
    return redirect("applications:edit", pk, Part.PAPERS)
