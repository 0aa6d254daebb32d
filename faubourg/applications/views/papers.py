from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, permissions, queries
from faubourg.applications.states import Part
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@require_POST
def attach_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """Join one file, in answer to a paper of the call or besides."""
    application = queries.application_for(who(request), pk)
    wanted = queries.wanted_paper(application, request.POST.get("paper", ""))
    upload = request.FILES.get("upload")
    back = redirect("applications:edit", pk, Part.PAPERS)
    if upload is None:
        messages.error(request, "Choisissez d'abord un fichier, puis cliquez sur Joindre.")
        return back
    try:
        actions.attach_paper(
            application, upload, required_paper=wanted, actor=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, f"« {upload.name} » n'est pas joint. {refusal}")
        return back
    messages.success(request, f"« {upload.name} » est joint.")
    return back


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
