"""A session of the committee: who is there, one request after the other, the closing, the minutes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.fph import actions, exports, permissions, queries
from faubourg.fph.forms import DecisionForm, PlaceRequestsForm, PresenceForm
from faubourg.fph.rules import quorum_words
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.verdict import demand


@require_GET
def session(request: SignedInRequest, session_pk: int) -> HttpResponse:
    held = who(request)
    shown = queries.session_for(held, session_pk)
    may_keep = permissions.can_keep_fund(held, shown.fund.contract_id)
    context = {
        **_room(shown),
        "examined": queries.examined_at(shown),
        "waiting": queries.waiting_requests(shown.fund).count(),
        "may_keep": may_keep,
        "may_write": may_keep and shown.may("close_session"),
    }
    return render(request, "fph/session.html", context)


@require_http_methods(["GET", "POST"])
def place_requests(request: SignedInRequest, session_pk: int) -> HttpResponse:
    shown, now = _kept(request, session_pk), timezone.now()
    form = PlaceRequestsForm(sent(request), fund=shown.fund)
    if attempt(form, lambda said: actions.place_requests(shown, actor=request.user, now=now, **said)):
        messages.success(request, "Les demandes sont inscrites.")
        return redirect("fph:session", session_pk)
    return _form(request, shown, form, "Inscrire des demandes")


@require_http_methods(["GET", "POST"])
def record_presence(request: SignedInRequest, session_pk: int) -> HttpResponse:
    shown, now = _kept(request, session_pk), timezone.now()
    form = PresenceForm(sent(request), session=shown)
    if attempt(form, lambda said: actions.record_presence(shown, actor=request.user, now=now, **said)):
        messages.success(request, "Les présences sont notées.")
        return redirect("fph:session", session_pk)
    return _form(request, shown, form, "Qui est là ?")


@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, session_pk: int, examined_pk: int) -> HttpResponse:
    """One request of the session; once written, the next one that waits is shown."""
    shown, now = _kept(request, session_pk), timezone.now()
    examined = queries.examined_for(shown, examined_pk)
    form = DecisionForm(sent(request), examined=examined)
    if attempt(form, lambda said: actions.decide(examined, actor=request.user, now=now, **said)):
        messages.success(request, f"{examined.request.number} : la décision est notée.")
        return redirect(_next(shown))
    context = {**_room(shown), **_before_the_committee(shown, examined), "form": form}
    return render(request, "fph/decide.html", context)


@require_POST
def remove_request(request: SignedInRequest, session_pk: int, examined_pk: int) -> HttpResponse:
    shown, now = _kept(request, session_pk), timezone.now()
    examined = queries.examined_for(shown, examined_pk)
    said = "La demande est retirée de la séance."
    press(request, lambda: actions.remove_request(examined, actor=request.user, now=now), said)
    return redirect("fph:session", session_pk)


@require_POST
def close_session(request: SignedInRequest, session_pk: int) -> HttpResponse:
    shown, now = _kept(request, session_pk), timezone.now()
    said = "La séance est close : les réponses sont données, le relevé ne change plus."
    press(request, lambda: actions.close_session(shown, actor=request.user, now=now), said)
    return redirect("fph:session", session_pk)


@require_POST
def cancel_session(request: SignedInRequest, session_pk: int) -> HttpResponse:
    shown, now = _kept(request, session_pk), timezone.now()
    said = "La séance est annulée : ses demandes en attendent une autre."
    press(request, lambda: actions.cancel_session(shown, actor=request.user, now=now), said)
    return redirect("fph:session", session_pk)


@require_GET
def minutes(request: SignedInRequest, session_pk: int) -> HttpResponse:
    shown = queries.session_for(who(request), session_pk)
    if not shown.words:
        messages.error(request, "Le relevé se lit une fois la séance close.")
        return redirect("fph:session", session_pk)
    headers = {"Content-Disposition": f'attachment; filename="releve-{shown.number}.pdf"'}
    return HttpResponse(exports.minutes_pdf(shown), content_type="application/pdf", headers=headers)


def _kept(request: SignedInRequest, session_pk: int) -> Any:
    held = who(request)
    shown = queries.session_for(held, session_pk)
    demand(permissions.can_keep_fund(held, shown.fund.contract_id))
    return shown


def _room(shown: Any) -> dict[str, Any]:
    """Who is there and what is left: said on every page of the session."""
    present = queries.present_at(shown)
    rules = queries.rules_of(shown.fund.contract_id, shown.held_on)
    voters = sum(member.is_voting for member in present)
    return {
        "session": shown,
        "fund": shown.fund,
        "present": present,
        "quorum": quorum_words(voters, rules.quorum if rules else None),
        "money": queries.money_of(shown.fund),
    }


def _before_the_committee(shown: Any, examined: Any) -> dict[str, Any]:
    asked = examined.request
    asked.fund = shown.fund
    return {
        "examined": examined,
        "shown": asked,
        "lines": queries.lines_of(asked),
        "split": queries.split_requests(asked),
        "ties": queries.likely_ties(examined, queries.present_at(shown)),
        "agenda": queries.examined_at(shown),
    }


def _next(shown: Any) -> str:
    """The next request the committee has said nothing of, its form first; the session after the last."""
    for one in queries.examined_at(shown):
        if not one.outcome and one.request.may("grant"):
            return reverse("fph:decide", args=[shown.pk, one.pk]) + "#decision"
    return reverse("fph:session", args=[shown.pk])


def _form(request: SignedInRequest, shown: Any, form: Any, heading: str) -> HttpResponse:
    context = {"form": form, "fund": shown.fund, "session": shown, "heading": heading, "in_committee": True}
    return render(request, "fph/form.html", context)
