from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.exports import worklist_xlsx
from faubourg.appraisal.states import BULK_LIMIT, BulkAct
from faubourg.contracts.requests import who
from faubourg.contracts.states import GIP_ROLES
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.tables import XLSX


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """The filed dossiers: filters, sort and columns live in the address."""
    held, filters = who(request), queries.Filters.asked(request.GET)
    offered, counts = queries.choices(held, filters.call)
    context = {
        "page": queries.worklist(held, filters, request.GET.get("page")),
        "filters": filters,
        "offered": offered,
        "stages": [(state, label, counts.get(state, 0)) for state, label in queries.STAGES.items()],
        "every_state": queries.EVERY_STATE,
        "sorts": [(key, label) for key, (label, _) in queries.SORTS.items()],
        "columns": queries.COLUMNS.items(),
        "headers": [(name, queries.COLUMNS[name]) for name in filters.columns],
        "views": queries.views_for(held),
        "query": _without_page(request.GET),
        "may_act": permissions.can_act_in_bulk(held),
        "acts": BulkAct.choices,
        "limit": BULK_LIMIT,
    }
    return render(request, "appraisal/index.html", context)


@require_GET
def export(request: SignedInRequest) -> HttpResponse:
    """What is filtered, in the columns chosen."""
    filters = queries.Filters.asked(request.GET)
    book = worklist_xlsx(queries.exported(who(request), filters), filters.columns, now=timezone.now())
    name = f"dossiers-{localdate().isoformat()}.xlsx"
    return HttpResponse(
        book, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    """Keep these filters under a name; shared, the whole team of the contract sees them."""
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    teams = who(request).contracts(*GIP_ROLES) if request.POST.get("shared") else ()
    try:
        actions.save_view(actor=request.user, name=name, query=query, contract_id=next(iter(teams), None))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "La vue est enregistrée.")
    return _back_to(query)


@require_POST
def remove_view(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.remove_view(pk, actor=request.user)
    messages.success(request, "La vue est oubliée.")
    return redirect("appraisal:index")


def _without_page(asked: Any) -> str:
    kept = asked.copy()
    kept.pop("page", None)
    return str(kept.urlencode())


def _back_to(query: str) -> HttpResponseRedirect:
    """To the list with these filters, read again so that nothing else goes into the address."""
    return HttpResponseRedirect(f"{reverse('appraisal:index')}?{QueryDict(query).urlencode()}")
