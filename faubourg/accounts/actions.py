"""What can be done to an account. Callers sit above: they demand their own right and write the journal."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import email_change, opens_an_account, person_by_email
from faubourg.accounts.rules import EMAIL_LINK_LASTS, INVITATION_LASTS, EmailChange
from faubourg.toolkit.refusal import Refusal, refuse_if

CLOSED = (
    "Ce lien n'ouvre plus de compte : il a déjà servi, il a été remplacé ou il a plus de quatorze jours. "
    "Connectez-vous avec un code par courriel, ou demandez une nouvelle invitation."
)

EMAIL_CLOSED = "Ce lien ne sert plus : il a déjà servi ou il a plus d'un jour. Demandez-en un autre."


@transaction.atomic
def invite(email: str, full_name: str, *, actor: User, now: datetime) -> tuple[User, Invitation | None]:
    """The account behind this address, made if new, with an invitation as long as nobody has used it."""
    user = person_by_email(email) or _prepare(email, full_name)
    if not user.is_active:
        raise Refusal(
            {
                "email": [
                    "Ce compte est désactivé : demandez à l'administrateur technique de le rouvrir d'abord."
                ]
            }
        )
    if user.last_login is not None or user.has_usable_password():
        return user, None
    Invitation.objects.filter(user=user, accepted_at=None, expires_at__gt=now).update(expires_at=now)
    return user, Invitation.objects.create(
        email=user.email,
        user=user,
        token=secrets.token_urlsafe(32),
        invited_by=actor,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )


@transaction.atomic
def accept(invitation: Invitation, password: str, *, now: datetime) -> User:
    """Open the account with the password its owner has chosen; the link has served."""
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
    invitation.user = user
    if not opens_an_account(invitation, now):
        raise Refusal(CLOSED)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise Refusal({"password": problem.messages}) from None
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return user


@transaction.atomic
def open_first_account(email: str, full_name: str, *, now: datetime) -> Invitation:
    """The technical administrator of an empty installation, with the invitation that opens the account."""
    if User.objects.exists():
        raise Refusal("Des comptes existent déjà : demandez une invitation à l'administrateur technique.")
    user = _prepare(email, full_name)
    user.is_technical_admin = True
    user.save(update_fields=["is_technical_admin"])
    return Invitation.objects.create(
        email=user.email,
        user=user,
        token=secrets.token_urlsafe(32),
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )


def set_identity(user: User, *, full_name: str, phone: str) -> None:
    """Change what others see of this person."""
    if not full_name.strip():
        raise Refusal({"full_name": ["Écrivez votre prénom et votre nom."]})
    user.full_name, user.phone = full_name.strip(), phone.strip()
    user.save(update_fields=["full_name", "phone"])


def ask_email(user: User, email: str, *, now: datetime) -> EmailChange:
    """The change to prove, when the address is one and nobody's."""
    email = email.strip().lower()
    errors: dict[str, list[str]] = {"email": []}
    try:
        validate_email(email)
    except ValidationError:
        errors["email"].append("Cette adresse n'est pas une adresse de courriel : nom@exemple.fr.")
    if email == user.email:
        errors["email"].append("C'est déjà l'adresse de ce compte.")
    elif person_by_email(email) is not None:
        errors["email"].append("Un autre compte a déjà cette adresse : connectez-vous avec elle.")
    refuse_if(errors)
    return EmailChange(user.pk, user.email, email, now + EMAIL_LINK_LASTS)


@transaction.atomic
def change_email(signed: str, *, now: datetime) -> tuple[User, str]:
    """The address proved becomes the account's; (the person, the former address). The link has served."""
    found = email_change(signed, now)
    if found is None:
        raise Refusal(EMAIL_CLOSED)
    user, change = found
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    if user.email != change.old or person_by_email(change.new) is not None:
        raise Refusal(EMAIL_CLOSED)
    user.email = change.new
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user).delete()  # allauth's own copy, when it has made one
    return user, change.old


def set_active(user: User, active: bool) -> None:
    """Close an account (its sessions end with the next page) or open it again. Nothing it wrote is lost."""
    user.is_active = active
    user.save(update_fields=["is_active"])


def remove_second_factor(user: User) -> bool:
    """Forget the application and the recovery codes of an account; False when there was nothing to forget."""
    return bool(Authenticator.objects.filter(user=user).delete()[0])


# --------------------------------------------------------------------------------------------------


def _prepare(email: str, full_name: str) -> User:
    errors: dict[str, list[str]] = {"email": [], "full_name": []}
    try:
        validate_email(email.strip())
    except ValidationError:
        errors["email"].append("Cette adresse n'est pas une adresse de courriel : nom@exemple.fr.")
    if not full_name.strip():
        errors["full_name"].append(
            "Écrivez le prénom et le nom de la personne : elle n'a pas encore de compte."
        )
    refuse_if(errors)
    try:
        with transaction.atomic():
            return User.objects.create_user(email, full_name=full_name.strip())
    except IntegrityError:  # somebody has just invited the same address
        return User.objects.get(email__iexact=email.strip())
