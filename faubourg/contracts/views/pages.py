"""The contract as everyone who works on it reads it: nothing here writes."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts import queries
from faubourg.contracts.permissions.project import can_adjust
from faubourg.contracts.permissions.settling import can_settle_clarification, can_verify_parameter
from faubourg.contracts.permissions.team import can_see_team
from faubourg.contracts.requests import who
from faubourg.contracts.states import ClarificationState

PER_PAGE = 50


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    contracts = queries.contracts_for(request.user, localdate()).select_related("epci", "gip")
    page = Paginator(contracts, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contracts/index.html", {"page": page})


@require_GET
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    context = {
        "overview": queries.overview(contract),
        "neighbourhoods": queries.neighbourhoods_of(contract.pk),
        "bodies": [one for one in queries.bodies_of(contract, localdate()) if one.minimum_per_year],
        "councils": queries.councils_of(contract),
        "year": localdate().year,
    }
    return _page(request, "show", contract, context)


@require_GET
def objectives(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    tree = queries.objective_tree(contract.pk)
    context = {
        "priorities": queries.priorities_of(tree),
        "warning": queries.priorities_warning(contract, tree, localdate()),
        "archived": queries.archived_objectives(contract.pk),
        "may_adjust": can_adjust(who(request), contract.pk),
    }
    return _page(request, "objectives", contract, context)


@require_GET
def orientations(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    context = {"orientations": queries.orientations_of(contract.pk)}
    return _page(request, "orientations", contract, context)


@require_GET
def signatories(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    signatories = queries.signatories_of(contract.pk)
    context = {"signatories": signatories, "papers": queries.papers_of(contract, signatories)}
    return _page(request, "signatories", contract, context)


@require_GET
def bodies(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    context = {
        "bodies": queries.bodies_of(contract, localdate()),
        "councils": queries.councils_of(contract),
        "year": localdate().year,
        "sits": who(request).sits_on(contract.pk),
    }
    return _page(request, "bodies", contract, context)


@require_GET
def parameters(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    rows = queries.parameters_of(contract.pk)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may_verify = can_verify_parameter(who(request), contract.pk)
    context = {"page": page, "may_verify": may_verify, "today": localdate()}
    return _page(request, "parameters", contract, context)


@require_GET
def clarifications(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    state = request.GET.get("etat", "")
    rows = queries.clarifications_of(contract.pk, state)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": ClarificationState.choices,
        "overview": queries.overview(contract),
        "may_settle": can_settle_clarification(who(request), contract.pk),
    }
    return _page(request, "clarifications", contract, context)


def _page(request: SignedInRequest, name: str, contract: Any, context: dict[str, Any]) -> HttpResponse:
    sees_team = can_see_team(who(request), contract.pk)
    frame = {"contract": contract, "section": name, "sees_team": sees_team}
    return render(request, f"contracts/{name}.html", {**frame, **context})
