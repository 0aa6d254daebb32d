"""What people type: a questionnaire, its questions, an answer, a paper sheet."""

from faubourg.questionnaires.forms.answering import GroupForm, WelcomeForm
from faubourg.questionnaires.forms.files import FileForm
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
]
