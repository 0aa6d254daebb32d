"""The steering committee validates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import actions
from faubourg.awards.forms import ValidationForm
from faubourg.awards.permissions import can_validate
from faubourg.awards.queries.programme import programme_call_for
from faubourg.awards.queries.validation import next_steering_meeting, outlook
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def validate(request: SignedInRequest, pk: int) -> HttpResponse:
    standing = who(request)
    call = programme_call_for(standing, pk, localdate())
    demand(can_validate(standing, call.contract_id))
    form = ValidationForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        meeting, chosen = form.cleaned_data["meeting"], form.cleaned_data["applications"]
        try:
            decision = actions.validate(
                call, meeting, [one.pk for one in chosen], exceptions=form.exceptions,
                actor=request.user, now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"{decision} : la programmation est validée. Préparez les lettres.")
            return redirect("awards:notices", call.pk)
    context = {"call": call, "form": form, "programme": outlook(call)}
    if not form.has_meeting:
        context["next_meeting"] = next_steering_meeting(call)
    return render(request, "awards/validate.html", context)
