"""RIB of an organisation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from faubourg.accounts.queries import office
from faubourg.accounts.requests import SignedInRequest
from faubourg.directory import actions, queries
from faubourg.directory.forms import BankDetailsForm
from faubourg.directory.permissions import can_record_bank_details
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


def record_bank_details(request: SignedInRequest, pk: int) -> HttpResponse:
    held = office(request.user, localdate())
    organisation = queries.organisation_for(held, pk)
    demand(can_record_bank_details(held, organisation))
    form = BankDetailsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_bank_details(
                organisation, **form.cleaned_data, actor=request.user, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Le RIB est enregistré.")
            return redirect("directory:show", pk)
    return render(request, "directory/bank.html", {"form": form, "organisation": organisation})
