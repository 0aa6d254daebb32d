from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.governance import permissions, queries
from faubourg.governance.actions import agenda, attendance, decisions, meetings
from faubourg.governance.forms import (
    AttendanceForm,
    DecisionForm,
    GuestForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
)
from faubourg.governance.requests import EarlyForm
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand

FOUND = 302


@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    standing = who(request)
    bodies = queries.bodies_with_rhythm(standing, localdate())
    for body in bodies:
        body.may_plan = permissions.can_plan(standing, body)  # type: ignore[attr-defined]
    upcoming = queries.upcoming_meetings(standing)[:20]
    context = {"bodies": bodies, "upcoming": upcoming, "year": localdate().year}
    return render(request, "governance/index.html", context)


@require_GET
def body(request: SignedInRequest, pk: int) -> HttpResponse:
    standing = who(request)
    shown = queries.body_for(standing, pk)
    context = {
        "body": shown,
        "members": shown.members.select_related("organisation"),
        "quorums": queries.quorums_of(shown),
        "page": queries.page_of_meetings(shown, request.GET.get("page")),
        "may_plan": permissions.can_plan(standing, shown),
    }
    return render(request, "governance/body.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.body_for(who(request), pk)
    demand(permissions.can_plan(who(request), shown))
    form = MeetingForm(_sent(request), initial={"title": shown.name})
    made = _attempt(form, lambda data: meetings.plan(shown, actor=request.user, now=timezone.now(), **data))
    if made:
        messages.success(request, "La séance est inscrite. Composez maintenant son ordre du jour.")
        return redirect("governance:meeting", made.pk)
    return render(request, "governance/plan.html", {"form": form, "body": shown})


@require_GET
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.meeting_for(who(request), pk)
    if queries.examines_applications(shown):
        return redirect("appraisal:meeting", pk)
    context = {
        **queries.record_of(shown),
        "may_run": permissions.can_run(who(request), shown),
        "early_form": EarlyForm.before(shown, localdate()),
    }
    return render(request, "governance/meeting.html", context)


@require_http_methods(["GET", "POST"])
def amend(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _run(request, pk)
    form = MeetingForm.about(shown, _sent(request))
    return _change(
        request, shown, form, "Modifier la séance", "La séance est modifiée.",
        lambda data: meetings.amend(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


@require_POST
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a meeting; ahead of its day, its box must be ticked."""
    shown = _run(request, pk)
    early = EarlyForm.before(shown, localdate(), request.POST)
    if early is not None and not early.is_valid():
        heading = "Ouvrir la séance avant son jour"
        context = {"form": early, "meeting": shown, "heading": heading, "button": "Ouvrir la séance"}
        return render(request, "governance/meeting_form.html", context)
    meetings.start(shown, actor=request.user, now=timezone.now())
    messages.success(request, "La séance est ouverte.")
    return redirect("governance:meeting", pk)


@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _without_applications(request, pk)
    meetings.close(shown, actor=request.user, now=timezone.now())
    messages.success(request, "La séance est close : son relevé ne change plus.")
    return redirect("governance:meeting", pk)


@require_POST
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _without_applications(request, pk)
    meetings.cancel(shown, actor=request.user, now=timezone.now())
    messages.success(request, "La séance est annulée.")
    return redirect("governance:meeting", pk)


@require_http_methods(["GET", "POST"])
def record_attendance(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _run(request, pk)
    present = [row.user_id for row in queries.attendance_of(shown) if row.user_id and row.is_present]
    seats = queries.seats_of(shown, localdate())
    form = AttendanceForm(_sent(request), seats=seats, present=present)
    return _change(
        request, shown, form, "Qui est présent ?", "La feuille de présence est enregistrée.",
        lambda data: attendance.record_attendance(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def presence(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who arrives, leaves, is excused or represented; the quorum as it stands."""
    shown = queries.meeting_for(who(request), pk)
    if request.method == "POST":
        asked = [request.POST.get(name, "") for name in ("who", "what", "by")]
        _press(request, lambda: _note(request, shown, *asked))
        return redirect(request.get_full_path())
    rows = queries.attendance_of(shown)
    lines = queries.sheet_of(shown, rows, localdate())
    context = {
        "meeting": shown, "lines": lines, "colleges": queries.colleges_of(shown, rows),
        "here": [(key, row) for key, row in lines if row.is_present],
        "has_councillor": queries.has_councillor(rows), "point": read_key(request.GET.get("point")),
        "may_run": permissions.can_run(who(request), shown),
        "is_writable": shown.state in ("planned", "open"),
    }  # fmt: skip
    return render(request, "governance/presence.html", context)


def _note(request: SignedInRequest, shown: Any, key: str, what: str, by: str) -> None:
    attendance.note_presence(shown, key, what, by=by, actor=request.user, now=timezone.now())


@require_http_methods(["GET", "POST"])
def add_guest(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _run(request, pk)
    return _change(
        request, shown, GuestForm(_sent(request)), "Autre personne présente", "La personne est ajoutée.",
        lambda data: attendance.add_guest(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


@require_POST
def remove_guest(request: SignedInRequest, pk: int, guest_pk: int) -> HttpResponse:
    guest = queries.guest_of(_run(request, pk), guest_pk)
    _press(request, lambda: attendance.remove_guest(guest, actor=request.user, now=timezone.now()))
    return redirect("governance:meeting", pk)


@require_http_methods(["GET", "POST"])
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _run(request, pk)
    return _change(
        request, shown, ItemForm(_sent(request)), "Ajouter un point", "Le point est ajouté.",
        lambda data: agenda.add_item(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


@require_POST
def move_item(request: SignedInRequest, pk: int, item_pk: int, by: int) -> HttpResponse:
    item = queries.item_of(_run(request, pk), item_pk)
    _press(request, lambda: agenda.move_item(item, actor=request.user, by=by, now=timezone.now()))
    return redirect("governance:meeting", pk)


@require_POST
def place_review(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _run(request, pk)
    _press(request, lambda: agenda.place_review(shown, actor=request.user, now=timezone.now()))
    return redirect("governance:meeting", pk)


@require_http_methods(["GET", "POST"])
def set_minutes(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    shown = _run(request, pk)
    item = queries.item_of(shown, item_pk)
    form = MinutesForm(_sent(request), initial={"minutes": item.minutes})
    return _change(
        request, shown, form, f"Durée de « {item} »", "La durée est enregistrée.",
        lambda data: agenda.set_minutes(item, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip


@require_POST
def remove_item(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    item = queries.item_of(_without_applications(request, pk), item_pk)
    _press(request, lambda: agenda.remove_item(item, actor=request.user, now=timezone.now()))
    return redirect("governance:meeting", pk)


@require_http_methods(["GET", "POST"])
def record_decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """From the page of the meeting; or from the point the room is on (`?point=`), where one comes back."""
    shown, point = _run(request, pk), read_key(request.GET.get("point"))
    form = DecisionForm(_sent(request), meeting=shown, today=localdate())
    answer = _change(
        request, shown, form, "Décision", "La décision est enregistrée.",
        lambda data: decisions.record_decision(shown, actor=request.user, now=timezone.now(), **data),
    )  # fmt: skip
    if point and answer.status_code == FOUND:
        return redirect("appraisal:live_item", pk, point)
    return answer


# --------------------------------------------------------------------------------------------------


def _attempt(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """Do it when the form stands; a refusal of the rules comes back beside its field."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act(form.cleaned_data) or True
    except Refusal as refusal:
        show_on(form, refusal)
        return None


def _change(
    request: SignedInRequest,
    shown: Any,
    form: forms.Form,
    heading: str,
    done: str,
    act: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    if _attempt(form, act):
        messages.success(request, done)
        return redirect("governance:meeting", shown.pk)
    return render(
        request, "governance/meeting_form.html", {"form": form, "meeting": shown, "heading": heading}
    )


def _press(request: SignedInRequest, act: Callable[[], Any]) -> None:
    """A button: do it, or say on the page of the meeting why it cannot be done."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))


def _sent(request: SignedInRequest) -> Any:
    """What was posted; None when the page is only looked at, so that nothing is called missing."""
    return request.POST if request.method == "POST" else None


def _run(request: SignedInRequest, pk: int) -> Any:
    """The meeting, for someone who may run it: 404 when unseen, 403 when only read."""
    shown = queries.meeting_for(who(request), pk)
    demand(permissions.can_run(who(request), shown))
    return shown


def _without_applications(request: SignedInRequest, pk: int) -> Any:
    """A meeting of dossiers is closed, cancelled and cleared by the appraisal, which looks at them first."""
    shown = _run(request, pk)
    if queries.examines_applications(shown):
        raise Http404
    return shown
