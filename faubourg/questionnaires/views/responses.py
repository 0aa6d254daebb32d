"""One answer after another: read, set aside with a reason, counted again (CON-3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.questionnaires import actions, permissions, queries
from faubourg.questionnaires.forms import ExclusionForm
from faubourg.questionnaires.rules.answers import in_words
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.verdict import demand

ASIDE = "ecartees"


@require_GET
def responses(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_read_answers(who(request), shown.contract_id))
    aside = request.GET.get("voir") == ASIDE
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "page": queries.page_of_answers(shown, request.GET.get("page"), aside=aside),
        "aside": aside,
    }
    return render(request, "questionnaires/responses.html", context)


@require_GET
def response(request: SignedInRequest, response_pk: int) -> HttpResponse:
    shown = _read(request, response_pk)
    asked = shown.form.asked.asked()
    context = {
        "response": shown,
        "questionnaire": shown.questionnaire,
        "contract": shown.questionnaire.contract,
        "told": [(one.labels["fr"], in_words(one, shown.content.get(name))) for name, one in asked.items()],
        "may_survey": permissions.can_survey(who(request), shown.questionnaire.contract_id),
    }
    return render(request, "questionnaires/response.html", context)


@require_http_methods(["GET", "POST"])
def exclude(request: SignedInRequest, response_pk: int) -> HttpResponse:
    shown = _read(request, response_pk)
    demand(permissions.can_survey(who(request), shown.questionnaire.contract_id))
    form = ExclusionForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.exclude(shown, actor=request.user, now=now, **said)):
        messages.success(request, "La réponse est écartée : elle reste, et n'est plus comptée.")
        return redirect("questionnaires:response", shown.pk)
    about = {"contract": shown.questionnaire.contract, "questionnaire": shown.questionnaire}
    context = {"form": form, "heading": "Écarter une réponse", "button": "Écarter", **about}
    return render(request, "questionnaires/form.html", context)


@require_POST
def reinstate(request: SignedInRequest, response_pk: int) -> HttpResponse:
    shown = _read(request, response_pk)
    now = timezone.now()
    press(
        request, lambda: actions.reinstate(shown, actor=request.user, now=now),
        "La réponse est reprise : elle est de nouveau comptée.",
    )  # fmt: skip
    return redirect("questionnaires:response", shown.pk)


def _read(request: SignedInRequest, response_pk: int) -> Any:
    """The answer, for someone who reads answers before they are reviewed."""
    shown = queries.response_for(who(request), response_pk)
    demand(permissions.can_read_answers(who(request), shown.questionnaire.contract_id))
    return shown
