"""Accounts, with the journal that `accounts` cannot reach: open, name, close, reopen, invite again."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts import actions as accounts
from faubourg.accounts.models import Invitation, User
from faubourg.accounts.queries import office
from faubourg.directory.actions.letters import (
    announce,
    send_email_link,
    tell_email_changed,
    tell_second_factor_removed,
)
from faubourg.directory.permissions import (
    can_ask_email_change,
    can_deactivate,
    can_manage_people,
    can_reactivate,
    can_remove_second_factor,
)
from faubourg.journal.actions import write
from faubourg.messaging.actions import choose_pace, release
from faubourg.messaging.models import Message
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@transaction.atomic
def accept_invitation(invitation: Invitation, *, password: str, now: datetime) -> User:
    """Whoever holds the link opens the account; it serves once."""
    user = accounts.accept(invitation, password, now=now)
    write(user, "accounts.accept_invitation", user)
    return user


@transaction.atomic
def edit_identity(user: User, *, full_name: str, phone: str, actor: User, now: datetime) -> None:
    """One's own name and telephone."""
    before = snapshot(user, ("full_name", "phone"))
    accounts.set_identity(user, full_name=full_name, phone=phone)
    changes = differences(before, snapshot(user, ("full_name", "phone")))
    if changes:
        write(actor, "accounts.edit_identity", user, changes=changes)


@transaction.atomic
def choose_mail_pace(user: User, *, pace: str, actor: User) -> None:
    """One's own choice, for what is neither official nor of security."""
    former = choose_pace(user, pace)
    if former != pace:
        write(actor, "accounts.choose_mail_pace", user, changes={"pace": [former, pace]})


@transaction.atomic
def ask_email_change(user: User, *, email: str, actor: User, now: datetime) -> None:
    """A link leaves to the new address; nothing changes until somebody opens it there."""
    demand(can_ask_email_change(office(actor, localdate(now)), user.pk))
    change = accounts.ask_email(user, email, now=now)
    write(actor, "accounts.ask_email_change", user, changes={"courriel": [change.old, change.new]})
    send_email_link(user, change, now=now)


@transaction.atomic
def confirm_email(signed: str, *, now: datetime) -> User:
    """Whoever reads the new address has opened the link: roles, dossiers and journal stay with the person."""
    user, former = accounts.change_email(signed, now=now)
    write(user, "accounts.confirm_email", user, changes={"courriel": [former, user.email]})
    tell_email_changed(user, former, now=now)
    return user


@transaction.atomic
def deactivate(user: User, *, actor: User, now: datetime) -> None:
    """Close an account: its owner is out with her next click. What she wrote stays."""
    demand(can_deactivate(office(actor, localdate(now)), user.pk))
    if user.is_active:
        accounts.set_active(user, False)
        write(actor, "accounts.deactivate", user)


@transaction.atomic
def reactivate(user: User, *, actor: User, now: datetime) -> None:
    """Open the account again, with the roles it still holds."""
    demand(can_reactivate(office(actor, localdate(now)), user.pk))
    if not user.is_active:
        accounts.set_active(user, True)
        write(actor, "accounts.reactivate", user)


@transaction.atomic
def remove_second_factor(user: User, *, actor: User, now: datetime) -> None:
    """Their telephone and recovery codes are lost: let them in again with a password or a code by letter."""
    demand(can_remove_second_factor(office(actor, localdate(now)), user.pk))
    if not accounts.remove_second_factor(user):
        raise Refusal("Ce compte n'a pas de second facteur.")
    write(actor, "accounts.remove_second_factor", user)
    tell_second_factor_removed(user, actor=actor, now=now)


@transaction.atomic
def send_invitation_again(user: User, *, actor: User, now: datetime) -> None:
    """A new link; the former one no longer opens anything."""
    demand(can_manage_people(office(actor, localdate(now))))
    _, invitation = accounts.invite(user.email, user.full_name, actor=actor, now=now)
    if invitation is None:
        raise Refusal("Cette personne s'est déjà connectée : elle n'a plus besoin d'invitation.")
    write(actor, "accounts.send_invitation_again", user)
    announce(user, invitation, place="l'équipe", roles="celui qu'on vous a donné", actor=actor, now=now)


@transaction.atomic
def resend_letter(letter: Message, *, actor: User, now: datetime) -> None:
    """A letter of no contract that did not leave: send it again once the server or the address is mended."""
    demand(can_manage_people(office(actor, localdate(now))))
    release(letter, actor=actor, now=now)
