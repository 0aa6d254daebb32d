"""What the accounts need from, and give to, a request."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from faubourg.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known: LoginRequiredMiddleware guards every view."""

    user: User
    htmx: HtmxDetails


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts open on invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
