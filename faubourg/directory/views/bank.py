"""RIB of an organisation: typed by one person, confirmed or refused by another."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.directory import actions, queries
from faubourg.directory.forms import BankDetailsForm, ConfirmBankDetailsForm, RejectBankDetailsForm
from faubourg.directory.permissions import (
    can_confirm_bank_details,
    can_record_bank_details,
    can_see_bank_details,
)
from faubourg.documents.queries import as_download
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@sensitive_post_parameters("iban")
def record_bank_details(request: SignedInRequest, pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_record_bank_details(held, organisation))
    form = BankDetailsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_bank_details(
                organisation, **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(
                request, "Le RIB est enregistré. Une autre personne doit maintenant le confirmer."
            )
            return redirect("directory:show", pk)
    return render(request, "directory/bank.html", {"form": form, "organisation": organisation})


@never_cache
def confirm_bank_details(request: SignedInRequest, pk: int, bank_pk: int) -> HttpResponse:
    details = _to_decide(request, pk, bank_pk)
    form = ConfirmBankDetailsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_bank_details(details, **form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Le RIB est confirmé : les prochains paiements iront sur ce compte.")
            return redirect("directory:show", pk)
    return _decision_page(request, details, confirm_form=form, form=form)


@require_POST
def reject_bank_details(request: SignedInRequest, pk: int, bank_pk: int) -> HttpResponse:
    details = _to_decide(request, pk, bank_pk)
    form = RejectBankDetailsForm(request.POST)
    if form.is_valid():
        try:
            actions.reject_bank_details(details, **form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Le RIB est refusé : l'ancien reste en vigueur.")
            return redirect("directory:show", pk)
    return _decision_page(request, details, reject_form=form, form=form)


@require_GET
def bank_paper(request: SignedInRequest, pk: int, bank_pk: int) -> HttpResponseBase:
    """The bank's own paper, for those who read the account and nobody else."""
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    details = queries.bank_details_for(organisation, bank_pk)
    demand(can_see_bank_details(held, organisation))
    if details.paper is None:
        raise Http404("ce RIB n'a pas de fichier")
    return as_download(details.paper)


def _to_decide(request: SignedInRequest, pk: int, bank_pk: int) -> Any:
    held = office(request.user, localdate())
    details = queries.bank_details_for(queries.organisation_for(held, pk), bank_pk)
    demand(can_confirm_bank_details(held, details))
    return details


def _decision_page(request: SignedInRequest, details: Any, **forms: Any) -> HttpResponse:
    in_force, _ = queries.bank_details_live(details.organisation)
    context = {
        "confirm_form": ConfirmBankDetailsForm(),
        "reject_form": RejectBankDetailsForm(),
        "details": details,
        "in_force": in_force,
        "organisation": details.organisation,
        **forms,
    }
    return render(request, "directory/confirm_bank.html", context)
