"""What the steering committee is asked to validate, and when it sits."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.awards.models import ProgrammeItem
from faubourg.awards.queries.programme import target_rate
from faubourg.awards.queries.programme.rows import envelopes_of, on_the_table
from faubourg.awards.rules import ZERO, MultiYearShare, multi_year_share
from faubourg.calls.models import Call
from faubourg.contracts.models import TeamMember
from faubourg.contracts.rules import Standing
from faubourg.directory.models import Interest, Membership
from faubourg.governance.models import Meeting
from faubourg.governance.states import BodyKind, MeetingState


def steering_meetings(call: Call, state: MeetingState = MeetingState.OPEN) -> QuerySet[Meeting]:
    """The steering committees of the contract that are sitting now, or in another state."""
    steering = Meeting.objects.filter(body__kind=BodyKind.STEERING, body__contracts=call.contract_id)
    return steering.filter(state=state).select_related("body").order_by("starts_at")


def next_steering_meeting(call: Call) -> Meeting | None:
    """The one to open when its day has come."""
    return steering_meetings(call, MeetingState.PLANNED).first()


def meeting_to_present_in(call: Call, pk: int | None) -> Meeting | None:
    """A steering committee of the contract that may still take a point."""
    alive = (MeetingState.PLANNED, MeetingState.OPEN)
    found = Meeting.objects.filter(body__kind=BodyKind.STEERING, body__contracts=call.contract_id)
    return found.filter(state__in=alive, pk=pk or 0).select_related("body").first()


def to_validate(call: Call) -> QuerySet[Application]:
    """The dossiers all of whose funders have decided."""
    return (
        Application.objects.filter(call=call, state=State.DECIDED)
        .select_related("call__contract", "applicant")
        .order_by("number", "pk")
    )


@dataclass(frozen=True)
class Outlook:
    """What the committee should know before it validates. Template: awards/_multi_year.html."""

    columns: int
    final: int
    share: MultiYearShare
    target: Decimal | None

    @property
    def is_under_target(self) -> bool:
        return self.share.is_under(self.target)


def outlook(call: Call) -> Outlook:
    """How many funders are done, and the share in three-year agreements (PRG-11): two queries."""
    marks = [envelope.final_at for envelope in envelopes_of(call)]
    granted = on_the_table(call).annotate(granted=Sum("funding_requests__decision__awarded_amount"))
    return Outlook(
        columns=len(marks),
        final=sum(mark is not None for mark in marks),
        share=multi_year_share(
            (total or ZERO, is_multi_year)
            for total, is_multi_year in granted.values_list("granted", "is_multi_year")
        ),
        target=target_rate(getattr(call, "multi_year_target", None)),
    )


def locked_for_validation(call: Call, keys: Collection[int]) -> list[Application]:
    """The chosen dossiers of this call, under lock, always in the same order."""
    chosen = Application.objects.filter(call=call, pk__in=keys).order_by("pk")
    return list(chosen.select_related("call__contract", "applicant").select_for_update(of=("self",)))


def programme_item_of(item_pk: int) -> ProgrammeItem:
    """The point on a call's programming, or 404. The caller has read its meeting first."""
    found = ProgrammeItem.objects.select_related("item", "call__contract")
    return get_object_or_404(found, item=item_pk)


def away(meeting: Meeting, applications: Iterable[Application], today: date) -> dict[int, list[str]]:
    """{dossier: those present who are tied to its applicant}: three queries (PRG-7, B2.5)."""
    names = dict(
        meeting.attendances.filter(is_present=True, user__isnull=False).values_list("user", "full_name")
    )
    current = (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (
        Q(to_on__isnull=True) | Q(to_on__gte=today)
    )
    members = Membership.objects.filter(current, user__in=names).values_list("organisation", "user")
    seats = TeamMember.objects.filter(current, user__in=names, organisation__isnull=False)
    said = Interest.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today), user__in=names)
    ties = {*members, *seats.values_list("organisation", "user"), *said.values_list("organisation", "user")}
    found = {}
    for one in applications:
        gone = sorted(names[user] for organisation, user in ties if organisation == one.applicant_id)
        if gone:
            found[one.pk] = gone
    return found


@dataclass(frozen=True)
class ProgrammeRow:
    """A dossier of the block: validated unless a reason is written beside it.

    `away`: those whose tie is known; `said`: who told a tie in session, as typed.
    """

    application: Application
    reason: str
    away: list[str]
    said: str
    is_aside: bool


def programme_rows(
    standing: Standing, shown: ProgrammeItem, meeting: Meeting, words: Mapping[str, str], today: date
) -> list[ProgrammeRow]:
    waiting = list(to_validate(shown.call))
    gone = away(meeting, waiting, today)
    return [
        ProgrammeRow(
            one,
            words.get(f"reason-{one.pk}", ""),
            gone.get(one.pk, []),
            words.get(f"away-{one.pk}", ""),
            standing.is_tied_to(one.applicant_id),
        )
        for one in waiting
    ]
