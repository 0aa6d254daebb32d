from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import actions, queries
from faubourg.appraisal.forms import TableForm
from faubourg.appraisal.views.access import attempt, press, sent, stand_aside
from faubourg.contracts.requests import who
from faubourg.governance.permissions import can_run
from faubourg.governance.queries import agenda_of, examines_applications, meeting_for, record_of
from faubourg.governance.requests import EarlyForm
from faubourg.toolkit.verdict import demand


@require_GET
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """The committee: its agenda with the dossiers as this person may read them."""
    shown = _committee(request, pk)
    record = record_of(shown)
    rows = queries.agenda_rows(who(request), shown, record["items"])
    context = {
        **record,
        "rows": rows,
        "minutes": sum(row.item.minutes for row in rows if not (row.tabled and row.tabled.carried_over)),
        "may_run": can_run(who(request), shown),
        "early_form": EarlyForm.before(shown, localdate()),
    }
    return render(request, "appraisal/meeting.html", context)


@require_http_methods(["GET", "POST"])
def table(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose appraised dossiers and put them on the agenda."""
    shown = _committee(request, pk)
    demand(can_run(who(request), shown))
    proposed = queries.proposed_for(who(request), shown)
    form = TableForm(sent(request), proposed=proposed)
    only_counts = request.POST.get("act") == "count"
    done = not only_counts and attempt(
        form, lambda data: actions.table_all(meeting=shown, actor=request.user, now=timezone.now(), **data)
    )
    if done:
        messages.success(request, "L'ordre du jour est complété.")
        return redirect("appraisal:meeting", pk)
    calls = [one.thing.call_id for one in proposed]
    ticked = [one.thing.call_id for one, is_ticked, _ in form.lines if is_ticked]
    already = sum(item.minutes for item in agenda_of(shown))
    total = already + form.minutes
    context = {
        "form": form, "meeting": shown, "proposed": proposed, "already": already,
        "total": total, "ends_at": shown.starts_at + timedelta(minutes=total),
        "gauges": [one.sentence(ticked.count(one.call_id)) for one in queries.gauges_of(shown, calls)],
        "not_ready": queries.not_ready_for(who(request), shown),
    }  # fmt: skip
    return render(request, "appraisal/table.html", context)


@require_POST
def untable(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    tabled = queries.tabled_for(who(request), pk, tabled_pk)
    stand_aside(request, tabled.application)
    press(
        request,
        lambda: actions.untable(tabled, actor=request.user, now=timezone.now()),
        "Le dossier est retiré de l'ordre du jour : il attend une autre séance.",
    )
    return redirect("appraisal:meeting", pk)


@require_POST
def close_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _committee(request, pk)
    press(
        request,
        lambda: actions.close_meeting(shown, actor=request.user, now=timezone.now()),
        "La séance est close. Les référents des financeurs reçoivent le lien du relevé.",
    )
    return redirect("appraisal:meeting", pk)


@require_POST
def cancel_meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _committee(request, pk)
    press(
        request,
        lambda: actions.cancel_meeting(shown, actor=request.user, now=timezone.now()),
        "La séance est annulée : ses dossiers attendent une autre séance.",
    )
    return redirect("appraisal:meeting", pk)


def _committee(request: SignedInRequest, pk: int) -> Any:
    """A meeting that looks at dossiers, or 404."""
    shown = meeting_for(who(request), pk)
    if not examines_applications(shown):
        raise Http404
    return shown
