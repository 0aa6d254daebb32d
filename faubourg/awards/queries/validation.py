"""What the steering committee is asked to validate, and when it sits."""

from collections.abc import Collection

from django.db.models import QuerySet

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.calls.models import Call
from faubourg.governance.models import Meeting
from faubourg.governance.states import BodyKind, MeetingState


def steering_meetings(call: Call) -> QuerySet[Meeting]:
    """The steering committees of the contract that are sitting or will sit, the one under way first."""
    return (
        Meeting.objects.filter(
            body__kind=BodyKind.STEERING,
            body__contracts=call.contract_id,
            state__in=(MeetingState.OPEN, MeetingState.PLANNED),
        )
        .select_related("body")
        .prefetch_related("body__contracts")
        .order_by("state", "starts_at")
    )


def to_validate(call: Call) -> QuerySet[Application]:
    """The dossiers all of whose funders have decided."""
    return (
        Application.objects.filter(call=call, state=State.DECIDED)
        .select_related("call__contract", "applicant")
        .order_by("number", "pk")
    )


def locked_for_validation(call: Call, keys: Collection[int]) -> list[Application]:
    """The chosen dossiers of this call, under lock, always in the same order."""
    chosen = Application.objects.filter(call=call, pk__in=keys).order_by("pk")
    return list(chosen.select_related("call__contract", "applicant").select_for_update(of=("self",)))
