from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import queries
from faubourg.contracts.requests import who
from faubourg.toolkit.fields import read_key


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    asked = request.GET
    filters = queries.Filters(
        call=read_key(asked.get("appel")),
        state=asked.get("etat", ""),
        mine=asked.get("moi") == "1",
        words=asked.get("q", "").strip()[:100],
    )
    calls, counts = queries.choices(who(request))
    page = queries.worklist(who(request), filters, asked.get("page"))
    standing = who(request)
    context = {
        "page": page,
        "rows": [(one, standing.is_tied_to(one.applicant_id)) for one in page],
        "filters": filters,
        "calls": calls,
        "stages": [(state, label, counts.get(state, 0)) for state, label in queries.STAGES.items()],
    }
    return render(request, "appraisal/index.html", context)
