"""The requests received, for the committee and for the GIP; a paper one is typed here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.accounts.requests import SignedInRequest
from faubourg.contracts.requests import who
from faubourg.fph import actions, permissions, queries
from faubourg.fph.forms import PaperRequestForm
from faubourg.toolkit.asking import attempt, press, sent
from faubourg.toolkit.verdict import demand


@require_GET
def requests(request: SignedInRequest, pk: int) -> HttpResponse:
    shown, held = queries.fund_for(pk), who(request)
    demand(permissions.can_read_requests(held, shown.contract_id))
    only_late = request.GET.get("justificatifs") == "retard"
    listed = queries.requests_of(held, shown, late_on=localdate() if only_late else None)
    context = {
        "fund": shown,
        "only_late": only_late,
        "page": Paginator(listed, 50).get_page(request.GET.get("page")),
        "money": queries.money_of(shown),
        "may_keep": permissions.can_keep_fund(held, shown.contract_id),
    }
    return render(request, "fph/requests.html", context)


@require_GET
def request(request: SignedInRequest, request_pk: int) -> HttpResponse:
    held = who(request)
    shown = queries.request_for(held, request_pk)
    contract_id = shown.fund.contract_id
    may_keep = permissions.can_keep_fund(held, contract_id)
    context = {
        "shown": shown,
        "fund": shown.fund,
        "lines": queries.lines_of(shown),
        "contact": queries.contact_of(shown) if permissions.can_read_contacts(held, contract_id) else None,
        "split": queries.split_requests(shown),
        "coming": queries.session_before_which(shown),
        "decided_at": queries.session_that_decided(shown),
        "account": queries.account_of(shown),
        "may_read_proofs": permissions.can_read_proofs(held, contract_id),
        "may_pay": permissions.can_pay(held, contract_id),
        "may_prove": permissions.can_prove(shown),
        "is_payable": shown.may("pay"),
        "is_settleable": shown.may("settle"),
        "may_keep": may_keep,
        "may_withdraw": may_keep and shown.may("withdraw"),
    }
    return render(request, "fph/request.html", context)


@sensitive_post_parameters("referent_name", "phone", "email")
@require_http_methods(["GET", "POST"])
def type_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = queries.fund_for(pk)
    demand(permissions.can_keep_fund(who(request), shown.contract_id))
    form = PaperRequestForm(sent(request), fund=shown)
    now = timezone.now()
    filed = attempt(form, lambda said: actions.type_paper(shown, actor=request.user, now=now, **said))
    if filed:
        said = f"La demande {filed.request.number} est saisie. Numéro secret à donner : {filed.secret}."
        messages.success(request, said)
        return redirect("fph:request", filed.request.pk)
    context = {"fund": shown, "form": form, "is_paper": True, "verdict": True,
               "ceiling": queries.ceiling_of(shown, localdate()),
               "months": queries.contact_months(shown.contract_id, localdate())}  # fmt: skip
    return render(request, "fph/ask.html", context)


@require_POST
def withdraw(request: SignedInRequest, request_pk: int) -> HttpResponse:
    shown = queries.request_for(who(request), request_pk)
    now = timezone.now()
    press(request, lambda: actions.withdraw(shown, actor=request.user, now=now), "La demande est retirée.")
    return redirect("fph:request", request_pk)
