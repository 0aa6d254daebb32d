from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import ConsultationForm
from faubourg.contracts.queries import contract_for, contracts_for
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.verdict import demand


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    contracts = list(contracts_for(request.user, localdate()).order_by("name"))
    if len(contracts) == 1:
        return redirect("consultation:show", contracts[0].slug)
    return render(request, "consultation/index.html", {"contracts": contracts})


@require_GET
def show(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    standing = who(request)
    context = {
        "contract": contract,
        "consultations": queries.consultations_of(standing, contract.pk),
        "counts": queries.words_to_do(contract.pk),
        "may_consult": permissions.can_consult(standing, contract.pk),
        "may_code": permissions.can_code(standing, contract.pk),
        "is_seated": standing.sits_on(contract.pk),
    }
    return render(request, "consultation/show.html", context)


@require_http_methods(["GET", "POST"])
def prepare(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_consult(who(request), contract.pk))
    form = ConsultationForm(sent(request), contract=contract)
    now = timezone.now()
    made = attempt(form, lambda said: actions.prepare(contract, actor=request.user, now=now, **said))
    if made:
        messages.success(request, "La démarche est préparée. Ajoutez maintenant ses rencontres.")
        return redirect("consultation:consultation", made.pk)
    context = {"form": form, "contract": contract, "heading": "Préparer une concertation"}
    return render(request, "consultation/form.html", context)


@require_GET
def consultation(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.consultation_for(who(request), pk)
    context = {
        "consultation": shown,
        "contract": shown.contract,
        "gatherings": queries.gatherings_of(shown),
        "figures": shown.figures.all(),
        "may_consult": permissions.can_consult(who(request), shown.contract_id),
    }
    return render(request, "consultation/consultation.html", context)


@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.consultation_for(who(request), pk)
    demand(permissions.can_consult(who(request), shown.contract_id))
    form = ConsultationForm(sent(request), contract=shown.contract, about=shown)
    now = timezone.now()
    if attempt(form, lambda said: actions.amend(shown, actor=request.user, now=now, **said)):
        messages.success(request, "La démarche est modifiée.")
        return redirect("consultation:consultation", pk)
    context = {
        "form": form,
        "contract": shown.contract,
        "consultation": shown,
        "heading": "Modifier la démarche",
    }
    return render(request, "consultation/form.html", context)


@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.consultation_for(who(request), pk)
    now = timezone.now()
    press(request, lambda: actions.publish(shown, actor=request.user, now=now), "La démarche est publiée.")
    return redirect("consultation:consultation", pk)


@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.consultation_for(who(request), pk)
    now = timezone.now()
    press(request, lambda: actions.close(shown, actor=request.user, now=now), "La démarche est terminée.")
    return redirect("consultation:consultation", pk)
