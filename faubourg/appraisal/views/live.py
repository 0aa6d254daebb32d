from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.appraisal import actions, permissions, queries
from faubourg.appraisal.forms import CarryOverForm, LiveForm, PointForm
from faubourg.appraisal.requests import typed_notes, typed_point
from faubourg.appraisal.states import STANCE_KEYS
from faubourg.appraisal.views.access import open_tabled, press
from faubourg.contracts.requests import who
from faubourg.governance.actions import live as room
from faubourg.governance.permissions import can_run, covered
from faubourg.governance.queries import item_of, meeting_for
from faubourg.governance.states import ItemKind
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand

CONFLICT = 409


@require_http_methods(["GET", "POST"])
def live(request: SignedInRequest, pk: int) -> HttpResponse:
    """The note-taker's screen, where the room is; posting begins with the first point."""
    meeting = _sitting(request, pk)
    rows = queries.live_items(who(request), meeting)
    if not rows:
        messages.error(request, "L'ordre du jour est vide : inscrivez d'abord un point.")
        return redirect("governance:meeting", pk)
    item = next((row.item for row in rows if row.item.pk == meeting.current_item_id), rows[0].item)
    if request.method == "POST":
        room.show_item(meeting, item, actor=request.user, now=timezone.now())
    return redirect("appraisal:live_item", pk, item.pk)


