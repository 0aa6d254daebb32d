"""The committee of a fund: its members, its sessions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.fph import actions, permissions, queries
from faubourg.fph.forms import EndMemberForm, MemberForm, PlanSessionForm
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.verdict import demand


@require_GET
def committee(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, held, today = queries.fund_for(pk), who(request), localdate()
    demand(permissions.can_read_requests(held, shown.contract_id))
    context = {
        "fund": shown,
        "members": [(one, one.sits_on(today)) for one in queries.members_of(shown)],
        "rules": queries.rules_of(shown.contract_id, today),
        "waiting": queries.waiting_requests(shown).count(),
        "page": Paginator(queries.sessions_of(held, shown), 50).get_page(request.GET.get("page")),
        "may_keep": permissions.can_keep_fund(held, shown.contract_id),
    }
    return render(request, "fph/committee.html", context)


@require_http_methods(["GET", "POST"])
def add_member(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, now = queries.fund_for(pk), timezone.now()
    demand(permissions.can_keep_fund(who(request), shown.contract_id))
    form = MemberForm(sent(request))
    added = attempt(form, lambda said: actions.add_member(shown, actor=request.user, now=now, **said))
    if added:
        messages.success(request, f"{added} est au comité.")
        return redirect("fph:committee", pk)
    context = {"form": form, "fund": shown, "heading": "Ajouter un membre au comité", "in_committee": True}
    return render(request, "fph/form.html", context)


@require_http_methods(["GET", "POST"])
def end_member(request: SignedInRequest, member_pk: int) -> HttpResponse:
    held, now = who(request), timezone.now()
    member = queries.member_for(held, member_pk)
    demand(permissions.can_keep_fund(held, member.fund.contract_id))
    form = EndMemberForm(sent(request))
    if attempt(form, lambda said: actions.end_member(member, actor=request.user, now=now, **said)):
        messages.success(request, "Le départ est noté.")
        return redirect("fph:committee", member.fund_id)
    context = {"form": form, "fund": member.fund, "heading": "Noter un départ", "lead": str(member)}
    return render(request, "fph/form.html", context | {"in_committee": True})


@require_http_methods(["GET", "POST"])
def plan_session(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, now = queries.fund_for(pk), timezone.now()
    demand(permissions.can_keep_fund(who(request), shown.contract_id))
    form = PlanSessionForm(sent(request), fund=shown)
    planned = attempt(form, lambda said: actions.plan_session(shown, actor=request.user, now=now, **said))
    if planned:
        messages.success(request, "La séance est prévue.")
        return redirect("fph:session", planned.pk)
    context = {"form": form, "fund": shown, "heading": "Prévoir une séance", "in_committee": True}
    return render(request, "fph/form.html", context)
