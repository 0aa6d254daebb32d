from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import CouncilOpinionForm
from faubourg.appraisal.views.access import attempt, open_application, sent
from faubourg.contracts.requests import who
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def give_council_opinion(request: SignedInRequest, pk: int) -> HttpResponse:
    application = open_application(request, pk)
    councils = [
        council
        for council in queries.councils_of(application)
        if permissions.can_give_council_opinion(who(request), application, council)
    ]
    if request.method == "POST" and not councils:
        demand(permissions.NO_COUNCIL_TO_SPEAK_FOR)
    given = [opinion for opinion in queries.opinions_of([application])[application.pk] if opinion.council]
    mine = {council.pk for council in councils}
    previous = next((opinion for opinion in given if opinion.council_id in mine), None)
    form = CouncilOpinionForm(sent(request), councils=councils, opinion=previous)
    done = attempt(
        form,
        lambda data: actions.give_council_opinion(
            application, actor=request.user, now=timezone.now(), **data
        ),
    )
    if done:
        messages.success(request, "L'avis du conseil citoyen est enregistré. Merci.")
        return redirect("appraisal:give_council_opinion", pk)
    context = {
        "form": form,
        "application": application,
        "councils": councils,
        "given": given,
        "may_appraise": permissions.can_appraise(who(request), application),
    }
    return render(request, "appraisal/council.html", context)