@require_GET
def live_item(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """A point: a dossier, or not; the programme to validate has its own page (awards), same screen."""
    return _desk(request, pk, item_pk)


@require_POST
def show_item(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Go to a point: the projector follows."""
    meeting = _sitting(request, pk)
    room.show_item(meeting, item_of(meeting, item_pk), actor=request.user, now=timezone.now())
    return HttpResponse(status=204) if _is_quiet(request) else redirect("appraisal:live_item", pk, item_pk)


@require_POST
def save_notes(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    """Each group of keystrokes, or a button: `then` says where to go once all is kept."""
    shown = open_tabled(request, pk, tabled_pk)
    demand(permissions.can_appraise(who(request), shown.application))
    typed, then, now = typed_notes(request.POST), request.POST.get("then", ""), timezone.now()
    missing: list[str] = []
    try:
        actions.save_notes(shown, actor=request.user, now=now, **vars(typed))
        if then:
            missing = actions.record_notes(shown, actor=request.user, now=now)
    except Refusal as refusal:
        return _refused(request, shown, refusal)
    if _is_quiet(request):
        notes = queries.notes_of(shown)
        told = f"enregistré à {localtime(now):%H:%M:%S}"
        return JsonResponse({"version": notes.version if notes else 0, "message": told, "missing": missing})
    return _go_on(request, shown, then, missing)


@require_POST
def save_point(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """The same for a point without dossier."""
    meeting = _sitting(request, pk)
    item, then, now = item_of(meeting, item_pk), request.POST.get("then", ""), timezone.now()
    item.meeting = meeting
    version, words = typed_point(request.POST)
    try:
        notes = room.save_item_notes(item, actor=request.user, version=version, words=words, now=now)
        if then:
            room.record_item_notes(item, actor=request.user, now=now)
    except Refusal as refusal:
        return _point_refused(request, item, refusal)
    if _is_quiet(request):
        told = f"enregistré à {localtime(now):%H:%M:%S}"
        return JsonResponse({"version": notes.version, "message": told, "missing": []})
    return _turn_to(request, meeting, item_pk, then)


@require_POST
def withdraw_remark(request: SignedInRequest, pk: int, tabled_pk: int, remark_pk: int) -> HttpResponse:
    shown = open_tabled(request, pk, tabled_pk)
    written = queries.remark_of(shown, remark_pk)
    if not _is_quiet(request):  # the script has saved what was being typed
        actions.save_notes(shown, actor=request.user, now=timezone.now(), **vars(typed_notes(request.POST)))
    press(
        request,
        lambda: actions.withdraw_remark(written, actor=request.user, now=timezone.now()),
        "La remarque est revenue dans le champ : corrigez-la, puis ajoutez-la de nouveau.",
    )
    return redirect("appraisal:live_item", pk, shown.item_id)


@require_POST
def note_aside(request: SignedInRequest, pk: int, tabled_pk: int) -> HttpResponse:
    shown = open_tabled(request, pk, tabled_pk)
    demand(permissions.can_appraise(who(request), shown.application))
    attendance = queries.present_at(shown, read_key(request.POST.get("attendance")))
    if attendance is None:
        messages.error(request, "Choisissez qui sort, parmi les personnes présentes.")
        return redirect("appraisal:live_item", pk, shown.item_id)
    reason = request.POST.get("reason", "")
    actions.note_aside(shown, attendance, actor=request.user, reason=reason, now=timezone.now())
    messages.success(request, f"{attendance} sort pour ce dossier : le relevé le dira.")
    return redirect("appraisal:live_item", pk, shown.item_id)


@require_POST
def come_back(request: SignedInRequest, pk: int, tabled_pk: int, aside_pk: int) -> HttpResponse:
    shown = open_tabled(request, pk, tabled_pk)
    demand(permissions.can_appraise(who(request), shown.application))
    actions.come_back(queries.aside_of(shown, aside_pk), actor=request.user, now=timezone.now())
    messages.success(request, "Le déport noté par erreur est retiré.")
    return redirect("appraisal:live_item", pk, shown.item_id)


@require_GET
def projection(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the room sees: the card alone, following the note-taker. 204 when nothing has changed."""
    meeting = meeting_for(who(request), pk)
    seen = f"{meeting.state}-{meeting.current_item_id or 0}"
    if request.htmx and request.GET.get("vu") == seen:
        return HttpResponse(status=204)
    rows = queries.live_items(who(request), meeting)
    shown = meeting.current_item_id or (rows[0].item.pk if rows and meeting.state == "open" else None)
    index, row = queries.row_at(rows, shown)
    card = queries.card_of(row.tabled.application) if row and row.tabled and not row.is_aside else None
    context = {"meeting": meeting, "row": row, "index": index, "total": len(rows), "card": card, "seen": seen}
    return render(request, "appraisal/projection.html", context)


# --------------------------------------------------------------------------------------------------


def _sitting(request: SignedInRequest, pk: int) -> Any:
    """A meeting that this person may run: 404 when unseen, 403 when only read."""
    meeting = meeting_for(who(request), pk)
    demand(can_run(who(request), meeting))
    return meeting


def _is_quiet(request: SignedInRequest) -> bool:
    """Sent by the screen's script, which stays on its page."""
    return "X-Autosave" in request.headers


def _refused(request: SignedInRequest, shown: Any, refusal: Refusal) -> HttpResponse:
    """A stale tab sees both texts; a closed session or a withdrawn dossier says so. Nothing typed is lost."""
    clash = refusal if isinstance(refusal, actions.NotesSavedMeanwhile) else None
    if _is_quiet(request):
        answer: dict[str, Any] = {"message": str(refusal)}
        if clash:
            answer |= {"version": clash.current.version, "current": _saved_form(shown).data}
        return JsonResponse(answer, status=CONFLICT)
    messages.error(request, str(refusal))
    return _desk(request, shown.item.meeting_id, shown.item_id, typed=request.POST, clash=clash)


def _point_refused(request: SignedInRequest, item: Any, refusal: Refusal) -> HttpResponse:
    clash = refusal if isinstance(refusal, room.ItemSavedMeanwhile) else None
    if _is_quiet(request):
        answer: dict[str, Any] = {"message": str(refusal)}
        if clash:
            answer |= {"version": clash.current.version, "current": clash.current.words}
        return JsonResponse(answer, status=CONFLICT)
    messages.error(request, str(refusal))
    return _desk(request, item.meeting_id, item.pk, typed=request.POST, clash=clash)


def _go_on(request: SignedInRequest, shown: Any, then: str, missing: list[str]) -> HttpResponse:
    for sentence in missing:
        messages.warning(request, f"{shown.application} : {sentence}")
    return _turn_to(request, shown.item.meeting, shown.item_id, then)


def _turn_to(request: SignedInRequest, meeting: Any, item_pk: int, then: str) -> HttpResponse:
    """`then` is "item-12" when a button leads to another point."""
    target = read_key(then.removeprefix("item-")) or item_pk
    if target != item_pk:
        room.show_item(meeting, item_of(meeting, target), actor=request.user, now=timezone.now())
    return redirect("appraisal:live_item", meeting.pk, target)


def _saved_form(shown: Any) -> LiveForm:
    pen = queries.pen_of(shown, localdate())
    asked = queries.card_of(shown.application).asked
    return LiveForm.about(pen.notes, pen.mentions, asked=asked, speakers=pen.speakers)


def _desk(
    request: SignedInRequest, pk: int, item_pk: int, *, typed: Any = None, clash: Any = None
) -> HttpResponse:
    meeting, others = queries.sitting_for(who(request), pk)
    demand(can_run(who(request), meeting))
    context = queries.desk_of(who(request), meeting, item_pk, timezone.now())
    row = context["row"]
    if row.item.kind == ItemKind.PROGRAMME:
        return redirect("awards:programme_item", pk, item_pk)
    if row.tabled is None:
        context |= _point_at_hand(context, typed, clash)
    elif not row.is_aside:
        context |= _at_hand(meeting, others, row, typed, clash)
    return render(request, "appraisal/live.html", context, status=CONFLICT if typed else 200)


def _point_at_hand(desk: dict[str, Any], typed: Any, clash: Any) -> dict[str, Any]:
    """What is typed on a point without dossier; both texts when two people wrote."""
    notes = clash.current if clash else desk["point_notes"]
    saved = {"version": notes.version, **notes.words} if notes else {"version": 0}
    words = {**saved, **typed.dict(), "version": saved["version"]} if typed else saved
    form = PointForm(words)
    theirs = [(form["summary"].label, saved.get("summary", ""))] if clash else []
    return {"form": form, "theirs": theirs}


def _at_hand(meeting: Any, others: list[Any], row: Any, typed: Any, clash: Any) -> dict[str, Any]:
    card, pen = queries.card_and_pen(row, localdate())
    contract = card.application.call.contract_id
    form = LiveForm.about(pen.notes, pen.mentions, asked=card.asked, speakers=pen.speakers)
    theirs = form if clash else None
    if typed:
        version = clash.current.version if clash else typed.get("version", 0)
        form = LiveForm({**typed.dict(), "version": version}, asked=card.asked, speakers=pen.speakers)
    chosen = form.data.get("stance")
    return {
        "tabled": row.tabled, "application": card.application, "card": card, "pen": pen, "form": form,
        "theirs": [(field.label, theirs[field.name].value()) for field in theirs] if theirs else [],
        "stances": [(key, one, one == chosen) for key, one in STANCE_KEYS.items()],
        "carry_form": CarryOverForm(meetings=[one for one in others if contract in covered(one.body)]),
        "is_writable": meeting.state == "open" and not row.tabled.carried_over and not row.is_withdrawn,
    }  # fmt: skip
