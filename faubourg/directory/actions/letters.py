"""The letters that go with an invitation or a new role."""

from datetime import datetime

from django.conf import settings

from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import invitation_link
from faubourg.accounts.rules import invitation_letter, new_role_letter, second_factor_letter
from faubourg.messaging.actions import send


def announce(
    user: User,
    invitation: Invitation | None,
    *,
    place: str,
    roles: str,
    actor: User,
    now: datetime,
    contract_id: int | None = None,
) -> None:
    """Tell someone about her new role: with the link that opens her account, or plainly when it is open."""
    if user == actor:
        return
    words = {"full_name": user.full_name, "place": place, "roles": roles, "invited_by": actor.full_name}
    if invitation is not None:
        subject, body = invitation_letter(**words, link=invitation_link(invitation))
        key = f"accounts.invite:{invitation.pk}"
    else:
        subject, body = new_role_letter(**words, link=f"{settings.PUBLIC_URL}/")
        key = f"directory.new_role:{user.pk}:{now.timestamp():.6f}"
    _send(user, key, subject, body, now, contract_id)


def tell_second_factor_removed(user: User, *, actor: User, now: datetime) -> None:
    """Nobody's second factor goes without their knowing."""
    subject, body = second_factor_letter(full_name=user.full_name, removed_by=actor.full_name)
    _send(user, f"accounts.second_factor:{user.pk}:{now.timestamp():.6f}", subject, body, now)


def _send(
    user: User, key: str, subject: str, body: str, now: datetime, contract_id: int | None = None
) -> None:
    send(
        key=key,
        recipient=user.email,
        recipient_name=user.full_name,
        subject=subject,
        body=body,
        now=now,
        contract_id=contract_id,
    )
