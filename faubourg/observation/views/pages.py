"""The figures of a territory as everyone who works on the contract reads them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import contract_for, contracts_for
from faubourg.contracts.requests import who
from faubourg.observation import queries
from faubourg.observation.permissions import can_keep_equipment
from faubourg.observation.states import EquipmentKind, Siting


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    contracts = contracts_for(request.user, localdate()).select_related("epci")
    return render(request, "observation/index.html", {"contracts": contracts})


@require_GET
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    qpvs, others = queries.territories_of(contract.pk)
    checks = queries.checks_of(contract.pk)
    context = {"qpvs": qpvs, "others": others, "checks": checks}
    return _page(request, "show", contract, context)


@require_GET
def place(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    found = queries.neighbourhood_of(contract, code)
    context = {"place": found, "themes": queries.place_figures(contract, found), "today": localdate()}
    return _page(request, "place", contract, context)


@require_GET
def comparison(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    qpvs, others = queries.territories_of(contract.pk)
    asked = request.GET.getlist("territoire")
    chosen = [one for one in (*qpvs, *others) if one.code in asked] or qpvs
    context = {"qpvs": qpvs, "others": others, "comparison": queries.comparison_of(contract, chosen)}
    return _page(request, "comparison", contract, context)


@require_GET
def equipment(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    kind, siting = request.GET.get("nature", ""), request.GET.get("situation", "")
    kind = kind if kind in EquipmentKind.values else ""
    siting = siting if siting in Siting.values else ""
    context = {
        "equipment": queries.equipment_of(contract.pk, kind=kind, siting=siting),
        "kinds": EquipmentKind.choices,
        "sitings": Siting.choices,
        "kind": kind,
        "siting": siting,
        "may_keep": can_keep_equipment(who(request), contract),
    }
    return _page(request, "equipment", contract, context)


def _page(request: SignedInRequest, name: str, contract: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"observation/{name}.html", {"contract": contract, "section": name, **context})
