from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.documents.queries import upload_help
from faubourg.governance import exports, permissions, queries
from faubourg.governance.actions import records
from faubourg.governance.forms import TemplateForm
from faubourg.governance.rules import SAMPLE, readable
from faubourg.toolkit.refusal import Refusal, show_on
from faubourg.toolkit.verdict import demand
from faubourg.toolkit.word import DOCX, TemplateBroken

PDF = "application/pdf"


@require_GET
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The frozen record, to whom it was sent, and the officer's receipt."""
    shown, words = _opened(request, pk)
    receipts = list(shown.receipts.select_related("funder", "person"))
    context = {
        "record": shown, "meeting": shown.meeting, "words": words, "receipts": receipts,
        "own": [one for one in receipts if one.person_id == request.user.pk],
        "may_run": permissions.can_run(who(request), shown.meeting),
        "contracts": shown.meeting.body.contracts.all(),
    }  # fmt: skip
    return render(request, "governance/record.html", context)


@require_GET
def meeting_ics(request: SignedInRequest, pk: int) -> HttpResponse:
    """The meeting, to be kept in one's own calendar."""
    shown = queries.meeting_for(who(request), pk)
    address = f"{settings.PUBLIC_URL}{reverse('governance:meeting', args=[pk])}"
    content = exports.meeting_ics(shown, address=address, now=timezone.now())
    return _download(content, f"seance-{pk}.ics", "text/calendar; charset=utf-8")


@require_GET
def record_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, words = _opened(request, pk)
    return _download(exports.record_pdf(shown, words), f"releve-{shown.number}.pdf", PDF)


@require_GET
def record_docx(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, words = _opened(request, pk)
    try:
        return _download(exports.record_docx(shown, words), f"releve-{shown.number}.docx", DOCX)
    except TemplateBroken as problem:
        messages.error(request, str(problem))
        return redirect("governance:record", pk)


@require_POST
def acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.record_for(who(request), pk)
    records.acknowledge(shown, actor=request.user, now=timezone.now())
    messages.success(request, "Merci : votre accusé de réception est enregistré.")
    return redirect("governance:record", pk)


@require_http_methods(["GET", "POST"])
def set_template(request: SignedInRequest, contract_pk: int) -> HttpResponse:
    contract = queries.contract_for_template(who(request), contract_pk)
    demand(permissions.can_change_template(who(request), contract))
    form = TemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            upload = form.cleaned_data["template"]
            records.set_template(contract, upload, actor=request.user, now=timezone.now())
            messages.success(request, "Le modèle est bon : il sert aux prochaines séances closes.")
            return redirect("governance:set_template", contract_pk)
        except Refusal as refusal:
            show_on(form, refusal)
    context = {
        "form": form, "contract": contract, "templates": queries.templates_of(contract),
        "names": [(name, list(_inside(value))) for name, value in SAMPLE.items()], "help": upload_help(),
    }  # fmt: skip
    return render(request, "governance/set_template.html", context)


@require_GET
def first_template(request: SignedInRequest, contract_pk: int) -> HttpResponse:
    contract = queries.contract_for_template(who(request), contract_pk)
    demand(permissions.can_change_template(who(request), contract))
    return _download(exports.first_template(), "modele-de-releve.docx", DOCX)


# --------------------------------------------------------------------------------------------------


def _opened(request: SignedInRequest, pk: int) -> tuple[Any, dict[str, Any]]:
    """The record as this person may read it; an officer's first opening is noted (PRG-8)."""
    shown, standing = queries.record_for(who(request), pk), who(request)
    records.open_record(shown, reader=request.user, now=timezone.now())
    return shown, readable(shown.words, ties=standing.ties, user_id=standing.user_id)


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _inside(value: Any) -> list[str]:
    """What may be named of each thing of a list."""
    first = value[0] if isinstance(value, list) else None
    return list(first) if isinstance(first, dict) else []
