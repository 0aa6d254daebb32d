"""The waiting list of each envelope."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import actions, queries
from faubourg.awards.forms.scenarios import FreedForm, WaitingForm
from faubourg.awards.permissions import can_arrange_waiting_list
from faubourg.awards.queries.programme import programme_call_for
from faubourg.awards.queries.waiting import waiting_lists
from faubourg.awards.requests import doors
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def waiting_list(request: SignedInRequest, pk: int) -> HttpResponse:
    standing = who(request)
    call = programme_call_for(standing, pk, localdate())
    form = FreedForm(request.GET)
    supposed = form.cleaned_data.get("freed") if form.is_valid() else None
    context = {
        "call": call,
        "form": form,
        "supposed": supposed,
        "lists": waiting_lists(call, lambda envelope: can_arrange_waiting_list(standing, envelope), supposed),
        **doors(request, call),
    }
    return render(request, "awards/waiting_list.html", context)


@require_http_methods(["GET", "POST"])
def put_on_waiting_list(request: SignedInRequest, application_pk: int, pk: int) -> HttpResponse:
    asked = queries.funding_request_for(who(request), application_pk, pk)
    demand(can_arrange_waiting_list(who(request), asked.envelope))
    form = WaitingForm(request.POST or None, initial={"amount": asked.requested_amount})
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_on_waiting_list(asked, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"« {asked.application} » attend sur la liste complémentaire.")
            return redirect("awards:waiting_list", asked.application.call_id)
    context = {"asked": asked, "application": asked.application, "call": asked.application.call, "form": form}
    return render(request, "awards/put_on_waiting_list.html", context)


@require_POST
def move_up_waiting_list(request: SignedInRequest, application_pk: int, pk: int) -> HttpResponse:
    asked = queries.funding_request_for(who(request), application_pk, pk)
    actions.move_up_waiting_list(asked, actor=request.user, now=timezone.now())
    return redirect("awards:waiting_list", asked.application.call_id)


@require_POST
def take_off_waiting_list(request: SignedInRequest, application_pk: int, pk: int) -> HttpResponse:
    asked = queries.funding_request_for(who(request), application_pk, pk)
    actions.take_off_waiting_list(asked, actor=request.user, now=timezone.now())
    messages.success(request, f"« {asked.application} » n'est plus sur la liste complémentaire.")
    return redirect("awards:waiting_list", asked.application.call_id)
