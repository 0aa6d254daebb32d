"""What pages need to know of contracts, and what a person holds."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from faubourg.accounts.models import User
from faubourg.accounts.rules import HeldRole, Office
from faubourg.contracts.models import Contract, Parameter, TeamMember
from faubourg.contracts.rules import Seat, Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.directory.models import Interest, Membership


def standing(user: User, today: date) -> Standing:
    """Everything `user` is on that day: one query, once per request (kept on the user object)."""
    kept: tuple[date, Standing] | None = getattr(user, "_standing", None)
    if kept is None or kept[0] != today:
        kept = (today, _read_standing(user, today))
        user._standing = kept  # type: ignore[attr-defined]
    return kept[1]


def _read_standing(user: User, today: date) -> Standing:
    memberships: dict[int, frozenset[str]] = defaultdict(frozenset)
    seats, interests, sees_demonstration = [], set(), False
    for source, first, role, organisation_id, flag in _what_is_held(user, today):
        if source == "membership":
            memberships[first] |= {role}
        elif source == "interest":
            interests.add(first)
        elif source == "demonstration":
            sees_demonstration = True
        else:
            seats.append(Seat(first, role, organisation_id, requires_second_factor=bool(flag)))
    return Standing(
        user_id=user.pk,
        is_technical_admin=user.is_technical_admin,
        memberships=dict(memberships),
        seats=tuple(seats),
        interests=frozenset(interests),
        sees_demonstration=sees_demonstration,
    )


def _what_is_held(user: User, today: date) -> QuerySet[Any, tuple[str, int, str, int | None, int]]:
    """(source, organisation or contract, role, organisation of a seat, 1 when a second factor is asked)."""
    current = (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (
        Q(to_on__isnull=True) | Q(to_on__gte=today)
    )
    nothing, no, yes = Value(None, BigIntegerField()), Value(0), Value(1)
    seats = TeamMember.objects.filter(current, user=user).values_list(
        Value("seat"),
        "contract",
        "role",
        "organisation",
        Case(When(contract__requires_second_factor=True, then=yes), default=no),
    )
    memberships = Membership.objects.filter(current, user=user).values_list(
        Value("membership"), "organisation", "role", nothing, no
    )
    interests = Interest.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=today), user=user
    ).values_list(Value("interest"), "organisation", Value(""), nothing, no)
    demonstrations = Contract.objects.filter(is_demonstration=True).values_list(
        Value("demonstration"), "pk", Value(""), nothing, no
    )
    return seats.union(memberships, interests, demonstrations, all=True)  # type: ignore[return-value]


def office(user: User, today: date) -> Office:
    """The same, as the floors below may know it (setting OFFICE_OF). Asks nothing more of the database."""
    held = standing(user, today)
    return Office(
        user_id=held.user_id,
        is_technical_admin=held.is_technical_admin,
        memberships=held.memberships,
        directs=held.contracts(Role.GIP_DIRECTOR),
        leads=held.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER),
        pays=held.contracts(Role.GIP_DIRECTOR, Role.GIP_FINANCE),
        gip=held.contracts(*GIP_ROLES),
    )


def held_roles(user: User, today: date) -> list[HeldRole]:
    """The seats of this person, in words (setting HELD_ROLES_OF)."""
    seats = TeamMember.objects.filter(user=user).select_related("contract", "organisation")
    return [
        HeldRole(
            label=seat.get_role_display(),
            place=seat.contract.name,
            on_behalf_of=str(seat.organisation or ""),
            from_on=seat.from_on,
            to_on=seat.to_on,
            is_current=seat.is_current(today),
        )
        for seat in seats.order_by("contract__name", "role")
    ]


def contracts_for(user: User, today: date) -> QuerySet[Contract]:
    """The contracts a person may read: those of their seats; every contract for people who apply or administer."""
    held = standing(user, today)
    if held.is_technical_admin or held.memberships:
        return Contract.objects.all()
    return Contract.objects.filter(pk__in=held.contracts())


def contract_for(user: User, slug: str, today: date) -> Contract:
    """The contract, or 404 when this person may not read it."""
    return get_object_or_404(contracts_for(user, today).select_related("epci", "gip"), slug=slug)


def parameter(contract_id: int, code: str, today: date) -> Parameter | None:
    """The value in force that day, or None when the contract gives none."""
    in_force = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    return Parameter.objects.filter(in_force, contract=contract_id, code=code).order_by("-from_on").first()
