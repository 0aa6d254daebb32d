from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import actions, queries
from faubourg.appraisal.views.access import press
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.governance.permissions import can_run
from faubourg.governance.queries import examines_applications, meeting_for, papers_due_on

FILES = {"livret": "booklet", "classeur": "table"}


@require_GET
def papers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the papers are: asked for, on their way, ready; reloading it loses nothing."""
    meeting = _committee(request, pk)
    found = queries.papers_of(meeting)
    moving = found is not None and found.state in ("queued", "running")
    context = {
        "meeting": meeting, "papers": found, "moving": moving,
        "is_stuck": actions.is_stuck(found, timezone.now()),
        "due_on": papers_due_on(meeting, localdate()), "may_run": can_run(who(request), meeting),
        "is_writable": meeting.state in ("planned", "open"),
    }  # fmt: skip
    return render(request, "appraisal/papers.html", context)


@require_POST
def order_papers(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _committee(request, pk)
    press(
        request,
        lambda: actions.order_papers(meeting, actor=request.user, now=timezone.now()),
        "Les pièces se préparent : vous pouvez quitter cette page.",
    )
    return redirect("appraisal:papers", pk)


@require_POST
def send_papers(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _committee(request, pk)
    press(
        request,
        lambda: actions.send_papers(meeting, actor=request.user, now=timezone.now()),
        "La convocation et les pièces partent à chaque personne attendue, une fois.",
    )
    return redirect("appraisal:papers", pk)


@require_GET
def paper(request: SignedInRequest, pk: int, which: str) -> FileResponse:
    found = queries.papers_of(_committee(request, pk))
    document = getattr(found, FILES.get(which, ""), None)
    if document is None:
        raise Http404
    return as_download(document)


# --------------------------------------------------------------------------------------------------


def _committee(request: SignedInRequest, pk: int) -> Any:
    meeting = meeting_for(who(request), pk)
    if not examines_applications(meeting):
        raise Http404
    return meeting
