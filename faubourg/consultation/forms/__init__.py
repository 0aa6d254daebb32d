"""What people type about consultations and about what was said."""

from faubourg.consultation.forms.allowances import (
    ExpenseForm,
    ReceiptForm,
)
from faubourg.consultation.forms.consultations import (
    AttendeesForm,
    ConsultationForm,
    GatheringForm,
    MinutesForm,
    TypingForm,
    ValidationForm,
)
from faubourg.consultation.forms.councils import (
    ContactForm,
    EndMandateForm,
    EquipForm,
    MemberForm,
    RecognitionForm,
    SessionForm,
    StatusForm,
)
from faubourg.consultation.forms.letters import (
    AnswerForm,
    CloseReferralForm,
    FollowUpForm,
    LetterForm,
    PassOnForm,
)
from faubourg.consultation.forms.plans import PlanActionForm, PlanAdoptionForm, PlanFollowForm
from faubourg.consultation.forms.surveys import EndForm, PointForm
from faubourg.consultation.forms.trainings import (
    TrainingForm,
)
from faubourg.consultation.forms.words import (
    CodingForm,
    CorrectForm,
    KeepForm,
    LinkForm,
    RecordForm,
    ReviewForm,
    SetAsideForm,
    SettleForm,
    TopicForm,
)

__all__ = [
    "AnswerForm",
    "AttendeesForm",
    "CloseReferralForm",
    "CodingForm",
    "ConsultationForm",
    "ContactForm",
    "CorrectForm",
    "EndForm",
    "EndMandateForm",
    "EquipForm",
    "ExpenseForm",
    "FollowUpForm",
    "GatheringForm",
    "KeepForm",
    "LetterForm",
    "LinkForm",
    "MemberForm",
    "MinutesForm",
    "PassOnForm",
    "PlanActionForm",
    "PlanAdoptionForm",
    "PlanFollowForm",
    "PointForm",
    "ReceiptForm",
    "RecognitionForm",
    "RecordForm",
    "ReviewForm",
    "SessionForm",
    "SetAsideForm",
    "SettleForm",
    "StatusForm",
    "TopicForm",
    "TrainingForm",
    "TypingForm",
    "ValidationForm",
]
