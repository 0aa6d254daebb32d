"""What the pages of the citizen councils read (CIT-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.accounts.models import User
from faubourg.consultation.models import (
    CitizenCouncil,
    CouncilContact,
    CouncilMember,
    CouncilRecognition,
    CouncilSession,
)
from faubourg.consultation.rules import MANDATE_NOTICE_DAYS, Parity, parity, vacant_seats
from faubourg.consultation.states import CouncilCollege, CouncilStatus
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import contracts_for
from faubourg.territories.models import Neighbourhood
from faubourg.territories.states import NeighbourhoodKind

PAGE = 50


@dataclass(frozen=True)
class College:
    """A college on a given day: who sits, how many seats wait, how many women and men."""

    label: str
    members: list[tuple[CouncilMember, str]]
    """Each with the sessions attended: "3 sur 4"."""
    vacant: int | None
    parity: Parity


def sitting(day: date) -> Q:
    """`CouncilMember.sits`, as a condition on a council."""
    goes_on = Q(members__to_on=None) | Q(members__to_on__gte=day)
    stayed = Q(members__left_on=None) | Q(members__left_on__gt=day)
    return Q(members__from_on__lte=day) & goes_on & stayed


def page_of_councils(contract: Contract, today: date, number: str | None) -> "Page[Any]":
    """The register, by place, with `sitting_count` and `ending_count` (mandates to renew)."""
    rows = CitizenCouncil.objects.filter(contract=contract).select_related("organisation", "neighbourhood")
    soon = today + timedelta(days=MANDATE_NOTICE_DAYS)
    counted = rows.annotate(
        sitting_count=Count("members", filter=sitting(today)),
        ending_count=Count("members", filter=Q(members__to_on__lte=soon, members__left_on=None)),
    )
    return Paginator(counted.order_by("place", "organisation__name", "pk"), PAGE).get_page(number)


def without_council(contract: Contract) -> QuerySet[Neighbourhood]:
    """The priority neighbourhoods of the contract for which no council speaks (CIT-1, l. 943)."""
    spoken_for = CitizenCouncil.objects.filter(contract=contract, neighbourhood__isnull=False)
    alive = spoken_for.exclude(status=CouncilStatus.STOPPED).order_by()
    priority = contract.neighbourhoods.filter(kind=NeighbourhoodKind.QPV)
    return priority.exclude(pk__in=alive.values("neighbourhood")).order_by("name")


def council_for(user: User, pk: int, today: date) -> CitizenCouncil:
    """One council of a contract this person reads, or 404."""
    rows = CitizenCouncil.objects.select_related("contract", "organisation", "neighbourhood", "carrier")
    return get_object_or_404(rows, pk=pk, contract__in=contracts_for(user, today).order_by().values("pk"))


def member_for(user: User, pk: int, today: date) -> CouncilMember:
    """One member of a council this person reads, or 404."""
    read = contracts_for(user, today).order_by().values("pk")
    rows = CouncilMember.objects.select_related("council__contract", "council__organisation")
    return get_object_or_404(rows, pk=pk, council__contract__in=read)


def recognition_for(user: User, pk: int, today: date) -> CouncilRecognition:
    """One recognition of a council this person reads, or 404."""
    read = contracts_for(user, today).order_by().values("pk")
    rows = CouncilRecognition.objects.select_related("document")
    return get_object_or_404(rows, pk=pk, council__contract__in=read)


def colleges_of(council: CitizenCouncil, today: date) -> list[College]:
    """Both colleges as they stand that day, in three queries."""
    sits = [one for one in council.members.order_by("full_name", "pk") if one.sits(today)]
    presence = _presence(council, sits)
    seats = {
        CouncilCollege.RESIDENTS: council.resident_seats,
        CouncilCollege.ACTORS: council.actor_seats,
    }
    found = []
    for college, count in seats.items():
        members = [(one, presence[one.pk]) for one in sits if one.college == college]
        genders = [one.gender for one, _ in members]
        vacant = vacant_seats(count, len(members))
        found.append(College(str(college.label), members, vacant, parity(genders)))
    return found


def former_members(council: CitizenCouncil, today: date) -> list[CouncilMember]:
    """Those whose mandate is over, the last to go first."""
    rows = council.members.filter(Q(to_on__lt=today) | Q(left_on__lte=today))
    return sorted(rows, key=lambda one: one.left_on or one.to_on or date.max, reverse=True)[:PAGE]


def sessions_of(council: CitizenCouncil) -> QuerySet[CouncilSession]:
    """The latest sessions, with `present_count`."""
    return council.sessions.annotate(present_count=Count("present")).order_by("-held_on", "-pk")[:PAGE]


def contact_of(member: CouncilMember) -> CouncilContact | None:
    return CouncilContact.objects.filter(member=member).first()


def mandates_ending(contracts: Collection[int], until: date) -> QuerySet[CouncilMember]:
    """Mandates that end by then, or have ended, and that nobody has closed (CIT-1)."""
    alive = CitizenCouncil.objects.filter(contract__in=contracts).exclude(status=CouncilStatus.STOPPED)
    return CouncilMember.objects.filter(council__in=alive, to_on__lte=until, left_on=None).order_by()


# --------------------------------------------------------------------------------------------------


def _presence(council: CitizenCouncil, members: list[CouncilMember]) -> dict[int, str]:
    """{member: "3 sur 4"}: sessions attended, out of those held while the mandate ran."""
    days = list(council.sessions.values_list("pk", "held_on"))
    through = CouncilSession.present.through.objects.filter(councilsession__council=council)
    came = set(through.values_list("councilmember", "councilsession"))
    said = {}
    for one in members:
        due = [pk for pk, day in days if one.sits(day)]
        said[one.pk] = f"{sum((one.pk, pk) in came for pk in due)} sur {len(due)}"
    return said
