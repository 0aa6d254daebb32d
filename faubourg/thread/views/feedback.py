from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.thread import actions, permissions, queries
from faubourg.thread.forms import FeedbackForm, SnapshotForm
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def feedback(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_follow(who(request), contract.pk))
    context = {
        "contract": contract,
        "rows": queries.feedback_of(contract.pk),
        "may_tell": permissions.can_tell_back(who(request), contract.pk),
    }
    return render(request, "thread/feedback.html", context)


@require_http_methods(["GET", "POST"])
def tell_back(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_tell_back(who(request), contract.pk))
    form = FeedbackForm(request.POST if request.method == "POST" else None, contract=contract)
    return _answer(request, form, contract, None)


@require_http_methods(["GET", "POST"])
def amend_feedback(request: SignedInRequest, feedback_pk: int) -> HttpResponse:
    known = queries.feedback_for(who(request), feedback_pk)
    demand(permissions.can_tell_back(who(request), known.contract_id))
    data = request.POST if request.method == "POST" else None
    return _answer(request, FeedbackForm(data, contract=known.contract, about=known), known.contract, known)


@require_http_methods(["GET", "POST"])
def snapshots(request: SignedInRequest, slug: str) -> HttpResponse:
    """The photographs of the thread, and how to take one."""
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_follow(who(request), contract.pk))
    form = SnapshotForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        taken = actions.take_snapshot(contract, actor=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "La photo est prise.")
        return redirect("thread:snapshot", taken.pk)
    context = {
        "contract": contract,
        "form": form,
        "rows": queries.snapshots_of(who(request), contract.pk),
        "may_tell": permissions.can_tell_back(who(request), contract.pk),
    }
    return render(request, "thread/snapshots.html", context)


def _answer(request: SignedInRequest, form: FeedbackForm, contract: Any, known: Any) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            now = timezone.now()
            actions.tell_back(contract, actor=request.user, known=known, now=now, **form.cleaned_data)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "La restitution est notée : la page publique la montre.")
            return redirect("thread:feedback", contract.slug)
    return render(request, "thread/form.html", {"form": form, "contract": contract, "known": known})
