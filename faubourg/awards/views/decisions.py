"""A funder decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import actions, queries
from faubourg.awards.forms import DecisionForm
from faubourg.awards.permissions import can_decide
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, application_pk: int, pk: int) -> HttpResponse:
    asked = queries.funding_request_for(who(request), application_pk, pk)
    demand(can_decide(who(request), asked.application, asked.envelope))
    decision = queries.decision_of(asked)
    form = DecisionForm(request.POST or None, decision=decision, application=asked.application)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                asked, actor=request.user, ruling=form.ruling, version=form.version_read, now=timezone.now()
            )
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"Décision enregistrée pour « {asked.application.title} ».")
            return redirect(
                f"{reverse('awards:programme', args=[asked.application.call_id])}#dossier-{application_pk}"
            )
    context = {"asked": asked, "application": asked.application, "decision": decision, "form": form}
    return render(request, "awards/decide.html", context | _around(asked))


def _around(asked: Any) -> dict[str, Any]:
    """What one needs to see to decide: what the others do, what the envelope still holds."""
    lines = queries.decisions_of([asked.application])[asked.application.pk]
    return {
        "lines": lines,
        "mine": next(line for line in lines if line.request_id == asked.pk),
        "limits": queries.limits_of(asked, asked.envelope),
    }
