from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import EquipForm, RecognitionForm, StatusForm
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.asking import attempt, sent, sent_files
from faubourg.toolkit.verdict import demand


@require_GET
def councils(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    context = {
        "contract": contract,
        "page": queries.page_of_councils(contract, localdate(), request.GET.get("page")),
        "without": queries.without_council(contract),
    }
    return render(request, "consultation/councils.html", context)


@require_GET
def council(request: SignedInRequest, council_pk: int) -> HttpResponse:
    shown, standing = queries.council_for(request.user, council_pk, localdate()), who(request)
    context = {
        "council": shown,
        "contract": shown.contract,
        "changes": shown.status_changes.select_related("recorded_by"),
        "recognitions": shown.recognitions.select_related("document"),
        "colleges": queries.colleges_of(shown, localdate()),
        "sessions": queries.sessions_of(shown),
        "former": queries.former_members(shown, localdate()),
        "today": localdate(),
        "may_keep": permissions.can_keep_councils(standing, shown.contract_id),
        "is_seated": standing.sits_on(shown.contract_id),
    }
    return render(request, "consultation/council.html", context)


@require_http_methods(["GET", "POST"])
def change_council_status(request: SignedInRequest, council_pk: int) -> HttpResponse:
    shown = kept_council(request, council_pk)
    form = StatusForm(sent(request))
    now = timezone.now()
    done = attempt(
        form, lambda said: actions.change_council_status(shown, actor=request.user, now=now, **said)
    )
    return change_council(request, shown, form, bool(done), "Changer le statut du conseil")


@require_http_methods(["GET", "POST"])
def recognise_council(request: SignedInRequest, council_pk: int) -> HttpResponse:
    shown = kept_council(request, council_pk)
    form = RecognitionForm(sent(request), sent_files(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.recognise_council(shown, actor=request.user, now=now, **said))
    return change_council(request, shown, form, bool(done), "Noter la reconnaissance par le préfet")


@require_http_methods(["GET", "POST"])
def equip_council(request: SignedInRequest, council_pk: int) -> HttpResponse:
    shown = kept_council(request, council_pk)
    form = EquipForm(sent(request), about=shown)
    now = timezone.now()
    done = attempt(form, lambda said: actions.equip_council(shown, actor=request.user, now=now, **said))
    return change_council(request, shown, form, bool(done), "Lieu, moyens et sièges du conseil")


@require_GET
def recognition_document(request: SignedInRequest, recognition_pk: int) -> FileResponse:
    shown = queries.recognition_for(request.user, recognition_pk, localdate())
    if shown.document is None:
        raise Http404
    return as_download(shown.document)


def kept_council(request: SignedInRequest, council_pk: int) -> Any:
    """The council, for someone who may keep it: 404 when unseen, 403 when only read."""
    shown = queries.council_for(request.user, council_pk, localdate())
    demand(permissions.can_keep_councils(who(request), shown.contract_id))
    return shown


def change_council(
    request: SignedInRequest, council: Any, form: forms.Form, is_done: bool, heading: str
) -> HttpResponse:
    """The form of something about a council, or back to its page once it is done."""
    if is_done:
        messages.success(request, "C'est enregistré.")
        return redirect("consultation:council", council.pk)
    context = {
        "form": form,
        "contract": council.contract,
        "council": council,
        "heading": heading,
        "has_file": form.is_multipart(),
    }
    return render(request, "consultation/form.html", context)
