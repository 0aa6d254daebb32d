"""The letters that go with an invitation or a new role."""

from datetime import datetime

from django.conf import settings

from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import invitation_link
from faubourg.accounts.rules import invitation_letter, new_role_letter
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
    send(
        key=key,
        recipient=user.email,
        recipient_name=user.full_name,
        subject=subject,
        body=body,
        now=now,
        contract_id=contract_id,
    )
