from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, forms, permissions, queries
from faubourg.applications.states import Part
from faubourg.applications.views.parts import save
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import ALLOWED, demand


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest, call_pk: int | None = None) -> HttpResponse:
    """Begin a dossier: for this call, or choosing among those open today."""
    calls = [queries.call_to_start(call_pk)] if call_pk else queries.calls_to_start(localdate())
    applicants = queries.organisations_to_start(who(request))
    verdict = ALLOWED
    if call_pk and applicants:
        verdict = permissions.can_start(who(request), calls[0], applicants[0], localdate())
    form = forms.StartForm(calls, applicants, request.POST or None)
    if form.is_valid() and (application := _start(request, form)):
        return redirect("applications:edit", application.pk, Part.STRUCTURE)
    context = {"form": form, "calls": calls, "applicants": applicants, "verdict": verdict, "call_pk": call_pk}
    context["previous"] = queries.previous_applications(who(request), call_pk) if calls and verdict else []
    return render(request, "applications/start.html", context)


def _start(request: SignedInRequest, form: forms.StartForm) -> Any:
    try:
        return actions.start(
            form.call_chosen,
            form.applicant_chosen,
            actor=request.user,
            title=form.cleaned_data["title"],
            now=timezone.now(),
        )
    except Refusal as refusal:
        show_on(form, refusal)
        return None


@require_POST
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign and file, with the attestations ticked on the page. A second click leads to the same receipt."""
    application = queries.application_for(who(request), pk)
    if application.number:
        return redirect("applications:receipt", pk)
    try:
        if "version" in request.POST:
            save(request, application, forms.form_for(application, Part.SIGNATURE, request.POST))
        actions.submit(application, actor=request.user, now=timezone.now())
    except (Refusal, actions.SavedMeanwhile) as problem:
        messages.error(request, f"Le dossier n'est pas déposé. {problem}")
        return redirect("applications:edit", pk, Part.SIGNATURE)
    messages.success(request, f"Dossier déposé sous le numéro {application.number}.")
    return redirect("applications:receipt", pk)


@require_GET
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    detail = queries.application_detail(who(request), pk)
    if not detail.application.number:
        raise Http404
    return render(request, "applications/receipt.html", {"detail": detail, "application": detail.application})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    application = queries.application_for(who(request), pk)
    if request.method == "POST" and permissions.has_withdrawn(who(request), application):
        messages.info(request, "C'est déjà fait : le dossier est retiré.")
        return redirect("applications:index")
    demand(permissions.can_withdraw(who(request), application))
    form = forms.WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(
            application, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
        )
        messages.success(request, "Le dossier est retiré.")
        return redirect("applications:index")
    return render(request, "applications/withdraw.html", {"form": form, "application": application})


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """The GIP lets one draft in after the last day (PRG-3)."""
    application = queries.draft_for(who(request), pk)
    demand(permissions.can_extend(who(request), application))
    form = forms.ExtendForm(request.POST or None)
    if form.is_valid() and _extend(request, application, form):
        messages.success(
            request, "Le dépôt est rouvert pour ce dossier ; son auteur est prévenu par courriel."
        )
        return redirect("applications:drafts", application.call_id)
    return render(request, "applications/extend.html", {"form": form, "application": application})


def _extend(request: SignedInRequest, application: Any, form: forms.ExtendForm) -> bool:
    try:
        actions.extend(application, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        show_on(form, refusal)
        return False
    return True


@require_GET
def drafts(request: SignedInRequest, call_pk: int) -> HttpResponse:
    """The drafts of a call, for the GIP: names only, to remind or to let in."""
    call = queries.call_to_extend(who(request), call_pk)
    page = queries.drafts_page(who(request), call, request.GET.get("page"))
    return render(request, "applications/drafts.html", {"call": call, "page": page})
