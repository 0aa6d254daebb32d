"""What the steering committee is asked to validate, and when it sits."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.awards.queries.programme import target_rate
from faubourg.awards.queries.programme.rows import envelopes_of, on_the_table
from faubourg.awards.rules import ZERO, MultiYearShare, multi_year_share
from faubourg.calls.models import Call
from faubourg.governance.models import Meeting
from faubourg.governance.states import BodyKind, MeetingState


def steering_meetings(call: Call, state: MeetingState = MeetingState.OPEN) -> QuerySet[Meeting]:
    """The steering committees of the contract that are sitting now, or in another state."""
    steering = Meeting.objects.filter(body__kind=BodyKind.STEERING, body__contracts=call.contract_id)
    return steering.filter(state=state).select_related("body").order_by("starts_at")


def next_steering_meeting(call: Call) -> Meeting | None:
    """The one to open when its day has come."""
    return steering_meetings(call, MeetingState.PLANNED).first()


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
