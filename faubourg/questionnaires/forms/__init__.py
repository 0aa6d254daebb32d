"""What people type: a questionnaire, its questions, an answer, a paper sheet."""

from faubourg.questionnaires.forms.answering import GroupForm, WelcomeForm
from faubourg.questionnaires.forms.files import AnswersForm, FileForm, packed
from faubourg.questionnaires.forms.paper import (
    BatchCountsForm,
    BatchForm,
    BulletinForm,
    ExclusionForm,
    SettlingForm,
)
from faubourg.questionnaires.forms.questionnaires import (
    DerogationForm,
    GroupNameForm,
    QuestionForm,
    QuestionnaireForm,
)

__all__ = [
    "AnswersForm",
    "BatchCountsForm",
    "BatchForm",
    "BulletinForm",
    "DerogationForm",
    "ExclusionForm",
    "FileForm",
    "GroupForm",
    "GroupNameForm",
    "QuestionForm",
    "QuestionnaireForm",
    "SettlingForm",
    "WelcomeForm",
    "packed",
]
