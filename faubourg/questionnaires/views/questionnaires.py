from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.questionnaires import actions, permissions, queries
from faubourg.questionnaires.forms import DerogationForm, QuestionnaireForm
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.verdict import demand


@require_GET
def index(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    context = {
        "contract": contract,
        "questionnaires": queries.questionnaires_of(who(request), contract.pk),
        "may_survey": permissions.can_survey(who(request), contract.pk),
    }
    return render(request, "questionnaires/index.html", context)


@require_http_methods(["GET", "POST"])
def prepare(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_survey(who(request), contract.pk))
    form = QuestionnaireForm(sent(request), contract=contract)
    now = timezone.now()
    made = attempt(form, lambda said: actions.prepare(contract, actor=request.user, now=now, **said))
    if made:
        messages.success(request, "Le questionnaire est préparé. Écrivez maintenant ses questions.")
        return redirect("questionnaires:questions", made.pk)
    context = {"form": form, "contract": contract, "heading": "Préparer un questionnaire"}
    return render(request, "questionnaires/form.html", context)


@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    form = queries.latest_form(shown)
    path = reverse("answering:answer", args=[shown.public_code])
    context = {
        "questionnaire": shown,
        "contract": shown.contract,
        "version": form,
        "questions_count": len(form.asked.asked()),
        "modes": queries.modes_of(shown),
        "address": request.build_absolute_uri(path),
        "may_survey": permissions.can_survey(who(request), shown.contract_id),
    }
    return render(request, "questionnaires/show.html", context)


@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_survey(who(request), shown.contract_id))
    form = QuestionnaireForm(sent(request), contract=shown.contract, about=shown)
    now = timezone.now()
    if attempt(form, lambda said: actions.amend(shown, actor=request.user, now=now, **said)):
        messages.success(request, "Le questionnaire est modifié.")
        return redirect("questionnaires:show", pk)
    context = {"form": form, "contract": shown.contract, "questionnaire": shown}
    return render(request, "questionnaires/form.html", {**context, "heading": "Modifier le questionnaire"})


@require_http_methods(["GET", "POST"])
def derogate(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    demand(permissions.can_derogate(who(request), shown.contract_id))
    form = DerogationForm(sent(request))
    now = timezone.now()
    if attempt(form, lambda said: actions.derogate(shown, actor=request.user, now=now, **said)):
        messages.success(request, "La dérogation est notée. Cette question peut être écrite.")
        return redirect("questionnaires:questions", pk)
    context = {"form": form, "contract": shown.contract, "questionnaire": shown}
    return render(request, "questionnaires/form.html", {**context, "heading": "Noter une dérogation"})


@require_POST
def open_to_answers(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    now = timezone.now()
    press(
        request, lambda: actions.open_to_answers(shown, actor=request.user, now=now),
        "Le questionnaire est ouvert.",
    )  # fmt: skip
    return redirect("questionnaires:show", pk)


@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.questionnaire_for(who(request), pk)
    now = timezone.now()
    press(
        request, lambda: actions.close(shown, actor=request.user, now=now),
        "Le questionnaire est fermé. Les bulletins rendus se saisissent encore.",
    )  # fmt: skip
    return redirect("questionnaires:show", pk)
