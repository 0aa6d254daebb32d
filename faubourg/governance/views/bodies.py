from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.governance import permissions, queries
from faubourg.governance.actions import bodies
from faubourg.governance.forms import QuorumForm, ScopeForm
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def set_scope(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the committee looks at: its dossiers are proposed first."""
    shown = _planned_by(request, pk)
    form = ScopeForm(request.POST if request.method == "POST" else None, body=shown)
    return _change(
        request, shown, form, "Ce que le comité examine",
        lambda data: bodies.set_scope(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def set_quorum(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _planned_by(request, pk)
    form = QuorumForm(request.POST if request.method == "POST" else None)
    return _change(
        request, shown, form, "Quorum",
        lambda data: bodies.set_quorum(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


def _planned_by(request: SignedInRequest, pk: int) -> Any:
    shown = queries.body_for(who(request), pk)
    demand(permissions.can_plan(who(request), shown))
    return shown


def _change(
    request: SignedInRequest, shown: Any, form: Any, heading: str, act: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "C'est enregistré.")
            return redirect("governance:body", shown.pk)
    context = {"form": form, "body": shown, "heading": heading}
    return render(request, "governance/body_form.html", context)
