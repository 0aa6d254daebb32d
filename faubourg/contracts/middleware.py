"""A second factor where a contract asks for one (B8.9)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from faubourg.accounts.queries import has_second_factor
from faubourg.contracts.queries import standing
from faubourg.contracts.states import SECOND_FACTOR_ROLES

ALWAYS_OPEN = ("account_logout", "account_reauthenticate", "account_set_password", "account_change_password")


class SecondFactorMiddleware:
    """GIP and funders of a contract that asks for it set up a second factor before anything else.

    Costs nothing to others: the standing, which every page reads anyway, says whether a seat asks for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        if name.startswith("mfa_") or name in ALWAYS_OPEN:
            return None
        seats = standing(request.user, localdate()).seats
        if not any(seat.requires_second_factor and seat.role in SECOND_FACTOR_ROLES for seat in seats):
            return None
        if has_second_factor(request.user):
            return None
        messages.warning(
            request,
            "Votre contrat demande un second facteur au GIP et aux financeurs : activez-le, puis continuez.",
        )
        return redirect("mfa_activate_totp")
