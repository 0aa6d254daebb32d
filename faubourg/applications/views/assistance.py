from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import actions, forms, permissions, queries
from faubourg.applications.states import Part
from faubourg.contracts.requests import who
from faubourg.directory.queries import organisations_for
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "HEAD", "POST"])
def start_for(request: SignedInRequest, call_pk: int) -> HttpResponse:
    """The GIP begins a draft in the name of an organisation."""
    call = queries.call_to_extend(who(request), call_pk)
    demand(permissions.can_start_for(who(request), call))
    form = forms.StartForForm(organisations_for(office(request.user, localdate())), request.POST or None)
    if form.is_valid() and (application := _start_for(request, call, form)):
        return redirect("applications:edit", application.pk, Part.STRUCTURE)
    return render(request, "applications/start_for.html", {"form": form, "call": call})


def _start_for(request: SignedInRequest, call: Any, form: forms.StartForForm) -> Any:
    title, now = form.cleaned_data["title"], timezone.now()
    try:
        return actions.start_for(call, form.applicant_chosen, actor=request.user, title=title, now=now)
    except Refusal as refusal:
        show_on(form, refusal)
        return None


@require_POST
def ask_help(request: SignedInRequest, pk: int) -> HttpResponse:
    application = queries.application_for(who(request), pk)
    actions.ask_help(application, actor=request.user, now=timezone.now())
    messages.success(request, "Le GIP peut maintenant lire ce brouillon et y écrire pour vous.")
    return redirect("applications:edit", pk, Part.PROJECT)


@require_POST
def end_help(request: SignedInRequest, pk: int) -> HttpResponse:
    application = queries.application_for(who(request), pk)
    actions.end_help(application, actor=request.user, now=timezone.now())
    messages.success(request, "Le GIP ne lit plus ce brouillon. Ce qu'il a écrit reste.")
    return redirect("applications:edit", pk, Part.PROJECT)


@require_http_methods(["GET", "HEAD", "POST"])
def file_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The signed sheet arrived: scanned, dated, it files the dossier."""
    application = queries.application_for(who(request), pk)
    if application.paper_received_on:
        return redirect("applications:receipt", pk)
    demand(permissions.can_file_paper(who(request), application))
    form = forms.PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _file_paper(request, application, form):
        messages.success(request, f"Dossier déposé sous le numéro {application.number}.")
        return redirect("applications:receipt", pk)
    return render(request, "applications/file_paper.html", {"form": form, "application": application})


def _file_paper(request: SignedInRequest, application: Any, form: forms.PaperForm) -> bool:
    try:
        actions.file_paper(application, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except Refusal as refusal:
        show_on(form, refusal)
        return False
    return True
