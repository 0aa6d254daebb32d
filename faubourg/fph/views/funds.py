"""Opening a fund, its shares, its rules: the GIP's pages."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.fph import actions, permissions, queries
from faubourg.fph.forms import AmendFundForm, OpenFundForm, RulesForm, ShareForm
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def open_fund(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = _kept(request, slug)
    form = OpenFundForm(sent(request), contract=contract)
    now = timezone.now()
    made = attempt(form, lambda said: actions.open_fund(contract, actor=request.user, now=now, **said))
    if made:
        messages.success(request, "Le fonds est ouvert. Dites maintenant qui y met de l'argent.")
        return redirect("fph:fund", made.pk)
    return render(request, "fph/form.html", {"form": form, "heading": "Ouvrir un fonds des habitants"})


@require_http_methods(["GET", "POST"])
def amend_fund(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.fund_for(pk)
    demand(permissions.can_keep_fund(who(request), shown.contract_id))
    form = AmendFundForm(sent(request), contract=shown.contract, about=shown)
    now = timezone.now()
    done = attempt(form, lambda said: actions.amend_fund(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Modifier le fonds", "Le fonds est modifié.")


@require_http_methods(["GET", "POST"])
def set_share(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.fund_for(pk)
    demand(permissions.can_keep_fund(who(request), shown.contract_id))
    form = ShareForm(sent(request), contract=shown.contract)
    now = timezone.now()
    done = attempt(form, lambda said: actions.set_share(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Fixer la part d'un cofinanceur", "La part est fixée.")


@require_http_methods(["GET", "POST"])
def adopt_rules(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was adopted, typed as it is: the page of the fund shows it."""
    contract = _kept(request, slug)
    form = RulesForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.adopt_rules(contract, actor=request.user, now=now, **said)):
        messages.success(request, "Le règlement est enregistré : les habitants le lisent.")
        return redirect("fph:index")
    return render(request, "fph/form.html", {"form": form, "heading": "Enregistrer le règlement adopté"})


def _kept(request: SignedInRequest, slug: str) -> Any:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_keep_fund(who(request), contract.pk))
    return contract


def _change(
    request: SignedInRequest, shown: Any, form: forms.Form, is_done: bool, heading: str, said: str
) -> HttpResponse:
    if is_done:
        messages.success(request, said)
        return redirect("fph:fund", shown.pk)
    return render(request, "fph/form.html", {"form": form, "fund": shown, "heading": heading})
