"""Sign-in forms: those of allauth, in our words (ACCOUNT_FORMS, MFA_FORMS)."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp

EMAIL = ("Adresse de courriel", "")
PASSWORD = ("Mot de passe", "")
NEW_PASSWORD = (
    "Nouveau mot de passe",
    "Douze caractères au moins. Une suite de mots fait un bon mot de passe.",
)
AGAIN = ("Le même, une seconde fois", "")
APPLICATION_CODE = ("Code", "Les six chiffres que montre votre application, ou un code de secours.")


class PlainWords:
    """Label and help of each field; a placeholder vanishes when one types, so there is none."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label, field.help_text = self.words.get(name, (field.label, ""))
            field.widget.attrs.pop("placeholder", None)


class LoginForm(PlainWords, account.LoginForm):  # type: ignore[misc]
    words = {"login": EMAIL, "password": PASSWORD}


class RequestLoginCodeForm(PlainWords, account.RequestLoginCodeForm):  # type: ignore[misc]
    words = {"email": EMAIL}


class ConfirmLoginCodeForm(PlainWords, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    words = {"code": ("Code reçu par courriel", "")}


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": EMAIL}


class ResetPasswordKeyForm(PlainWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": ("Mot de passe actuel", ""),
        "password1": NEW_PASSWORD,
        "password2": AGAIN,
    }


class SetPasswordForm(PlainWords, account.SetPasswordForm):  # type: ignore[misc]
    words = {"password1": NEW_PASSWORD, "password2": AGAIN}


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": PASSWORD}


class AuthenticateForm(PlainWords, second_factor.AuthenticateForm):  # type: ignore[misc]
    words = {"code": APPLICATION_CODE}


class ReauthenticateBySecondFactorForm(PlainWords, second_factor.ReauthenticateForm):  # type: ignore[misc]
    words = {"code": APPLICATION_CODE}


class ActivateTotpForm(PlainWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": ("Code", "Les six chiffres que montre maintenant votre application.")}
