"""What the steering committee is asked to validate, and when it sits."""

from collections.abc import Collection

from django.db.models import QuerySet

from faubourg.applications.models import Application
from faubourg.applications.states import State
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


def locked_for_validation(call: Call, keys: Collection[int]) -> list[Application]:
    """The chosen dossiers of this call, under lock, always in the same order."""
    chosen = Application.objects.filter(call=call, pk__in=keys).order_by("pk")
    return list(chosen.select_related("call__contract", "applicant").select_for_update(of=("self",)))
