"""What pages read of questionnaires."""

from faubourg.questionnaires.queries.questionnaires import (
    form_for_answers,
    latest_form,
    modes_of,
    questionnaire_by_code,
    questionnaire_for,
    questionnaires_of,
)

__all__ = [
    "form_for_answers",
    "latest_form",
    "modes_of",
    "questionnaire_by_code",
    "questionnaire_for",
    "questionnaires_of",
]
