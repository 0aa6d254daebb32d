"""What the accounts need from, and give to, a request."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from faubourg.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
log = logging.getLogger(__name__)


class SignedInRequest(HttpRequest):
    """A request whose user is known: LoginRequiredMiddleware guards every view."""

    user: User
    htmx: HtmxDetails


AWAITED = ("account/email/login_code", "account/email/password_reset_key", "account/email/unknown_account")
"""The letters their reader waits for before going on; the others only say what has just been done."""


class InvitationOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts open on invitation only; what is refused says how to mend it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, "
        "ou demandez un code par courriel.",
        "enter_current_password": "Ce n'est pas votre mot de passe actuel.",
        "incorrect_code": "Ce code n'est pas le bon. Recopiez le dernier reçu, sans espace.",
        "incorrect_password": "Ce n'est pas votre mot de passe.",
        "too_many_login_attempts": "Trop d'essais en peu de temps. Attendez quelques minutes.",
        "rate_limited": "Trop de demandes en peu de temps. Attendez une minute, puis recommencez.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer is told to the person, not shown as a broken page."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as problem:
            log.error("the letter %s did not leave: %s", template_prefix, problem)
            request = context.get("request") or getattr(self, "request", None)
            if request is not None and template_prefix in AWAITED:
                messages.error(
                    request,
                    "Le courriel n'a pas pu partir : le serveur de courriel ne répond pas. Réessayez dans "
                    "quelques minutes ou connectez-vous avec votre mot de passe.",
                )


def open_session(request: HttpRequest, user: User) -> None:
    """Log in someone who has just proved who she is."""
    login(request, user, backend=BACKEND)
