"""What people type during the instruction and in committee."""

from faubourg.appraisal.forms.committee import (
    CarryOverForm,
    CouncilOpinionForm,
    LiveForm,
    OpinionForm,
    OwnRemarkForm,
    PointForm,
    RemarkForm,
    TableForm,
)
from faubourg.appraisal.forms.information import AnswerForm, BulkForm, FinalReportForm, InformationForm
from faubourg.appraisal.forms.sheet import AppraisalForm, ReasonForm

__all__ = [
    "AnswerForm",
    "AppraisalForm",
    "BulkForm",
    "CarryOverForm",
    "CouncilOpinionForm",
    "FinalReportForm",
    "InformationForm",
    "LiveForm",
    "OpinionForm",
    "OwnRemarkForm",
    "PointForm",
    "ReasonForm",
    "RemarkForm",
    "TableForm",
]
