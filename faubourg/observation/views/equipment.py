"""The directory of equipment kept by the GIP (DAT-6)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.observation import queries
from faubourg.observation.actions import equipment as actions
from faubourg.observation.forms import EquipmentForm
from faubourg.observation.permissions import can_keep_equipment
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    return _edit(request, slug, None)


@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _edit(request, slug, pk)


@require_POST
def archive(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    known = queries.one_equipment(contract.pk, pk)
    actions.archive_equipment(known, actor=request.user, now=timezone.now())
    messages.success(request, f"« {known} » est archivé : il n'est plus dans la liste.")
    return redirect("observation:equipment", slug)


def _edit(request: SignedInRequest, slug: str, pk: int | None) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(can_keep_equipment(who(request), contract))
    known = queries.one_equipment(contract.pk, pk) if pk else None
    form = EquipmentForm(request.POST if request.method == "POST" else None, contract=contract, known=known)
    if form.is_valid():
        try:
            saved = actions.save_equipment(
                contract, known, actor=request.user, now=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"« {saved} » est dans la liste.")
            return redirect("observation:equipment", slug)
    context = {"contract": contract, "section": "equipment", "form": form, "known": known}
    return render(request, "observation/equipment_form.html", context)
