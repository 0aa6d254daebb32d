from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.governance import permissions, queries
from faubourg.governance.actions import councils as actions
from faubourg.governance.forms import CouncilInvitationForm
from faubourg.toolkit.asking import attempt, sent, sent_files
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def invite_council(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every council, whether it was invited; the GIP notes the invitations below."""
    shown = queries.meeting_for(who(request), pk)
    may_run = permissions.can_run(who(request), shown)
    if request.method == "POST":
        demand(may_run)
    councils, now = queries.councils_at(shown), timezone.now()
    form = CouncilInvitationForm(sent(request), sent_files(request), councils=councils)
    if attempt(form, lambda said: actions.invite_council(shown, actor=request.user, now=now, **said)):
        messages.success(request, "L'invitation est notée.")
        return redirect("governance:invite_council", pk)
    context = {"form": form, "meeting": shown, "councils": councils, "may_run": may_run}
    return render(request, "governance/councils.html", context)


@require_GET
def invitation_proof(request: SignedInRequest, pk: int, invitation_pk: int) -> FileResponse:
    shown = queries.meeting_for(who(request), pk)
    demand(permissions.can_run(who(request), shown))
    invitation = queries.invitation_of(shown, invitation_pk)
    if invitation.proof is None:
        raise Http404
    return as_download(invitation.proof)
