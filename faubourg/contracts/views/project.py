"""The objectives as they change: proposed by the GIP, decided by the steering committee."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts import queries
from faubourg.contracts.actions import project as actions
from faubourg.contracts.forms.project import AdoptForm, ChangeForm, PriorityForm
from faubourg.contracts.permissions.project import can_adjust
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def versions(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    context = {
        "contract": contract,
        "versions": queries.versions_of(contract.pk),
        "may_adjust": can_adjust(who(request), contract.pk),
    }
    return render(request, "contracts/versions.html", context)


@require_http_methods(["GET", "POST"])
def propose_change(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    demand(can_adjust(who(request), contract.pk))
    form = ChangeForm(_sent(request), contract=contract)
    now = timezone.now()
    done = _attempt(form, lambda said: actions.propose_change(contract, actor=request.user, now=now, **said))
    return _answer(request, contract, form, done, "Proposer un ajustement", "L'ajustement est proposé.")


@require_POST
def withdraw_change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    change = queries.change_for(request.user, slug, pk, localdate())
    actions.withdraw_change(change, actor=request.user, now=timezone.now())
    messages.success(request, "L'ajustement est retiré.")
    return redirect("contracts:versions", slug)


@require_http_methods(["GET", "POST"])
def adopt_version(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = queries.contract_for(request.user, slug, localdate())
    demand(can_adjust(who(request), contract.pk))
    version = queries.proposed_version(contract.pk)
    if version is None:
        raise Http404
    form = AdoptForm(_sent(request))
    now = timezone.now()
    done = _attempt(form, lambda said: actions.adopt_version(version, actor=request.user, now=now, **said))
    said = "La version est en vigueur : les objectifs sont à jour."
    return _answer(request, contract, form, done, "Noter la validation du COPIL", said)


@require_http_methods(["GET", "POST"])
def write_priority(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    priority = queries.priority_for(request.user, slug, pk, localdate())
    demand(can_adjust(who(request), priority.contract_id))
    form = PriorityForm(_sent(request), about=queries.sheet_of(priority))
    now = timezone.now()
    if _attempt(form, lambda said: actions.write_priority(priority, actor=request.user, now=now, **said)):
        messages.success(request, "La fiche de la priorité est enregistrée.")
        return redirect("contracts:objectives", slug)
    context = {"contract": priority.contract, "form": form, "heading": f"Ce que vise « {priority.label} »"}
    return render(request, "contracts/adjust.html", context)


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _attempt(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Done, or each refusal beside its field."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refusal as refusal:
        show_on(form, refusal)
        return False
    return True


def _answer(
    request: SignedInRequest, contract: Any, form: forms.Form, is_done: bool, heading: str, said: str
) -> HttpResponse:
    if is_done:
        messages.success(request, said)
        return redirect("contracts:versions", contract.slug)
    return render(request, "contracts/adjust.html", {"contract": contract, "form": form, "heading": heading})
