from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import EndForm, PointForm
from faubourg.consultation.states import PointState
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.asking import attempt, press, sent, sent_files
from faubourg.toolkit.verdict import demand


@require_GET
def points(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    state, only_late = request.GET.get("etat", ""), bool(request.GET.get("retard"))
    context = {
        "contract": contract,
        "page": queries.page_of_points(
            who(request), contract.pk, state=state, late_on=localdate() if only_late else None,
            number=request.GET.get("page"),
        ),
        "today": localdate(),
        "state": state,
        "only_late": only_late,
        "states": PointState.choices,
    }  # fmt: skip
    return render(request, "consultation/points.html", context)


@require_http_methods(["GET", "POST"])
def note_point(request: SignedInRequest, gathering_pk: int) -> HttpResponse:
    """The stops of one walk, and the next one to type."""
    shown = queries.gathering_for(who(request), gathering_pk)
    demand(permissions.can_consult(who(request), shown.consultation.contract_id))
    form = PointForm(sent(request), sent_files(request), contract=shown.consultation.contract)
    now = timezone.now()
    if attempt(form, lambda said: actions.note_point(shown, actor=request.user, now=now, **said)):
        messages.success(request, "Le constat est noté. Le suivant ?")
        return redirect("consultation:note_point", shown.pk)
    points = queries.points_of(shown)
    context = {"form": form, "gathering": shown, "points": points, "today": localdate()}
    return render(request, "consultation/note_point.html", context)


@require_GET
def point(request: SignedInRequest, point_pk: int) -> HttpResponse:
    shown = queries.point_for(who(request), point_pk)
    contract = shown.gathering.consultation.contract
    context = {
        "point": shown,
        "contract": contract,
        "is_late": shown.is_late(localdate()),
        "may_consult": permissions.can_consult(who(request), contract.pk),
    }
    return render(request, "consultation/point.html", context)


@require_GET
def photo(request: SignedInRequest, point_pk: int) -> FileResponse:
    shown = queries.point_for(who(request), point_pk)
    if shown.photo is None:
        raise Http404
    return as_download(shown.photo)


@require_http_methods(["GET", "POST"])
def amend_point(request: SignedInRequest, point_pk: int) -> HttpResponse:
    shown = _kept(request, point_pk)
    form = PointForm(
        sent(request), sent_files(request), contract=shown.gathering.consultation.contract, about=shown
    )
    now = timezone.now()
    done = attempt(form, lambda said: actions.amend_point(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Modifier le constat")


@require_http_methods(["GET", "POST"])
def resolve_point(request: SignedInRequest, point_pk: int) -> HttpResponse:
    shown = _kept(request, point_pk)
    form = EndForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.resolve_point(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "C'est réglé")


@require_http_methods(["GET", "POST"])
def drop_point(request: SignedInRequest, point_pk: int) -> HttpResponse:
    shown = _kept(request, point_pk)
    form = EndForm(sent(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.drop_point(shown, actor=request.user, now=now, **said))
    return _change(request, shown, form, bool(done), "Abandonner ce constat")


@require_POST
def reopen_point(request: SignedInRequest, point_pk: int) -> HttpResponse:
    shown = queries.point_for(who(request), point_pk)
    now = timezone.now()
    press(
        request, lambda: actions.reopen_point(shown, actor=request.user, now=now), "Le constat est rouvert."
    )
    return redirect("consultation:point", point_pk)


def _kept(request: SignedInRequest, point_pk: int) -> Any:
    """The stop, for someone who may follow it: 404 when unseen, 403 when only read."""
    shown = queries.point_for(who(request), point_pk)
    demand(permissions.can_consult(who(request), shown.gathering.consultation.contract_id))
    return shown


def _change(
    request: SignedInRequest, shown: Any, form: forms.Form, is_done: bool, heading: str
) -> HttpResponse:
    if is_done:
        messages.success(request, "Le constat est enregistré.")
        return redirect("consultation:point", shown.pk)
    context = {
        "form": form,
        "contract": shown.gathering.consultation.contract,
        "consultation": shown.gathering.consultation,
        "gathering": shown.gathering,
        "heading": heading,
        "lead": str(shown),
        "has_file": form.is_multipart(),
    }
    return render(request, "consultation/form.html", context)
