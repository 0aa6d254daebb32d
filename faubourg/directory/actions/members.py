"""Who acts for an organisation. A role that has ended is kept, with its dates."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from faubourg.accounts.actions import invite
from faubourg.accounts.models import User
from faubourg.accounts.queries import office
from faubourg.directory.actions.letters import announce, tell_administrators, tell_who_left
from faubourg.directory.models import Membership, Organisation
from faubourg.directory.permissions import can_change_roles, can_end_membership, can_invite_member
from faubourg.directory.queries import current, lock, lone_administrators
from faubourg.directory.states import MembershipRole
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand

NO_ROLE = "Choisissez au moins un rôle."
NOT_ONESELF = (
    "On ne se donne pas un rôle à soi-même dans la structure d'autrui : demandez à son administrateur."
)
LAST_ADMINISTRATOR = (
    "C'est le dernier administrateur de la structure : nommez-en d'abord un autre, sinon plus personne ne "
    "pourrait inviter."
)


@transaction.atomic
def invite_member(
    organisation: Organisation,
    *,
    actor: User,
    email: str,
    full_name: str,
    roles: Iterable[str],
    now: datetime,
) -> User:
    """Give roles in the organisation to the person at this address, invited when she has no account yet."""
    lock(organisation)
    demand(can_invite_member(office(actor, localdate(now)), organisation))
    return give_roles(organisation, email=email, full_name=full_name, roles=roles, actor=actor, now=now)


@transaction.atomic
def change_roles(
    organisation: Organisation, user: User, *, actor: User, roles: Iterable[str], now: datetime
) -> None:
    """Exactly these roles from now on; the organisation keeps at least one administrator."""
    lock(organisation)
    today = localdate(now)
    held_by_actor = office(actor, today)
    demand(can_change_roles(held_by_actor, organisation))
    wanted = _known(roles)
    held = set(_in_force(organisation, user, today).values_list("role", flat=True))
    if (
        wanted - held
        and actor == user
        and not held_by_actor.acts_for(organisation.pk, MembershipRole.ADMINISTRATOR)
    ):
        raise Refusal({"roles": [NOT_ONESELF]})
    if MembershipRole.ADMINISTRATOR in held - wanted and lone_administrators(organisation, user.pk, today):
        raise Refusal({"roles": [LAST_ADMINISTRATOR]})
    for role in sorted(wanted - held):
        _open(organisation, user, role, today)
    _close(_in_force(organisation, user, today).filter(role__in=held - wanted), today)
    if wanted != held:
        write(
            actor,
            "directory.change_roles",
            organisation,
            changes={"personne": user.full_name, "rôles": [_labels(held), _labels(wanted)]},
        )
        did = f"a changé les rôles de {user.full_name} : {_labels(wanted)}"
        tell_administrators(organisation, user, did, actor=actor, now=now)


@transaction.atomic
def end_membership(organisation: Organisation, user: User, *, actor: User, now: datetime) -> None:
    """From this minute the person no longer acts for the organisation; the rows stay, with their last day."""
    lock(organisation)
    today = localdate(now)
    demand(can_end_membership(office(actor, today), organisation, user.pk))
    rows = _in_force(organisation, user, today)
    held = set(rows.values_list("role", flat=True))
    if not held:
        raise Refusal("Cette personne n'est déjà plus membre de la structure.")
    if MembershipRole.ADMINISTRATOR in held and lone_administrators(organisation, user.pk, today):
        raise Refusal(LAST_ADMINISTRATOR)
    _close(rows, today)
    write(
        actor,
        "directory.end_membership",
        organisation,
        changes={"personne": user.full_name, "rôles": [_labels(held), ""]},
    )
    tell_who_left(user, organisation, actor=actor, now=now)
    tell_administrators(organisation, user, f"a retiré {user.full_name}", actor=actor, now=now)


def give_roles(
    organisation: Organisation,
    *,
    email: str,
    full_name: str,
    roles: Iterable[str],
    actor: User,
    now: datetime,
) -> User:
    """The part of invite_member that create_organisation shares: the right has been demanded already."""
    today = localdate(now)
    wanted = _known(roles)
    if email.strip().lower() == actor.email and not office(actor, today).acts_for(
        organisation.pk, MembershipRole.ADMINISTRATOR
    ):
        raise Refusal({"email": [NOT_ONESELF]})
    user, invitation = invite(email, full_name, actor=actor, now=now)
    for role in sorted(wanted):
        _open(organisation, user, role, today)
    write(
        actor,
        "directory.invite_member",
        organisation,
        changes={"personne": user.full_name, "courriel": user.email, "rôles": _labels(wanted)},
    )
    announce(user, invitation, place=organisation.name, roles=_labels(wanted), actor=actor, now=now)
    did = f"a invité {user.full_name} : {_labels(wanted)}"
    tell_administrators(organisation, user, did, actor=actor, now=now)
    return user


# --------------------------------------------------------------------------------------------------


def _known(roles: Iterable[str]) -> set[str]:
    wanted = set(roles) & set(MembershipRole.values)
    if not wanted:
        raise Refusal({"roles": [NO_ROLE]})
    return wanted


def _labels(roles: Iterable[str]) -> str:
    return ", ".join(str(MembershipRole(role).label) for role in MembershipRole.values if role in roles)


def _in_force(organisation: Organisation, user: User, today: date) -> QuerySet[Membership]:
    return Membership.objects.filter(current(today), organisation=organisation, user=user)


def _open(organisation: Organisation, user: User, role: str, today: date) -> None:
    """A role held once is reopened, not doubled: the journal keeps its earlier dates."""
    row, is_new = Membership.objects.get_or_create(
        organisation=organisation, user=user, role=role, defaults={"from_on": today}
    )
    if not is_new and not row.is_current(today):
        row.from_on, row.to_on = today, None
        row.save(update_fields=["from_on", "to_on"])
    elif row.to_on is not None:
        row.to_on = None
        row.save(update_fields=["to_on"])


def _close(rows: QuerySet[Membership], today: date) -> None:
    yesterday = today - timedelta(days=1)
    for row in rows:
        row.to_on = yesterday
        row.from_on = min(row.from_on, yesterday) if row.from_on else None
        row.save(update_fields=["from_on", "to_on"])
