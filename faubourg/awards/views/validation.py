"""The steering committee validates."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal.queries import desk_of
from faubourg.appraisal.requests import typed_point
from faubourg.awards import actions
from faubourg.awards.forms import ValidationForm
from faubourg.awards.permissions import can_validate
from faubourg.awards.queries.programme import programme_call_for
from faubourg.awards.queries.validation import (
    meeting_to_present_in,
    next_steering_meeting,
    outlook,
    programme_item_of,
    programme_rows,
)
from faubourg.contracts.requests import who
from faubourg.governance.actions.live import save_item_notes
from faubourg.governance.permissions import can_run
from faubourg.governance.queries import meeting_for
from faubourg.toolkit.fields import read_key
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
    context["next_meeting"] = next_steering_meeting(call)
    return render(request, "awards/validate.html", context)


@require_POST
def present_programme(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put the programming of the call on the agenda of a steering committee."""
    call = programme_call_for(who(request), pk, localdate())
    demand(can_validate(who(request), call.contract_id))
    meeting = meeting_to_present_in(call, read_key(request.POST.get("meeting")))
    try:
        actions.present_programme(call, meeting, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:validate", pk)
    messages.success(request, "La programmation est à l'ordre du jour : elle se valide en séance.")
    return redirect("governance:meeting", meeting.pk if meeting else 0)


@require_GET
def programme_item(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """The screen of the sitting committee, on the programming: validated but for what has a reason."""
    meeting, shown = _sitting(request, pk, item_pk)
    desk = desk_of(who(request), meeting, item_pk, timezone.now())
    notes = desk["point_notes"]
    words = notes.words if notes else {}
    rows = programme_rows(who(request), shown, meeting, words, localdate())
    context = desk | {
        "call": shown.call, "programme_rows": rows, "version": notes.version if notes else 0,
        "summary": words.get("summary", ""), "outlook": outlook(shown.call),
    }  # fmt: skip
    return render(request, "awards/programme_item.html", context)


@require_POST
def validate_programme(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """One decision for what was on the screen: what has a reason is left aside, the rest is validated."""
    meeting, shown = _sitting(request, pk, item_pk)
    version, words = typed_point(request.POST)
    presented = [key for one in request.POST.getlist("presented") if (key := read_key(one))]
    aside, gone = _said(words, "reason", presented), _said(words, "away", presented)
    chosen = [key for key in presented if key not in aside]
    try:
        save_item_notes(shown.item, actor=request.user, version=version, words=words, now=timezone.now())
        decision = actions.validate(
            shown.call, meeting, chosen, exceptions=aside, gone=gone, actor=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{decision} : la programmation est validée.")
    return redirect("awards:programme_item", pk, item_pk)


def _said(words: dict[str, str], what: str, presented: list[int]) -> dict[int, str]:
    """{dossier: what is written beside it}, for those on the screen."""
    return {key: said for key in presented if (said := words.get(f"{what}-{key}", "").strip())}


def _sitting(request: SignedInRequest, pk: int, item_pk: int) -> tuple[Any, Any]:
    meeting = meeting_for(who(request), pk)
    demand(can_run(who(request), meeting))
    shown = programme_item_of(item_pk)
    if shown.item.meeting_id != meeting.pk:
        raise Http404
    shown.item.meeting = meeting
    return meeting, shown
