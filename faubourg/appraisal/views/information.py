from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications.queries import application_for, questions_of
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import AnswerForm, InformationForm
from faubourg.appraisal.rules import AFTER_THE_DAY
from faubourg.appraisal.views.access import attempt, open_application, press, sent
from faubourg.contracts.requests import who
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def ask_information(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose the answers to correct, and why; `?champ=` names those asked once more."""
    application = open_application(request, pk)
    demand(permissions.can_appraise(who(request), application))
    again = request.GET.getlist("champ")
    form = InformationForm(sent(request), questions=questions_of(application), again=again)
    done = attempt(
        form,
        lambda data: actions.ask_information(
            application, actor=request.user, question=data["question"], due_on=data["due_on"],
            asked=form.asked, now=timezone.now(),
        ),
    )  # fmt: skip
    if done:
        messages.success(request, "La demande est partie : le dossier attend la réponse du porteur.")
        return redirect("appraisal:sheet", pk)
    context = {"form": form, "application": application, "after_the_day": AFTER_THE_DAY}
    return render(request, "appraisal/ask.html", context)


@require_http_methods(["GET", "POST"])
def answer_information(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the applicant: what is asked, what it says now, and the answer that sends the dossier back."""
    application = application_for(who(request), pk)
    demand(permissions.can_answer_information(who(request), application))
    form = AnswerForm(sent(request))
    done = attempt(
        form,
        lambda data: actions.answer_information(application, actor=request.user, now=timezone.now(), **data),
    )
    if done:
        messages.success(request, "Votre réponse est envoyée : le GIP reprend l'étude du dossier.")
        return redirect("appraisal:answer_information", pk)
    return render(request, "appraisal/answer.html", _answer_page(application, form))


def _answer_page(application: Any, form: AnswerForm) -> dict[str, Any]:
    asked = queries.open_request(application)
    corrections = queries.corrections_to_make(application, asked) if asked else []
    return {
        "form": form,
        "application": application,
        "asked": asked,
        "corrections": corrections,
        "is_late": asked is not None and asked.due_on < localdate(),
        "after_the_day": AFTER_THE_DAY,
        "requests": queries.requests_of(application),
    }


@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The day has passed without an answer: the GIP goes on with the dossier as it stands."""
    application = open_application(request, pk)
    press(
        request,
        lambda: actions.take_back(application, actor=request.user, now=timezone.now()),
        "Le dossier est repris tel qu'il est. Dites s'il est recevable.",
    )
    return redirect("appraisal:sheet", pk)


@require_POST
def accept_corrections(request: SignedInRequest, pk: int, request_pk: int) -> HttpResponse:
    application = open_application(request, pk)
    asked = queries.request_of(application, request_pk)
    key = request.POST.get("key", "")
    press(
        request,
        lambda: actions.accept_corrections(asked, actor=request.user, key=key, now=timezone.now()),
        "La correction est acceptée." if key else "Les corrections sont acceptées.",
    )
    return redirect("appraisal:sheet", pk)
