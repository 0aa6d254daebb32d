from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.thread import permissions, queries
from faubourg.toolkit.verdict import demand


@require_GET
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_follow(who(request), contract.pk))
    context = {
        "contract": contract,
        "strands": queries.strands_of(queries.seated(who(request)), contract.pk),
        "may_tell": permissions.can_tell_back(who(request), contract.pk),
    }
    return render(request, "thread/show.html", context)


@require_GET
def broken(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_follow(who(request), contract.pk))
    context = {
        "contract": contract,
        "broken": queries.broken_in(who(request), contract.pk),
        "may_tell": permissions.can_tell_back(who(request), contract.pk),
    }
    return render(request, "thread/broken.html", context)


@require_GET
def words(request: SignedInRequest, contribution_pk: int) -> HttpResponse:
    shown, strands = queries.words_followed(who(request), contribution_pk)
    context = {"contribution": shown, "contract": shown.contract, "strands": strands}
    return render(request, "thread/words.html", context)


@require_GET
def action(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, strands = queries.action_followed(who(request), pk)
    context = {"application": shown, "contract": shown.call.contract, "strands": strands}
    return render(request, "thread/action.html", context)


@require_GET
def snapshot(request: SignedInRequest, snapshot_pk: int) -> HttpResponse:
    shown = queries.snapshot_for(who(request), snapshot_pk)
    return render(request, "thread/snapshot.html", {"snapshot": shown, "contract": shown.contract})
