from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import PlanActionForm, PlanAdoptionForm, PlanFollowForm
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.verdict import demand


@require_GET
def plan(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_read_plan(who(request), contract.pk))
    context = {
        "contract": contract,
        "themes": queries.plan_of(contract.pk),
        "adoption": queries.adoption_of(contract.pk),
        "may_consult": permissions.can_consult(who(request), contract.pk),
    }
    return render(request, "consultation/plan.html", context)


@require_http_methods(["GET", "POST"])
def add_plan_action(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_consult(who(request), contract.pk))
    form = PlanActionForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.add_plan_action(contract, actor=request.user, now=now, **said)):
        messages.success(request, "L'action est au plan.")
        return redirect("consultation:plan", contract.slug)
    context = {"form": form, "contract": contract, "heading": "Ajouter une action au plan"}
    return render(request, "consultation/form.html", context)


@require_http_methods(["GET", "POST"])
def follow_plan_action(request: SignedInRequest, plan_action_pk: int) -> HttpResponse:
    shown = queries.plan_action_for(who(request), plan_action_pk)
    demand(permissions.can_consult(who(request), shown.contract_id))
    form = PlanFollowForm(sent(request), about=shown)
    now = timezone.now()
    if attempt(form, lambda said: actions.follow_plan_action(shown, actor=request.user, now=now, **said)):
        messages.success(request, "L'action est suivie.")
        return redirect("consultation:plan", shown.contract.slug)
    context = {"form": form, "contract": shown.contract, "heading": f"Suivre : {shown}"}
    return render(request, "consultation/form.html", context)


@require_http_methods(["GET", "POST"])
def adopt_plan(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_consult(who(request), contract.pk))
    form = PlanAdoptionForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.adopt_plan(contract, actor=request.user, now=now, **said)):
        messages.success(request, "Le plan est noté comme annexe du contrat.")
        return redirect("consultation:plan", contract.slug)
    context = {"form": form, "contract": contract, "heading": "Noter la décision du comité de pilotage"}
    return render(request, "consultation/form.html", context)
