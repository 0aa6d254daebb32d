"""Dossiers in committee: the agenda, what waits to be tabled, what still lacks an opinion."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application, ApplicationTerritory, FundingRequest
from faubourg.applications.permissions import can_take_part
from faubourg.applications.states import State
from faubourg.appraisal.models import Opinion, StandAside, TabledApplication
from faubourg.appraisal.queries.aside import SAID_IN_SESSION
from faubourg.appraisal.states import STANCE_TONES, Stance
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing
from faubourg.governance.models import AgendaItem, Meeting
from faubourg.governance.queries import meetings_for
from faubourg.governance.states import BodyKind, MeetingState
from faubourg.toolkit.verdict import Verdict

EUROS = DecimalField(max_digits=14, decimal_places=2)
_SHOWN = (
    "application__state", "application__call__contract", "application__applicant__name",
    "application__applicant__short_name",
)  # fmt: skip
"""What a line of the agenda shows of a dossier: its long texts stay in the database."""


@dataclass(frozen=True)
class AgendaRow:
    """One item of the agenda, with its dossier when it is one."""

    item: AgendaItem
    tabled: TabledApplication | None = None
    stance: Stance | None = None
    requested_amount: Decimal | None = None
    verdict: Verdict | None = None

    @property
    def is_aside(self) -> bool:
        """The reader stands aside from this dossier (déport)."""
        return self.verdict is not None and not self.verdict

    @property
    def tone(self) -> str:
        """The colour of the opinion's badge."""
        return STANCE_TONES.get(self.stance, "warning") if self.stance else "neutral"

    @property
    def is_withdrawn(self) -> bool:
        return self.tabled is not None and self.tabled.application.state == State.WITHDRAWN

    @property
    def word(self) -> str:
        """Where the item stands, in a word or two."""
        if self.tabled is None:
            return "point sans dossier"
        if self.is_aside:
            return "déport"
        if self.tabled.carried_over:
            return "ajourné"
        if self.is_withdrawn:
            return "retiré"
        return str(self.stance.label) if self.stance else "à rendre"

    @property
    def may_leave(self) -> bool:
        """Nothing has been said on it yet: it may still leave the agenda."""
        return not (self.is_aside or self.stance or (self.tabled and self.tabled.carried_over))


def agenda_rows(standing: Standing, meeting: Meeting, items: list[AgendaItem]) -> list[AgendaRow]:
    """The agenda as this person may read it, in one query."""
    given = Opinion.objects.filter(tabled=OuterRef("pk")).order_by()
    out = StandAside.objects.filter(tabled=OuterRef("pk"), attendance__user=standing.user_id).order_by()
    tabled = {
        row.item_id: row
        for row in TabledApplication.objects.filter(item__meeting=meeting)
        .select_related("application__call", "application__applicant")
        .only("item", "carried_over", "carry_reason", *_SHOWN)
        .annotate(
            requested_amount=_requested("application"),
            stance=Subquery(given.values("stance")[:1]),
            has_gone_out=Exists(out),
        )
    }
    return [_row(standing, item, tabled.get(item.pk)) for item in items]


def _row(standing: Standing, item: AgendaItem, tabled: Any) -> AgendaRow:
    if tabled is None:
        return AgendaRow(item)
    verdict = SAID_IN_SESSION if tabled.has_gone_out else can_take_part(standing, tabled.application)
    if not verdict:
        return AgendaRow(item, tabled, verdict=verdict)
    stance = Stance(tabled.stance) if tabled.stance else None
    return AgendaRow(item, tabled, stance, tabled.requested_amount, verdict)


