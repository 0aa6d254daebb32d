"""Who people are, and whether an invitation still opens an account."""

from datetime import date, datetime
from typing import cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.module_loading import import_string

from faubourg.accounts.models import Invitation, User
from faubourg.accounts.rules import EmailChange, HeldRole, Office
from faubourg.toolkit import folding

EMAIL_SALT = "faubourg.accounts.email"


def office(user: User, today: date) -> Office:
    """What this person holds that day, as far as the floors under the contracts may know."""
    return cast(Office, import_string(settings.OFFICE_OF)(user, today))


def held_roles(user: User, today: date) -> list[HeldRole]:
    """The roles of this person on the contracts, in words."""
    return cast("list[HeldRole]", import_string(settings.HELD_ROLES_OF)(user, today))


def people(search: str = "") -> QuerySet[User]:
    """Everyone, by name, with what an administrator needs to see of each account."""
    totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    found = User.objects.annotate(has_second_factor=Exists(totp)).order_by("full_name", "pk")
    return folding.search(found, ("full_name", "email"), search)


def person(pk: int) -> User:
    return get_object_or_404(people(), pk=pk)


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def has_second_factor(user: User) -> bool:
    """Has set up an application that gives codes (TOTP)."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def invitation(token: str) -> Invitation:
    """The invitation behind a link, used or not; 404 when there is none."""
    return get_object_or_404(Invitation.objects.select_related("user"), token=token)


def invitation_link(invitation: Invitation) -> str:
    """The whole address that opens the account."""
    return f"{settings.PUBLIC_URL}{reverse('accounts:invitation', args=[invitation.token])}"


def signed_email_change(change: EmailChange) -> str:
    """The text of the link: nobody but us can write one."""
    return signing.dumps([change.user_id, change.old, change.new, change.until.isoformat()], salt=EMAIL_SALT)


def email_change(signed: str, now: datetime) -> tuple[User, EmailChange] | None:
    """What a link asks for, or None: false, too old, or the address has changed since."""
    try:
        user_id, old, new, until = signing.loads(signed, salt=EMAIL_SALT)
    except signing.BadSignature:
        return None
    change = EmailChange(user_id, old, new, datetime.fromisoformat(until))
    user = User.objects.filter(pk=user_id, email=old, is_active=True).first()
    return (user, change) if user is not None and now < change.until else None


def opens_an_account(invitation: Invitation, now: datetime) -> bool:
    """Neither used, nor replaced, nor expired; and nobody has entered this account by another door since."""
    user = invitation.user
    return (
        invitation.accepted_at is None
        and now < invitation.expires_at
        and user.is_active
        and user.last_login is None
        and not user.has_usable_password()
    )


def lock(user: User) -> None:
    """What one person does twice at once is done one after the other, inside the caller's transaction."""
    User.objects.select_for_update().get(pk=user.pk)
