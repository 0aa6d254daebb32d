"""The pages open to all: what the fund is, how to ask, where a request stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faubourg.contracts.queries import standing
from faubourg.contracts.rules import Standing
from faubourg.fph import actions, exports, permissions, queries
from faubourg.fph.forms import RequestForm, SecretForm
from faubourg.fph.rules import days_for_half
from faubourg.toolkit.asking import attempt, sent


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    today, held = localdate(), _held(request)
    context = {
        "funds": [(one, one.is_open(today)) for one in queries.funds_to_show(today)],
        "contracts": queries.contracts_to_keep(held) if held else [],
    }
    return render(request, "fph/index.html", context)


@login_not_required
@require_GET
def fund(request: HttpRequest, pk: int) -> HttpResponse:
    shown, today = queries.fund_for(pk), localdate()
    held, rules = _held(request), queries.rules_of(shown.contract_id, today)
    money = queries.money_told(shown)
    context = {
        "fund": shown,
        "rules": rules,
        "excluded": queries.excluded_by(rules),
        "ceiling": queries.ceiling_of(shown, today),
        "money": money,
        "ledger": queries.ledger_of(shown, money),
        "receipts_days": queries.receipts_days(shown.contract_id, today),
        "days": days_for_half(queries.days_to_decide(shown)),
        "may_file": permissions.can_file_request(shown, today),
        "may_keep": held and permissions.can_keep_fund(held, shown.contract_id),
        "may_read": held and permissions.can_read_requests(held, shown.contract_id),
    }
    return render(request, "fph/fund.html", context)


@sensitive_post_parameters("secret", "referent_name", "phone", "email")
@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def file_request(request: HttpRequest, pk: int) -> HttpResponse:
    shown, today = queries.fund_for(pk), localdate()
    form = RequestForm(sent(request), fund=shown)
    verdict = permissions.can_file_request(shown, today)
    filed = (
        attempt(form, lambda said: actions.file_request(shown, now=timezone.now(), **said))
        if verdict
        else None
    )
    if filed:
        messages.success(request, f"Votre demande {filed.request.number} est bien reçue.")
        return redirect("fph:follow", filed.secret)
    context = {"fund": shown, "form": form, "verdict": verdict, "ceiling": queries.ceiling_of(shown, today),
               "months": queries.contact_months(shown.contract_id, today)}  # fmt: skip
    return render(request, "fph/ask.html", context)


@login_not_required
@require_GET
def paper_form(request: HttpRequest, pk: int) -> HttpResponse:
    shown, now = queries.fund_for(pk), timezone.now()
    pdf = exports.paper_form_pdf(shown, ceiling=queries.ceiling_of(shown, localdate()), now=now)
    headers = {"Content-Disposition": f'attachment; filename="demande-fonds-habitants-{shown.year}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@sensitive_post_parameters("secret")
@login_not_required
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Type a secret number: the request it opens, or a sentence that says to read it again."""
    form = SecretForm(sent(request))
    if form.is_bound and form.is_valid():
        if queries.is_secret_known(form.cleaned_data["secret"]):
            return redirect("fph:follow", form.cleaned_data["secret"])
        form.add_error("secret", "Aucune demande n'a ce numéro. Relisez-le, ou appelez l'équipe.")
    return render(request, "fph/find.html", {"form": form})


@never_cache
@login_not_required
@require_GET
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    answer = render(request, "fph/follow.html", _followed(secret))
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_POST
def take_back(request: HttpRequest, secret: str) -> HttpResponse:
    """The secret number is the right: it was given to the resident alone."""
    actions.withdraw(queries.request_behind(secret), actor=None, now=timezone.now())
    messages.success(request, "Votre demande est retirée. Vous pouvez en faire une autre.")
    return redirect("fph:follow", secret)


def _followed(secret: str) -> dict[str, Any]:
    shown = queries.request_behind(secret)
    return {
        "shown": shown,
        "fund": shown.fund,
        "lines": queries.lines_of(shown),
        "secret": secret,
        "may_take_back": shown.may("withdraw"),
        "rules": queries.rules_of(shown.fund.contract_id, localdate()),
        "account": queries.account_of(shown),
        "may_prove": permissions.can_prove(shown),
        "coming": queries.session_before_which(shown),
        "adjourned": queries.last_adjournment(shown),
    }


def _held(request: HttpRequest) -> Standing | None:
    """What the reader is, when she has signed in; nobody needs to."""
    return standing(request.user, localdate()) if request.user.is_authenticated else None
