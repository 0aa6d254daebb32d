"""The accounts, for the technical administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts import queries as accounts
from faubourg.accounts.requests import SignedInRequest
from faubourg.directory import actions
from faubourg.directory.forms import EmailForm, PeopleSearchForm
from faubourg.directory.permissions import can_manage_people
from faubourg.messaging.queries import failed_apart, failed_apart_one
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    demand(can_manage_people(accounts.office(request.user, localdate())))
    form = PeopleSearchForm(request.GET)
    found = accounts.people(request.GET.get("q", ""))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "failed_letters": failed_apart()[:20]}
    return render(request, "directory/people.html", context)


@require_POST
def deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    demand(can_manage_people(accounts.office(request.user, localdate())))
    person = accounts.person(pk)
    actions.deactivate(person, actor=request.user, now=timezone.now())
    messages.success(request, f"Le compte de {person.full_name} est désactivé.")
    return redirect("accounts:people")


@require_POST
def reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    demand(can_manage_people(accounts.office(request.user, localdate())))
    person = accounts.person(pk)
    actions.reactivate(person, actor=request.user, now=timezone.now())
    messages.success(request, f"Le compte de {person.full_name} est rouvert.")
    return redirect("accounts:people")


@require_POST
def remove_second_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    demand(can_manage_people(accounts.office(request.user, localdate())))
    person = accounts.person(pk)
    actions.remove_second_factor(person, actor=request.user, now=timezone.now())
    messages.success(request, f"Le second facteur de {person.full_name} est retiré ; un courriel le lui dit.")
    return redirect("accounts:people")


@require_POST
def send_invitation_again(request: SignedInRequest, pk: int) -> HttpResponse:
    demand(can_manage_people(accounts.office(request.user, localdate())))
    person = accounts.person(pk)
    actions.send_invitation_again(person, actor=request.user, now=timezone.now())
    messages.success(request, f"Une nouvelle invitation part vers {person.email}.")
    return redirect("accounts:people")


def ask_email_change_for(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody has lost her mailbox: the link leaves to the new one."""
    demand(can_manage_people(accounts.office(request.user, localdate())))
    person, form = accounts.person(pk), EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_email_change(person, **form.cleaned_data, actor=request.user, now=timezone.now())
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, f"Un lien part vers {form.cleaned_data['email']}.")
            return redirect("accounts:people")
    return render(request, "directory/change_email.html", {"form": form, "person": person})


@require_POST
def resend_letter(request: SignedInRequest, pk: int) -> HttpResponse:
    demand(can_manage_people(accounts.office(request.user, localdate())))
    letter = failed_apart_one(pk)
    actions.resend_letter(letter, actor=request.user, now=timezone.now())
    messages.success(request, f"Le courriel repart vers {letter.recipient}.")
    return redirect("accounts:people")
