"""What can be done to a call: lock, demand, change, save, journal."""

from faubourg.calls.actions.call import close, create, open, postpone
from faubourg.calls.actions.consultation import (
    answer_consultation,
    record_consultation,
    record_consultations,
)
from faubourg.calls.actions.envelopes import edit_envelopes, set_envelope
from faubourg.calls.actions.sections import (
    edit_calendar,
    edit_criteria,
    edit_framing,
    edit_gauges,
    edit_papers,
    edit_scope,
)

__all__ = [
    "answer_consultation",
    "close",
    "create",
    "edit_calendar",
    "edit_criteria",
    "edit_envelopes",
    "edit_framing",
    "edit_gauges",
    "edit_papers",
    "edit_scope",
    "open",
    "postpone",
    "record_consultation",
    "record_consultations",
    "set_envelope",
]
