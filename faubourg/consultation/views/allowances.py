from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.consultation import actions, permissions, queries
from faubourg.consultation.forms import ExpenseForm, ReceiptForm
from faubourg.contracts.queries import contract_for
from faubourg.contracts.requests import who
from faubourg.documents.queries import as_download
from faubourg.toolkit.asking import attempt, press, sent, sent_files
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.verdict import demand


@require_GET
def allowances(request: SignedInRequest, slug: str) -> HttpResponse:
    contract = contract_for(request.user, slug, localdate())
    demand(permissions.can_read_allowances(who(request), contract.pk))
    year = _year(request)
    rows = queries.allowances_of(contract.pk, year)
    context = {"contract": contract, "year": year, "rows": rows, "total": queries.total_of(rows)}
    return render(request, "consultation/allowances.html", context)


@require_GET
def allowance(request: SignedInRequest, council_pk: int) -> HttpResponse:
    council, year = queries.council_to_fund(who(request), council_pk), _year(request)
    context = {
        "council": council,
        "contract": council.contract,
        "year": year,
        "allowance": queries.allowances_of(council.contract_id, year, council.pk)[0],
        "expenses": queries.expenses_of(council, year),
        "may_keep": permissions.can_keep_allowance(who(request), council.contract_id),
        "may_read_receipts": permissions.can_read_receipts(who(request), council),
    }
    return render(request, "consultation/allowance.html", context)


@require_http_methods(["GET", "POST"])
def record_expense(request: SignedInRequest, council_pk: int) -> HttpResponse:
    council = queries.council_to_fund(who(request), council_pk)
    demand(permissions.can_keep_allowance(who(request), council.contract_id))
    form = ExpenseForm(sent(request), sent_files(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.record_expense(council, actor=request.user, now=now, **said))
    return _change(request, council, form, bool(done), "Noter une dépense")


@require_http_methods(["GET", "POST"])
def attach_receipt(request: SignedInRequest, expense_pk: int) -> HttpResponse:
    shown = queries.expense_for(who(request), expense_pk)
    demand(permissions.can_keep_allowance(who(request), shown.council.contract_id))
    form = ReceiptForm(sent(request), sent_files(request))
    now = timezone.now()
    done = attempt(form, lambda said: actions.attach_receipt(shown, actor=request.user, now=now, **said))
    return _change(request, shown.council, form, bool(done), f"Joindre le justificatif : {shown.label}")


@require_POST
def withdraw_expense(request: SignedInRequest, expense_pk: int) -> HttpResponse:
    shown = queries.expense_for(who(request), expense_pk)
    now = timezone.now()
    press(
        request,
        lambda: actions.withdraw_expense(shown, actor=request.user, now=now),
        "La dépense est retirée.",
    )
    return redirect("consultation:allowance", shown.council_id)


@require_GET
def receipt(request: SignedInRequest, expense_pk: int) -> FileResponse:
    shown = queries.expense_for(who(request), expense_pk)
    demand(permissions.can_read_receipts(who(request), shown.council))
    if shown.receipt is None:
        raise Http404
    return as_download(shown.receipt)


def _year(request: HttpRequest) -> int:
    asked = read_key(request.GET.get("annee"))
    return asked if asked and 2000 <= asked <= 2100 else localdate().year


def _change(
    request: SignedInRequest, council: Any, form: forms.Form, is_done: bool, heading: str
) -> HttpResponse:
    if is_done:
        messages.success(request, "C'est enregistré.")
        return redirect("consultation:allowance", council.pk)
    context = {"form": form, "council": council, "contract": council.contract, "heading": heading}
    return render(request, "consultation/expense_form.html", context)
