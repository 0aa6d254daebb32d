"""Who a body waits for and who is there: funders, citizen councils, members it names (GOV-1, CIT-2)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from faubourg.contracts.models import TeamMember
from faubourg.contracts.states import FUNDER_ROLES, Role
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.governance.models import Attendance, Body, Meeting, Quorum
from faubourg.governance.rules import College
from faubourg.governance.states import Presence


def quorum_in_force(body: Body, day: date) -> Quorum | None:
    """The last one that has begun; None: nobody has said it."""
    return body.quorums.filter(from_on__lte=day).order_by("-from_on").first()


def quorums_of(body: Body) -> list[Quorum]:
    return list(body.quorums.select_related("set_by"))


def colleges_of(meeting: Meeting, attendances: Iterable[Attendance]) -> list[College]:
    """Funders, citizen councils, other organisations named by the body: three queries."""
    day = localdate(meeting.starts_at)
    current = (Q(from_on__isnull=True) | Q(from_on__lte=day)) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    contracts = [contract.pk for contract in meeting.body.contracts.all()]
    seats = list(
        TeamMember.objects.filter(
            current, contract__in=contracts, organisation__isnull=False, user__is_active=True
        ).select_related("organisation")
    )
    named = [
        one.organisation
        for one in meeting.body.members.select_related("organisation")
        if one.organisation is not None
    ]
    funders = _of_roles(seats, *FUNDER_ROLES)
    councils = _of_roles(seats, Role.COUNCILLOR) | {
        one.pk: one for one in named if one.kind == OrganisationKind.CITIZEN_COUNCIL
    }
    others = {one.pk: one for one in named if one.pk not in funders and one.pk not in councils}
    asked = quorum_in_force(meeting.body, day)
    expected = [*funders.values(), *councils.values(), *others.values()]
    counted = {Presence.HERE, *([Presence.REPRESENTED] if asked and asked.counts_mandates else [])}
    rows = list(attendances)
    here = _represented([row for row in rows if row.presence in counted], seats, expected)
    counted |= {Presence.GONE}
    came = _represented([row for row in rows if row.presence in counted], seats, expected)
    return [
        _college("Financeurs", funders, here, came, asked.funders if asked else None),
        _college("Conseils citoyens", councils, here, came, asked.councils if asked else None),
        *([_college("Autres membres nommés", others, here, came, None, has_quorum=False)] if others else []),
    ]


def _of_roles(seats: list[TeamMember], *roles: Role) -> dict[int, Organisation]:
    return {
        seat.organisation.pk: seat.organisation for seat in seats if seat.organisation and seat.role in roles
    }


def _represented(
    present: list[Attendance], seats: list[TeamMember], expected: list[Organisation]
) -> set[int]:
    """By the seats of these people; by the name written beside somebody without an account."""
    people = {row.user_id for row in present if row.user_id}
    written = {row.on_behalf_of.casefold() for row in present if row.on_behalf_of}
    by_seat = {seat.organisation_id for seat in seats if seat.user_id in people and seat.organisation_id}
    by_name = {one.pk for one in expected if {one.name.casefold(), one.short_name.casefold()} & written}
    return by_seat | by_name


def _college(
    label: str,
    expected: dict[int, Organisation],
    here: set[int],
    came: set[int],
    needed: int | None,
    *,
    has_quorum: bool = True,
) -> College:
    ordered = sorted(expected.values(), key=str)
    return College(
        label,
        tuple(str(one) for one in ordered),
        tuple(str(one) for one in ordered if one.pk in here),
        needed,
        has_quorum,
        tuple(str(one) for one in ordered if one.pk in came),
    )
