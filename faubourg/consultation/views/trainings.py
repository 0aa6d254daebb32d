from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import TrainingForm
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.verdict import demand


@require_GET
def trainings(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    context = {
        "contract": contract,
        "page": queries.page_of_trainings(contract.pk, request.GET.get("page")),
        "totals": queries.training_totals(contract.pk),
        "may_consult": permissions.can_consult(who(request), contract.pk),
    }
    return render(request, "consultation/trainings.html", context)


@require_http_methods(["GET", "POST"])
def note_training(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_consult(who(request), contract.pk))
    form = TrainingForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.note_training(contract, actor=request.user, now=now, **said)):
        messages.success(request, "La formation est notée.")
        return redirect("consultation:trainings", contract.slug)
    context = {"form": form, "contract": contract, "heading": "Noter une formation"}
    return render(request, "consultation/form.html", context)


@require_http_methods(["GET", "POST"])
def amend_training(request: SignedInRequest, training_pk: int) -> HttpResponse:
    shown = queries.training_for(who(request), training_pk)
    demand(permissions.can_consult(who(request), shown.contract_id))
    form = TrainingForm(sent(request), about=shown)
    now = timezone.now()
    if attempt(form, lambda said: actions.amend_training(shown, actor=request.user, now=now, **said)):
        messages.success(request, "La formation est modifiée.")
        return redirect("consultation:trainings", shown.contract.slug)
    context = {
        "form": form,
        "contract": shown.contract,
        "heading": "Modifier la formation",
    }
    return render(request, "consultation/form.html", context)
