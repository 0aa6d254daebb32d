"""The citizen councils at a meeting: their place, their invitation, the papers they were given (CIT-2)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from faubourg.contracts.models import TeamMember
from faubourg.contracts.queries import figures, living_councils
from faubourg.contracts.states import Role
from faubourg.governance.models import CouncilInvitation, Meeting

PAPERS_DELAY = "conseil.documents_delai"
"""Code of the contract's parameter: days before a meeting when the councils have its papers."""


@dataclass(frozen=True)
class CouncilAtMeeting:
    """A council: whether it has a place in the body, how it was invited, when its papers are due."""

    organisation_id: int
    name: str
    has_place: bool
    invitation: CouncilInvitation | None
    papers_due_on: date | None
    held_on: date

    @property
    def papers_days_before(self) -> int | None:
        given = self.invitation and self.invitation.papers_on
        return (self.held_on - given).days if given else None

    @property
    def had_papers_late(self) -> bool:
        given = self.invitation and self.invitation.papers_on
        return bool(given and self.papers_due_on and given > self.papers_due_on)


def papers_due_on(meeting: Meeting, in_force_on: date) -> date | None:
    """The last day to give its papers; None when no contract of the body says how long before (CIT-2)."""
    known = [figures(pk, [PAPERS_DELAY], in_force_on).get(PAPERS_DELAY) for pk in _contracts(meeting)]
    days = max((int(one) for one in known if one is not None), default=None)
    return None if days is None else localdate(meeting.starts_at) - timedelta(days=days)


def uninvited(meeting: Meeting) -> list[str]:
    """The names of the councils for which no invitation is noted: two queries."""
    invited = set(meeting.council_invitations.values_list("council", flat=True))
    return [name for pk, name in living_councils(_contracts(meeting)) if pk not in invited]


def councils_at(meeting: Meeting) -> list[CouncilAtMeeting]:
    """Each living council of the contracts of the body, by name."""
    contracts, day = _contracts(meeting), localdate(meeting.starts_at)
    invitations = {one.council_id: one for one in meeting.council_invitations.select_related("proof")}
    current = (Q(from_on=None) | Q(from_on__lte=day)) & (Q(to_on=None) | Q(to_on__gte=day))
    seats = TeamMember.objects.filter(current, contract__in=contracts, role=Role.COUNCILLOR)
    members = list(meeting.body.members.values_list("organisation", "label"))
    placed = {*seats.values_list("organisation", flat=True), *(pk for pk, _ in members)}
    all_have = any("citoyen" in label.casefold() for _, label in members)
    due_on = papers_due_on(meeting, day)
    return [
        CouncilAtMeeting(pk, name, all_have or pk in placed, invitations.get(pk), due_on, day)
        for pk, name in living_councils(contracts)
    ]


def invitation_of(meeting: Meeting, pk: int) -> CouncilInvitation:
    return get_object_or_404(meeting.council_invitations.select_related("proof"), pk=pk)


def _contracts(meeting: Meeting) -> list[int]:
    return [contract.pk for contract in meeting.body.contracts.all()]
