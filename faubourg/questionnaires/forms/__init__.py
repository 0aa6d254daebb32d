"""What people type: a questionnaire, its questions, an answer."""

from faubourg.questionnaires.forms.answering import GroupForm, WelcomeForm
from faubourg.questionnaires.forms.questionnaires import (
    DerogationForm,
    GroupNameForm,
    QuestionForm,
    QuestionnaireForm,
)

__all__ = [
    "DerogationForm",
    "GroupForm",
    "GroupNameForm",
    "QuestionForm",
    "QuestionnaireForm",
    "WelcomeForm",
]
