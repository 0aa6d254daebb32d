"""The letters to applicants: prepare, read, release."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import actions, queries
from faubourg.awards.actions.notices import Result
from faubourg.awards.permissions import can_prepare_notices, can_review_letters
from faubourg.awards.queries.notices import awaiting_notice, letters_for, notices_of
from faubourg.contracts.requests import who
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand

BATCH = 100
"""Letters set at one click: about a second. The page says how many are left."""


@require_GET
def notices(request: SignedInRequest, pk: int) -> HttpResponse:
    call = queries.awards_call_for(who(request), pk)
    demand(can_prepare_notices(who(request), call.contract_id))
    page = Paginator(notices_of(call), 50).get_page(request.GET.get("page"))
    context = {"call": call, "waiting": awaiting_notice(call).count(), "page": page}
    return render(request, "awards/notices.html", context)


@require_POST
def prepare_notices(request: SignedInRequest, pk: int) -> HttpResponse:
    call = queries.awards_call_for(who(request), pk)
    demand(can_prepare_notices(who(request), call.contract_id))
    results = actions.prepare_notices(awaiting_notice(call)[:BATCH], actor=request.user, now=timezone.now())
    report_on(request, results, "lettre préparée", "lettres préparées")
    return redirect("awards:notices", call.pk)


@require_POST
def release_notices(request: SignedInRequest, pk: int) -> HttpResponse:
    call = queries.awards_call_for(who(request), pk)
    demand(can_review_letters(who(request), call.contract_id))
    chosen = [key for text in request.POST.getlist("letters") if (key := read_key(text))]
    letters = letters_for(who(request)).filter(pk__in=chosen)
    results = actions.release_notices(letters, actor=request.user, now=timezone.now())
    report_on(request, results, "lettre envoyée", "lettres envoyées")
    return redirect("awards:notices", call.pk)


def report_on(request: SignedInRequest, results: list[Result], one: str, many: str) -> None:
    """How many were done, and why the others were not, one sentence each."""
    done = sum(not result.problem for result in results)
    if done:
        messages.success(request, f"{done} {many if done > 1 else one}.")
    for result in results:
        if result.problem:
            messages.error(request, f"{result.label} : {result.problem}")
    if not results:
        messages.warning(request, "Rien n'était coché, ou tout était déjà fait.")
