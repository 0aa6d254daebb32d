"""What pages read of questionnaires."""

from faubourg.questionnaires.queries.paper import (
    batch_for,
    counters_of,
    reasons_of,
    response_of,
    typings_of,
    work_of,
)
from faubourg.questionnaires.queries.questionnaires import (
    figures_told,
    form_for_answers,
    latest_form,
    modes_of,
    questionnaire_by_code,
    questionnaire_for,
    questionnaires_of,
)
from faubourg.questionnaires.queries.results import (
    all_questions,
    answers_of,
    crossing_of,
    open_answers,
    page_of_answers,
    questions_to_cross,
    references_taken,
    response_for,
    results_of,
    smallest_shown,
    with_answers_to_count,
)

__all__ = [
    "all_questions",
    "answers_of",
    "batch_for",
    "counters_of",
    "crossing_of",
    "figures_told",
    "form_for_answers",
    "latest_form",
    "modes_of",
    "open_answers",
    "page_of_answers",
    "questionnaire_by_code",
    "questionnaire_for",
    "questionnaires_of",
    "questions_to_cross",
    "reasons_of",
    "references_taken",
    "response_for",
    "response_of",
    "results_of",
    "smallest_shown",
    "typings_of",
    "with_answers_to_count",
    "work_of",
]
