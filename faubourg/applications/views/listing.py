from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications import forms, queries
from faubourg.contracts.requests import who
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.toolkit.fields import read_key


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    held = who(request)
    context: dict[str, Any] = {"held": held}
    if held.memberships:
        context["own"] = queries.own_page(held, timezone.now(), request.GET.get("mes-dossiers"))
    if held.seats:
        context.update(_filed(request, held))
    return render(request, "applications/index.html", context)


def _filed(request: SignedInRequest, held: Standing) -> dict[str, Any]:
    choices = queries.choices_for(held, read_key(request.GET.get("appel")))
    if choices.call is None:
        return {"choices": choices}
    form = forms.FilterForm(choices, {**request.GET.dict(), "appel": str(choices.call.pk)})
    filters = form.filters()
    may = held.holds(choices.call.contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER)
    page = queries.filed_page(held, choices.call, filters, request.GET.get("page"))
    return {"choices": choices, "form": form, "filters": filters, "page": page, "may_see_drafts": may}
