"""What people do with a questionnaire, one function per verb."""

from faubourg.questionnaires.actions.answering import answer
from faubourg.questionnaires.actions.questionnaires import (
    amend,
    close,
    derogate,
    open_to_answers,
    prepare,
    save_form,
)

__all__ = ["amend", "answer", "close", "derogate", "open_to_answers", "prepare", "save_form"]
