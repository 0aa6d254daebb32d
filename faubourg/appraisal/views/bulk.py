from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import BulkForm
from faubourg.appraisal.states import BULK_LIMIT, BulkAct
from faubourg.contracts.requests import who
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand


@require_POST
def act_in_bulk(request: SignedInRequest) -> HttpResponse:
    """Say what will happen to which dossiers; once confirmed, do it and say what happened to each."""
    held, asked = who(request), request.POST
    demand(permissions.can_act_in_bulk(held))
    keys = [key for key in map(read_key, asked.getlist("dossier")) if key]
    rows = queries.visible_rows(held, keys[:BULK_LIMIT])
    if not rows or asked.get("acte") not in BulkAct.values:
        messages.error(request, "Cochez au moins un dossier et choisissez ce qu'il faut faire.")
        return redirect("appraisal:index")
    act = BulkAct(asked["acte"])
    is_confirmed = "confirm" in asked
    form = BulkForm(act, asked if is_confirmed else None, meetings=queries.meetings_to_table_in(held))
    context = {"act": act, "rows": rows, "form": form, "left_out": max(len(keys) - BULK_LIMIT, 0)}
    if not is_confirmed or not form.is_valid():
        return render(request, "appraisal/bulk.html", context)
    results = _act(request, rows, act, form.cleaned_data)
    refused = [one for one in results if one.refusal]
    context |= {"results": results, "refused": len(refused), "done": len(results) - len(refused)}
    return render(request, "appraisal/bulk_results.html", context)


def _act(request: SignedInRequest, rows: Any, act: BulkAct, details: dict[str, Any]) -> list[Any]:
    applications = [row.application for row in rows]
    return actions.act_in_bulk(applications, act, actor=request.user, now=timezone.now(), **details)
