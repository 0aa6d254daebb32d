from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import queries
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who


@require_GET
def participation(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    context = {
        "contract": contract,
        "rows": queries.participation_of(who(request), contract.pk),
        "answers": queries.council_answers(contract.pk),
    }
    return render(request, "consultation/participation.html", context)
