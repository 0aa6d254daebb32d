"""Paying, receiving what proves it, settling: the GIP's pages, and those a secret number opens."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.fph import actions, exports, permissions, queries
from faubourg.fph.forms import PaymentForm, PhotoForm, ReceiptForm, SettlementForm
from faubourg.toolkit.asking import attempt, press, sent, sent_files
from faubourg.toolkit.tables import XLSX
from faubourg.toolkit.verdict import demand


@require_http_methods(["GET", "POST"])
def pay(request: SignedInRequest, request_pk: int) -> HttpResponse:
    shown = _to_pay(request, request_pk)
    form = PaymentForm(sent(request), sent_files(request), account=queries.account_of(shown))
    return _typed(request, shown, form, actions.pay, "Enregistrer un paiement ou un achat")


@require_http_methods(["GET", "POST"])
def add_receipt(request: SignedInRequest, request_pk: int) -> HttpResponse:
    shown, form = _to_pay(request, request_pk), ReceiptForm(sent(request), sent_files(request))
    return _typed(request, shown, form, actions.add_receipt, "Ajouter un ticket ou une facture")


@require_http_methods(["GET", "POST"])
def add_photo(request: SignedInRequest, request_pk: int) -> HttpResponse:
    shown, form = _to_pay(request, request_pk), PhotoForm(sent(request), sent_files(request))
    return _typed(request, shown, form, actions.add_photo, "Ajouter une photo de l'action")


@require_http_methods(["GET", "POST"])
def settle(request: SignedInRequest, request_pk: int) -> HttpResponse:
    shown = _to_pay(request, request_pk)
    form = SettlementForm(sent(request), account=queries.account_of(shown))
    return _typed(request, shown, form, actions.settle, "Solder la demande")


@require_POST
def remove_photo(request: SignedInRequest, proof_pk: int) -> HttpResponse:
    photo, now = queries.proof_for(who(request), proof_pk), timezone.now()
    press(request, lambda: actions.remove_photo(photo, actor=request.user, now=now), "La photo est effacée.")
    return redirect("fph:request", photo.request_id)


@require_POST
def erase_contact(request: SignedInRequest, request_pk: int) -> HttpResponse:
    shown, now = queries.request_for(who(request), request_pk), timezone.now()
    done = "Le nom, le téléphone et le courriel sont effacés."
    press(request, lambda: actions.erase_contact(shown, actor=request.user, now=now), done)
    return redirect("fph:request", request_pk)


@require_GET
def proof(request: SignedInRequest, proof_pk: int) -> FileResponse:
    shown = queries.proof_for(who(request), proof_pk)
    demand(permissions.can_read_proofs(who(request), shown.request.fund.contract_id))
    return as_download(shown.document)


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def send_receipt(request: HttpRequest, secret: str) -> HttpResponse:
    form = ReceiptForm(sent(request), sent_files(request))
    return _sent(request, secret, form, actions.add_receipt, "Envoyer un ticket ou une facture")


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def send_photo(request: HttpRequest, secret: str) -> HttpResponse:
    form = PhotoForm(sent(request), sent_files(request))
    return _sent(request, secret, form, actions.add_photo, "Envoyer une photo de l'action")


@require_GET
def requests_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, held = queries.fund_for(pk), who(request)
    demand(permissions.can_read_requests(held, shown.contract_id))
    rows = queries.requests_to_export(held, shown)
    return _file(exports.requests_xlsx(shown, rows, now=timezone.now()), XLSX, f"fonds-{shown.year}.xlsx")


@require_GET
def requests_csv(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, held = queries.fund_for(pk), who(request)
    demand(permissions.can_read_requests(held, shown.contract_id))
    text = exports.requests_csv(queries.requests_to_export(held, shown))
    return _file(text.encode(), "text/csv; charset=utf-8", f"fonds-{shown.year}.csv")


# --------------------------------------------------------------------------------------------------


def _to_pay(request: SignedInRequest, request_pk: int) -> Any:
    shown = queries.request_for(who(request), request_pk)
    demand(permissions.can_pay(who(request), shown.fund.contract_id))
    return shown


def _typed(
    request: SignedInRequest, shown: Any, form: forms.Form, act: Callable[..., Any], heading: str
) -> HttpResponse:
    now = timezone.now()
    if attempt(form, lambda said: act(shown, actor=request.user, now=now, **said)):
        messages.success(request, "C'est enregistré.")
        return redirect("fph:request", shown.pk)
    context = {"form": form, "fund": shown.fund, "heading": heading, "has_file": form.is_multipart(),
               "lead": str(shown)}  # fmt: skip
    return render(request, "fph/form.html", context)


def _sent(
    request: HttpRequest, secret: str, form: forms.Form, act: Callable[..., Any], heading: str
) -> HttpResponse:
    """The secret number is the right: it was given to the resident alone."""
    shown, now = queries.request_behind(secret), timezone.now()
    if attempt(form, lambda said: act(shown, actor=None, now=now, **said)):
        messages.success(request, "C'est bien reçu. Merci !")
        return redirect("fph:follow", secret)
    context = {"form": form, "heading": heading, "has_file": True, "button": "Envoyer", "lead": str(shown)}
    answer = render(request, "fph/form.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"
    }  # fmt: skip
    return HttpResponse(content, content_type=content_type, headers=headers)
