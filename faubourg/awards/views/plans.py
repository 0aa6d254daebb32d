"""When funders give less: ask, reduce, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications.queries import application_for
from faubourg.awards import actions
from faubourg.awards.forms.plans import ReducedPlanForm
from faubourg.awards.permissions import can_confirm_reduced_plan, can_read_reduced_plan, can_save_reduced_plan
from faubourg.awards.queries.plans import figures_of, plan_for
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_POST
def ask_reduced_plan(request: SignedInRequest, application_pk: int) -> HttpResponse:
    application = application_for(who(request), application_pk)
    try:
        actions.ask_reduced_plan(application, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Le porteur est prévenu : il vous dira ce qu'il fait de son budget.")
    return redirect("portal:application", application.pk)


@require_http_methods(["GET", "POST"])
def save_reduced_plan(request: SignedInRequest, application_pk: int) -> HttpResponse:
    plan = plan_for(who(request), application_pk)
    demand(can_read_reduced_plan(who(request), plan.application))
    may_save = can_save_reduced_plan(who(request), plan.application)
    form = ReducedPlanForm(request.POST or None, plan=plan)
    if request.method == "POST":
        demand(may_save)
        if form.is_valid() and _save(request, plan, form):
            return redirect(request.path)
    context = {
        "plan": plan,
        "application": plan.application,
        "form": form if may_save and plan.confirmed_at is None else None,
        "read": ReducedPlanForm(plan=plan),
        "figures": figures_of(plan),
        "may_confirm": can_confirm_reduced_plan(who(request), plan.application),
    }
    return render(request, "awards/reduced_plan.html", context)


def _save(request: SignedInRequest, plan: Any, form: ReducedPlanForm) -> bool:
    confirm = "confirm" in request.POST
    data = form.cleaned_data
    try:
        actions.save_reduced_plan(
            plan, actor=request.user, amounts=form.amounts, incomes=form.new_incomes, way=data["way"],
            note=data["note"], version=data["version"], confirm=confirm, now=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        show_on(form, refusal)
        return False
    messages.success(
        request, "Budget confirmé." if confirm else "Budget enregistré ; il reste à le confirmer."
    )
    return True
