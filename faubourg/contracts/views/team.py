"""The team of a contract: seats, and what is asked of those who hold them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts import queries
from faubourg.contracts.actions import team as actions
from faubourg.contracts.forms.team import EndSeatForm, SeatForm
from faubourg.contracts.permissions import team as permissions
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def team(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    held = who(request)
    demand(permissions.can_see_team(held, contract.pk))
    current, expired = queries.seats_of(contract, localdate())
    context = {
        "contract": contract,
        "section": "team",
        "sees_team": True,
        "current": current,
        "expired": expired,
        "can_give": permissions.can_give_seat(held, contract.pk),
        "can_require": permissions.can_require_second_factor(held, contract.pk),
    }
    return render(request, "contracts/team.html", context)


def give_seat(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    demand(permissions.can_give_seat(who(request), contract.pk))
    form = SeatForm(request.POST or None, initial={"from_on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            seat = actions.give_seat(contract, **form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"{seat.user.full_name} est prévenu par courriel.")
            return redirect("contracts:team", slug)
    return render(request, "contracts/give_seat.html", {"form": form, "contract": contract})


def end_seat(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    demand(permissions.can_end_seat(who(request), contract.pk))
    seat = queries.seat_of(contract, pk)
    form = EndSeatForm(request.POST or None, initial={"to_on": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_seat(seat, **form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Le dernier jour est noté.")
            return redirect("contracts:team", slug)
    return render(request, "contracts/end_seat.html", {"form": form, "contract": contract, "seat": seat})


@require_POST
def require_second_factor(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    required = request.POST.get("required") == "oui"
    actions.require_second_factor(contract, required=required, actor=request.user, now=timezone.now())
    messages.success(
        request, "Le second facteur est exigé." if required else "Le second facteur n'est plus exigé."
    )
    return redirect("contracts:team", slug)
