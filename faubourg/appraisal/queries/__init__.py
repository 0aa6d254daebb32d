"""What pages and other apps need to read of the instruction."""

from faubourg.appraisal.queries.checks import checks_for, final_report_due, tied_people
from faubourg.appraisal.queries.committees import CommitteeLoad, committee_loads
from faubourg.appraisal.queries.councils import councils_of
from faubourg.appraisal.queries.meetings import (
    agenda_rows,
    awaiting_a_committee,
    committee_meetings,
    next_tabled,
    tabled_for,
    unsettled,
    without_opinion,
)
from faubourg.appraisal.queries.notes import (
    Notes,
    appraisal_of,
    clock_of,
    corrections_to_make,
    lock_request,
    notes_for,
    open_request,
    opinions_of,
    proposals_of,
    request_of,
    requests_of,
    requests_to_remind,
    scores_of,
)
from faubourg.appraisal.queries.worklist import STAGES, Filters, choices, worklist

__all__ = [
    "STAGES",
    "CommitteeLoad",
    "Filters",
    "Notes",
    "agenda_rows",
    "appraisal_of",
    "awaiting_a_committee",
    "checks_for",
    "choices",
    "clock_of",
    "committee_loads",
    "committee_meetings",
    "corrections_to_make",
    "councils_of",
    "final_report_due",
    "lock_request",
    "next_tabled",
    "notes_for",
    "open_request",
    "opinions_of",
    "proposals_of",
    "request_of",
    "requests_of",
    "requests_to_remind",
    "scores_of",
    "tabled_for",
    "tied_people",
    "unsettled",
    "without_opinion",
    "worklist",
]
