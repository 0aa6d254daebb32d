"""What pages and other apps need to read of dossiers."""

from faubourg.applications.queries.answers import (
    answers_of,
    asked_from,
    blocking_problems,
    budget,
    duplicates_of,
    figures_of,
    problems_of,
    wanted_paper,
    wanted_papers,
)
from faubourg.applications.queries.detail import ApplicationDetail, application_detail
from faubourg.applications.queries.listing import (
    Choices,
    Filters,
    OwnRow,
    choices_for,
    filed_page,
    own_page,
)
from faubourg.applications.queries.reading import (
    application_for,
    applications_for,
    call_to_extend,
    call_to_start,
    calls_to_start,
    draft_for,
    drafts_page,
    lock,
    organisations_to_start,
    paper_for,
)

__all__ = [
    "ApplicationDetail",
    "Choices",
    "Filters",
    "OwnRow",
    "answers_of",
    "application_detail",
    "application_for",
    "applications_for",
    "asked_from",
    "blocking_problems",
    "budget",
    "call_to_extend",
    "call_to_start",
    "calls_to_start",
    "choices_for",
    "draft_for",
    "drafts_page",
    "duplicates_of",
    "figures_of",
    "filed_page",
    "lock",
    "organisations_to_start",
    "own_page",
    "paper_for",
    "problems_of",
    "wanted_paper",
    "wanted_papers",
]
