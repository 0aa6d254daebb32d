"""The letters that go with an invitation or a new role."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import invitation_link
from faubourg.accounts.rules import invitation_letter, new_role_letter, second_factor_letter
from faubourg.directory.models import BankDetails, OrganisationPaper
from faubourg.directory.queries import bank_keepers, keepers
from faubourg.directory.rules import bank_letter, expiry_letter
from faubourg.messaging.actions import send
from faubourg.toolkit.days import format_day


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


def tell_bank_keepers(details: BankDetails, verb: str, *, now: datetime) -> None:
    """Administrators and signatories learn of every change of account, whoever made it: fraud is seen there.

    So do the person who typed it and the one who decided, even when they have left since.
    """
    told = {user.pk: user for user in bank_keepers(details.organisation, localdate(now))}
    told |= {user.pk: user for user in (details.recorded_by, details.decided_by) if user is not None}
    decided_by = details.decided_by.full_name if details.decided_by else ""
    subject, body = bank_letter(
        verb,
        organisation=details.organisation.name,
        masked=details.masked,
        recorded_by=details.recorded_by.full_name,
        decided_by=decided_by,
        reason=details.reason,
        link=f"{settings.PUBLIC_URL}{reverse('directory:show', args=[details.organisation_id])}#rib",
    )
    for user in told.values():
        _send(user, f"directory.{verb}_bank_details:{details.pk}:{user.pk}", subject, body, now)


def tell_of_expiry(paper: OrganisationPaper, days: int, *, now: datetime) -> None:
    """To those who keep the page of the organisation, before one of its papers expires (ASS-1)."""
    organisation = paper.organisation
    page = reverse("directory:show", args=[organisation.pk])
    subject, body = expiry_letter(
        organisation=organisation.name,
        paper=str(paper),
        valid_until=format_day(paper.valid_until),
        link=f"{settings.PUBLIC_URL}{page}#pieces",
    )
    contract_id = min(organisation.contract_ids, default=None)
    for user in keepers(organisation, localdate(now)):
        key = f"directory.paper_expires:{paper.pk}:{days}:{user.pk}"
        _send(user, key, subject, body, now, contract_id)


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
