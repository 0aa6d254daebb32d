"""The letters that go with an invitation or a new role."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import invitation_link, signed_email_change
from faubourg.accounts.rules import (
    EmailChange,
    email_changed_letter,
    email_link_letter,
    invitation_letter,
    new_role_letter,
    second_factor_letter,
)
from faubourg.directory.models import BankDetails, Membership, Organisation, OrganisationPaper
from faubourg.directory.queries import bank_keepers, current, keepers
from faubourg.directory.rules import bank_letter, expiry_letter, handed_over_letter, left_letter
from faubourg.directory.states import MembershipRole
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


def tell_who_left(user: User, organisation: Organisation, *, actor: User, now: datetime) -> None:
    """Nobody loses a role without knowing by whom and what becomes of what she wrote."""
    if user == actor:
        return
    subject, body = left_letter(
        full_name=user.full_name, organisation=organisation.name, ended_by=actor.full_name
    )
    _send(user, f"directory.left:{organisation.pk}:{user.pk}:{now.timestamp():.6f}", subject, body, now)


def tell_administrators(
    organisation: Organisation, about: User, did: str, *, actor: User, now: datetime
) -> None:
    """When somebody from outside, the GIP as a last resort, changes who acts: administrators know it."""
    today = localdate(now)
    if (
        Membership.objects.filter(current(today), organisation=organisation, user=actor).exists()
        or actor == about
    ):
        return
    link = f"{settings.PUBLIC_URL}{reverse('directory:show', args=[organisation.pk])}"
    subject, body = handed_over_letter(
        organisation=organisation.name, changed_by=actor.full_name, did=did, link=link
    )
    role = MembershipRole.ADMINISTRATOR
    held = Membership.objects.filter(current(today), organisation=organisation, role=role).values("user")
    for user in User.objects.filter(pk__in=held, is_active=True).exclude(pk__in=(actor.pk, about.pk)):
        key = f"directory.members_changed:{organisation.pk}:{user.pk}:{about.pk}:{now.timestamp():.6f}"
        _send(user, key, subject, body, now)


def send_email_link(user: User, change: EmailChange, *, now: datetime) -> None:
    """To the new address: whoever reads it there proves that it is hers."""
    link = f"{settings.PUBLIC_URL}{reverse('accounts:confirm_email', args=[signed_email_change(change)])}"
    subject, body = email_link_letter(full_name=user.full_name, link=link)
    send(
        key=f"accounts.email_link:{user.pk}:{now.timestamp():.6f}",
        recipient=change.new,
        recipient_name=user.full_name,
        subject=subject,
        body=body,
        now=now,
    )


def tell_email_changed(user: User, former: str, *, now: datetime) -> None:
    """To the former address, which may have been stolen from its owner."""
    subject, body = email_changed_letter(full_name=user.full_name, new=user.email)
    send(
        key=f"accounts.email_changed:{user.pk}:{now.timestamp():.6f}",
        recipient=former,
        recipient_name=user.full_name,
        subject=subject,
        body=body,
        now=now,
    )


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
