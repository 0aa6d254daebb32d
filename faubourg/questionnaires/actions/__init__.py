"""What people do with a questionnaire, one function per verb."""

from faubourg.questionnaires.actions.answering import answer
from faubourg.questionnaires.actions.counting import count_new, exclude, import_answers, pass_on, reinstate
from faubourg.questionnaires.actions.paper import (
    count_batch,
    print_batch,
    settle_bulletin,
    type_bulletin,
)
from faubourg.questionnaires.actions.questionnaires import (
    amend,
    close,
    derogate,
    open_to_answers,
    prepare,
    save_form,
)

__all__ = [
    "amend",
    "answer",
    "close",
    "count_batch",
    "count_new",
    "derogate",
    "exclude",
    "import_answers",
    "open_to_answers",
    "pass_on",
    "prepare",
    "print_batch",
    "reinstate",
    "save_form",
    "settle_bulletin",
    "type_bulletin",
]