def awaiting_a_committee(standing: Standing, meeting: Meeting) -> list[Application]:
    """The appraised dossiers of the body's contracts that this meeting could look at (at most 200).

    Each with `requested_amount`, `is_of_place` (one of the body's territories), `came_back` (put off once).
    """
    contracts = [contract.pk for contract in meeting.body.contracts.all() if standing.sits_on(contract.pk)]
    places = meeting.body.neighbourhoods.order_by().values("pk")
    aims = ApplicationTerritory.objects.filter(neighbourhood__in=places).order_by()
    found = Application.objects.filter(
        state=State.APPRAISED,
        call__contract__in=contracts,
        call__state__in=(CallState.OPEN, CallState.CLOSED),
    )
    found = found.select_related("call__contract", "applicant").annotate(
        requested_amount=_requested("pk"),
        is_of_place=Exists(aims.filter(application=OuterRef("pk"))),
        came_back=Exists(TabledApplication.objects.filter(application=OuterRef("pk"), carried_over=True)),
    )
    ordered = found.order_by("call", "number", "pk")[:200]
    return [application for application in ordered if can_take_part(standing, application)]


def sitting_for(standing: Standing, pk: int) -> tuple[Meeting, list[Meeting]]:
    """A meeting, or 404, and the other committees to come, where its dossiers may go: one query for both."""
    alive = Q(state__in=(MeetingState.PLANNED, MeetingState.OPEN), body__kind=BodyKind.PROGRAMMING)
    found = list(meetings_for(standing).filter(Q(pk=pk) | alive).order_by("starts_at", "pk"))
    meeting = next((one for one in found if one.pk == pk), None)
    if meeting is None:
        raise Http404
    return meeting, [one for one in found if one is not meeting]


def tabled_for(standing: Standing, meeting_pk: int, pk: int) -> TabledApplication:
    """One dossier of a meeting this person may read, or 404. The caller demands can_take_part next."""
    return get_object_or_404(
        TabledApplication.objects.select_related(
            "item__meeting__body", "application__call__contract", "application__applicant"
        ),
        item__meeting__in=meetings_for(standing).values("pk"),
        item__meeting=meeting_pk,
        pk=pk,
    )


def next_tabled(tabled: TabledApplication) -> TabledApplication | None:
    """The dossier after this one on the agenda."""
    after = TabledApplication.objects.filter(
        item__meeting=tabled.item.meeting_id, item__position__gt=tabled.item.position, carried_over=False
    )
    return after.select_related("application").order_by("item__position").first()


def without_opinion(meeting: Meeting) -> list[TabledApplication]:
    """The dossiers on which this meeting has not spoken: they must be settled before it closes (PRG-6)."""
    waiting = TabledApplication.objects.filter(
        item__meeting=meeting, carried_over=False, application__state=State.TABLED
    )
    return list(waiting.select_related("application__call", "item").order_by("item__position"))


def unsettled(meeting: Meeting) -> QuerySet[TabledApplication]:
    """Every dossier still on the agenda of the meeting."""
    return TabledApplication.objects.filter(item__meeting=meeting, carried_over=False).select_related(
        "application__call__contract", "item__meeting__body"
    )


def committee_meetings(standing: Standing, application: Application) -> list[Meeting]:
    """The planned or open programming committees of the dossier's contract, soonest first."""
    alive = (MeetingState.PLANNED, MeetingState.OPEN)
    meetings = meetings_for(standing).filter(
        state__in=alive, body__kind=BodyKind.PROGRAMMING, body__contracts=application.call.contract_id
    )
    return list(meetings.prefetch_related(None).order_by("starts_at", "pk"))


def meetings_to_table_in(standing: Standing) -> list[Meeting]:
    """The planned or open programming committees of one's contracts, soonest first."""
    alive = (MeetingState.PLANNED, MeetingState.OPEN)
    meetings = meetings_for(standing).filter(state__in=alive, body__kind=BodyKind.PROGRAMMING)
    mine = meetings.filter(body__contracts__in=standing.contracts()).distinct()
    return list(mine.order_by("starts_at", "pk"))


def _requested(outer: str) -> Subquery:
    total = FundingRequest.objects.filter(application=OuterRef(outer)).order_by().values("application")
    return Subquery(total.annotate(total=Sum("requested_amount")).values("total"), output_field=EUROS)
