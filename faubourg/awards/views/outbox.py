"""The outbox: everything the product writes to people outside, before and after it leaves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards.actions import notices as actions
from faubourg.awards.forms import LetterForm, ReaddressForm
from faubourg.awards.permissions import can_open_outbox, can_review_letters
from faubourg.awards.queries.notices import (
    application_behind,
    can_be_sent_again,
    letter_for,
    letter_states,
    letters_for,
)
from faubourg.awards.views.notices import report_on
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand


@require_GET
def outbox(request: SignedInRequest) -> HttpResponse:
    standing = who(request)
    demand(can_open_outbox(standing))
    state = request.GET.get("etat", "")
    page = Paginator(letters_for(standing, state), 50).get_page(request.GET.get("page"))
    context = {"page": page, "states": letter_states(standing), "state": state}
    return render(request, "awards/outbox.html", context)


@require_http_methods(["GET", "POST"])
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    one = _open(request, pk)
    if request.method == "POST" and one.is_automatic and not one.is_readdressable:
        raise PermissionDenied(
            "Un courriel automatique ne se modifie pas : il peut porter un lien personnel."
        )
    asked = ReaddressForm if one.is_automatic else LetterForm
    form = asked(request.POST or None, instance=letter_for(who(request), pk))
    if request.method == "POST" and form.is_valid():
        try:
            _mend(request, one, form)
        except Refusal as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, "Le courriel est enregistré ; il attend votre envoi.")
            return redirect("awards:letter", pk)
    context = {"letter": one, "form": form, "may_send_again": can_be_sent_again(one)}
    return render(request, "awards/letter.html", context)


def _mend(request: SignedInRequest, one: Any, form: Any) -> None:
    """Only the address of an automatic letter; the words too of one that a person writes."""
    actor, now = request.user, timezone.now()
    if one.is_automatic:
        actions.readdress(one, recipient=form.cleaned_data["recipient"], actor=actor, now=now)
    else:
        actions.edit(one, words=form.cleaned_data, actor=actor, now=now)


@require_GET
def attachment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    one = _open(request, pk)
    if one.attachment is None or one.is_automatic:
        raise Http404
    return as_download(one.attachment)


@require_POST
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.release(letter_for(who(request), pk), request.user, timezone.now())
    messages.success(request, "Le courriel part.")
    return redirect("awards:letter", pk)


@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.discard(letter_for(who(request), pk), actor=request.user, now=timezone.now())
    messages.success(request, "Le courriel est écarté : il ne partira pas.")
    return redirect("awards:letter", pk)


@require_POST
def send_again(request: SignedInRequest, pk: int) -> HttpResponse:
    copy = actions.send_again(letter_for(who(request), pk), actor=request.user, now=timezone.now())
    messages.success(
        request, "La lettre attend d'être relue : corrigez l'adresse s'il le faut, puis envoyez-la."
    )
    return redirect("awards:letter", copy.pk)


@require_POST
def doubt(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.doubt(letter_for(who(request), pk), actor=request.user, now=timezone.now())
    messages.success(request, "Le courriel est repris en main : vérifiez, puis envoyez-le ou écartez-le.")
    return redirect("awards:letter", pk)


@require_POST
def release_many(request: SignedInRequest) -> HttpResponse:
    demand(can_open_outbox(who(request)))
    chosen = [key for text in request.POST.getlist("letters") if (key := read_key(text))]
    letters = letters_for(who(request)).filter(pk__in=chosen)
    results = actions.release_notices(letters, actor=request.user, now=timezone.now())
    report_on(request, results, "courriel en partance", "courriels en partance")
    return redirect("awards:outbox")


# --------------------------------------------------------------------------------------------------


def _open(request: SignedInRequest, pk: int) -> Any:
    """The letter: 404 in another contract; 403 for whoever is tied to the structure it is written to."""
    one = letter_for(who(request), pk)
    demand(can_review_letters(who(request), one.contract_id, application_behind(one)))
    return one
