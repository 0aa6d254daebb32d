"""What the GIP writes on the contract: a figure verified, a point settled."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts import queries
from faubourg.contracts.actions import settling as actions
from faubourg.contracts.forms.settling import SettleForm
from faubourg.contracts.permissions.settling import can_settle_clarification
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@require_POST
def verify_parameter(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    parameter = queries.parameter_for(request.user, slug, pk, localdate())
    actions.verify_parameter(parameter, actor=request.user, now=timezone.now())
    messages.success(request, f"« {parameter.label} » est vérifié.")
    return redirect("contracts:parameters", slug)


@require_POST
def unverify_parameter(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    parameter = queries.parameter_for(request.user, slug, pk, localdate())
    actions.unverify_parameter(parameter, actor=request.user, now=timezone.now())
    messages.success(request, f"« {parameter.label} » n'est plus marqué vérifié.")
    return redirect("contracts:parameters", slug)


@require_http_methods(["GET", "POST"])
def settle_clarification(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    point = queries.clarification_for(request.user, slug, number, localdate())
    demand(can_settle_clarification(who(request), point.contract_id))
    form = SettleForm(request.POST or None, initial={"decision": point.decision})
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_clarification(point, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Le point n° {point.number} est réglé.")
            return redirect("contracts:clarifications", slug)
    return render(
        request, "contracts/settle.html", {"form": form, "point": point, "contract": point.contract}
    )
