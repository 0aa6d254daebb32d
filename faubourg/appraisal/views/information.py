from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications.queries import application_for
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import AnswerForm, InformationForm
from faubourg.appraisal.views.access import attempt, open_application, sent
from faubourg.contracts.requests import who
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def ask_information(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    demand(permissions.can_appraise(who(request), application))
    form = InformationForm(sent(request))
    done = attempt(
        form,
        lambda data: actions.ask_information(application, actor=request.user, now=timezone.now(), **data),
    )
    if done:
        messages.success(request, "La demande est partie : le dossier attend la réponse du porteur.")
        return redirect("appraisal:sheet", pk)
    context = {
        "form": form, "application": application, "heading": "Demander un complément",
        "lead": "Le porteur est prévenu par courriel et peut corriger son dossier en répondant.",
        "submit": "Envoyer la demande",
    }  # fmt: skip
    return render(request, "appraisal/form.html", context)


@require_http_methods(["GET", "POST"])
def answer_information(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the applicant: the question, and the answer that sends the dossier back to the GIP."""
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
    context = {
        "form": form,
        "application": application,
        "asked": queries.open_request(application),
        "requests": queries.requests_of(application),
    }
    return render(request, "appraisal/answer.html", context)
