from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.applications.queries import application_detail
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import CarryOverForm, OpinionForm, OwnRemarkForm, RemarkForm
from faubourg.appraisal.views.access import attempt, open_tabled, other_meetings
from faubourg.contracts.requests import who
from faubourg.governance.permissions import can_run
from faubourg.toolkit.verdict import demand


@require_GET
def tabled(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    """One dossier before the committee: what it asks, what is said, the opinion."""
    return _page(request, open_tabled(request, pk, tabled_pk))


@require_POST
def remark(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    shown = open_tabled(request, pk, tabled_pk)
    demand(permissions.can_remark(who(request), shown.application))
    form = _remark_form(request, shown, request.POST)
    done = attempt(
        form,
        lambda data: actions.remark(
            shown, actor=request.user, now=timezone.now(), **{"speaker": request.user.full_name, **data}
        ),
    )
    return _after(request, shown, done, "La remarque est enregistrée.", remark_form=form)


@require_POST
def give_opinion(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    shown = open_tabled(request, pk, tabled_pk)
    demand(permissions.can_appraise(who(request), shown.application))
    form = OpinionForm(request.POST)
    done = attempt(
        form, lambda data: actions.give_opinion(shown, actor=request.user, now=timezone.now(), **data)
    )
    return _after(request, shown, done, "L'avis est enregistré. Il est consultatif.", opinion_form=form)


@require_POST
def carry_over(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    shown = open_tabled(request, pk, tabled_pk)
    demand(permissions.can_appraise(who(request), shown.application))
    form = CarryOverForm(request.POST, meetings=other_meetings(request, shown))
    done = attempt(
        form, lambda data: actions.carry_over(shown, actor=request.user, now=timezone.now(), **data)
    )
    if done and request.POST.get("from") == "live":
        messages.success(request, "Le dossier est ajourné.")
        return redirect("appraisal:live_item", pk, shown.item_id)
    return _after(request, shown, done, "Le dossier est ajourné.", carry_form=form)


# --------------------------------------------------------------------------------------------------


def _after(
    request: SignedInRequest, shown: Any, done: bool, words: str, **refused: forms.Form
) -> HttpResponse:
    if not done:
        return _page(request, shown, **refused)
    messages.success(request, words)
    return redirect("appraisal:tabled", shown.item.meeting_id, shown.pk)


def _page(request: SignedInRequest, shown: Any, **refused: forms.Form) -> HttpResponse:
    standing, application, meeting = who(request), shown.application, shown.item.meeting
    notes = queries.notes_for(standing, application)
    opinion = next((one for one in notes.opinions if one.tabled_id == shown.pk), None)
    pen = queries.pen_of(shown, localdate())
    context = {
        "tabled": shown,
        "application": application,
        "meeting": meeting,
        "detail": application_detail(standing, application.pk),
        "notes": notes,
        "proposed": {proposal.envelope_id: proposal for proposal in notes.proposals},
        "opinion": opinion,
        "pen": pen,
        "next": queries.next_tabled(shown),
        "may_run": can_run(standing, meeting) and permissions.can_appraise(standing, application),
        "may_remark": permissions.can_remark(standing, application),
        "is_writable": meeting.state in ("planned", "open") and not shown.carried_over,
        "remark_form": _remark_form(request, shown),
        "opinion_form": OpinionForm.about(opinion),
        "carry_form": CarryOverForm(meetings=other_meetings(request, shown)),
        **refused,
    }
    return render(request, "appraisal/tabled.html", context)


def _remark_form(request: SignedInRequest, shown: Any, data: Any = None) -> forms.Form:
    """The GIP says who speaks; the others write in their own name."""
    may_write_for_all = permissions.can_appraise(who(request), shown.application)
    return RemarkForm(data) if may_write_for_all else OwnRemarkForm(data)
