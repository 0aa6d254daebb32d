from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import AnswerForm, CloseReferralForm, FollowUpForm, LetterForm, PassOnForm
from faubourg.consultation.states import LetterState
from faubourg.contracts.requests import who
from faubourg.toolkit.asking import attempt, sent
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand, denied


@require_GET
def letters(request: SignedInRequest) -> HttpResponse:
    demand(permissions.can_read_letters(who(request)))
    filters = queries.LetterFilters(
        council=read_key(request.GET.get("conseil")), state=request.GET.get("etat", ""),
        late_on=localdate() if request.GET.get("retard") else None,
    )  # fmt: skip
    context = {
        "page": queries.page_of_letters(who(request), filters, request.GET.get("page")),
        "filters": filters,
        "councils": queries.councils_in_register(who(request)),
        "may_write": queries.councils_to_write_for(who(request)).exists(),
        "states": LetterState.choices,
        "today": localdate(),
    }
    return render(request, "consultation/letters.html", context)


@require_http_methods(["GET", "POST"])
def write_letter(request: SignedInRequest) -> HttpResponse:
    if not queries.councils_to_write_for(who(request)).exists():
        demand(denied("Seuls les membres d'un conseil citoyen écrivent en son nom, ou le GIP pour eux."))
    form = LetterForm(sent(request), standing=who(request), chosen=read_key(request.GET.get("conseil")))
    now = timezone.now()
    made = attempt(form, lambda said: actions.write_letter(actor=request.user, now=now, **said))
    if made:
        messages.success(request, f"C'est enregistré, sous le n° {made.number}. Gardez ce numéro.")
        return redirect("consultation:letter", made.pk)
    return render(request, "consultation/write_letter.html", {"form": form})


@require_GET
def letter(request: SignedInRequest, letter_pk: int) -> HttpResponse:
    shown = queries.letter_for(who(request), letter_pk)
    not_told = queries.not_told_of(shown) if shown.is_referral else ()
    context = {
        "letter": shown,
        "delay": queries.answer_delay(shown),
        "copies": shown.copies.select_related("organisation"),
        "steps": shown.steps.all(),
        "not_told": not_told,
        "left_to_do": queries.left_to_do(shown, not_told) if shown.is_referral else [],
        "may_answer": permissions.can_answer_letter(who(request), shown),
        "today": localdate(),
    }
    return render(request, "consultation/letter.html", context)


@require_http_methods(["GET", "POST"])
def answer_letter(request: SignedInRequest, letter_pk: int) -> HttpResponse:
    shown = _answered(request, letter_pk)
    form = AnswerForm(sent(request), letter=shown)
    now = timezone.now()
    done = attempt(form, lambda said: actions.answer_letter(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Répondre au conseil")


@require_http_methods(["GET", "POST"])
def pass_on_referral(request: SignedInRequest, letter_pk: int) -> HttpResponse:
    shown = _answered(request, letter_pk)
    form = PassOnForm(sent(request), not_told=queries.not_told_of(shown))
    now = timezone.now()
    done = attempt(form, lambda said: actions.pass_on_referral(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Transmettre la saisine")


@require_http_methods(["GET", "POST"])
def follow_referral(request: SignedInRequest, letter_pk: int) -> HttpResponse:
    shown = _answered(request, letter_pk)
    form = FollowUpForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.follow_referral(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Noter une suite")


@require_http_methods(["GET", "POST"])
def close_referral(request: SignedInRequest, letter_pk: int) -> HttpResponse:
    shown = _answered(request, letter_pk)
    form = CloseReferralForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.close_referral(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Clore la saisine")


def _answered(request: SignedInRequest, letter_pk: int) -> Any:
    """The letter, for someone who may answer it: 404 when unseen, 403 when only read."""
    shown = queries.letter_for(who(request), letter_pk)
    demand(permissions.can_answer_letter(who(request), shown))
    return shown


def _change(
    request: SignedInRequest, shown: Any, form: forms.Form, is_done: bool, heading: str
) -> HttpResponse:
    if is_done:
        messages.success(request, "C'est enregistré. Le conseil le lit sur cette page.")
        return redirect("consultation:letter", shown.pk)
    context = {"form": form, "letter": shown, "heading": heading}
    return render(request, "consultation/letter_form.html", context)
