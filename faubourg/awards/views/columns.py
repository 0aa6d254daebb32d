"""A funder in its own column."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.awards import actions, queries
from faubourg.awards.forms.columns import ColumnForm, lines_in
from faubourg.awards.permissions import can_decide_for
from faubourg.awards.queries.columns import as_rows, column_rows, envelope_for, final_mark_of
from faubourg.awards.queries.programme import programme_call_for
from faubourg.awards.requests import doors
from faubourg.contracts.requests import who
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand

LINES = 100
"""Lines at one click: about two seconds when all of them are decided."""


@require_http_methods(["GET", "POST"])
def decide_many(request: SignedInRequest, pk: int, envelope_pk: int) -> HttpResponse:
    call, envelope = _column(request, pk, envelope_pk)
    everything = bool(request.GET.get("toutes"))
    found = column_rows(envelope, who(request), everything=everything, sent=lines_in(request.POST))
    page = Paginator(found, LINES).get_page(request.GET.get("page"))
    form = ColumnForm(request.POST or None, rows=as_rows(envelope, page.object_list))
    if request.method == "POST" and form.is_valid() and _decide(request, envelope, form):
        return redirect("awards:programme", call.pk)
    context = {
        "call": call,
        "envelope": envelope,
        "gauge": next(one for one in queries.envelope_gauges(call) if one.pk == envelope.pk),
        "final": final_mark_of(envelope),
        "form": form,
        "page": page,
        "everything": everything,
        **doors(request, call),
    }
    return render(request, "awards/decide_many.html", context)


def _decide(request: SignedInRequest, envelope: Any, form: ColumnForm) -> bool:
    """Preview or record; True when every line is recorded."""
    dry = "preview" in request.POST
    try:
        results = actions.decide_many(
            envelope, form.act, form.typed, actor=request.user, now=timezone.now(),
            all_or_nothing=form.is_all_or_nothing, dry=dry,
        )  # fmt: skip
    except Refusal as refusal:
        show_on(form, refusal)
        return False
    form.show(results)
    refused = sum(bool(result.problem) for result in results)
    kept = 0 if dry or (refused and form.is_all_or_nothing) else len(results) - refused
    if kept:
        messages.success(
            request, f"{kept} décision{'s' if kept > 1 else ''} enregistrée{'s' if kept > 1 else ''}."
        )
    elif not dry:
        messages.warning(request, "Rien n'a été enregistré." if results else "Aucune ligne n'était écrite.")
    return bool(kept) and not refused


@require_POST
def finalise_column(request: SignedInRequest, pk: int, envelope_pk: int) -> HttpResponse:
    call, envelope = _column(request, pk, envelope_pk)
    try:
        actions.finalise_column(envelope, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Votre colonne est définitive : le GIP le voit.")
    return redirect("awards:decide_many", call.pk, envelope.pk)


@require_POST
def reopen_column(request: SignedInRequest, pk: int, envelope_pk: int) -> HttpResponse:
    call, envelope = _column(request, pk, envelope_pk)
    try:
        actions.reopen_column(envelope, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Votre colonne est rouverte.")
    return redirect("awards:decide_many", call.pk, envelope.pk)


def _column(request: SignedInRequest, pk: int, envelope_pk: int) -> tuple[Any, Any]:
    call = programme_call_for(who(request), pk, localdate())
    envelope = envelope_for(call, envelope_pk)
    demand(can_decide_for(who(request), envelope))
    return call, envelope
