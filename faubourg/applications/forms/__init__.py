"""What people type about a dossier."""

from faubourg.applications.forms.acts import (
    DuplicateForm,
    ExtendForm,
    PaperForm,
    StartForForm,
    StartForm,
    WithdrawForm,
)
from faubourg.applications.forms.budget import BudgetForm
from faubourg.applications.forms.draft import Difference, DraftForm, differences
from faubourg.applications.forms.listing import FilterForm
from faubourg.applications.forms.parts import AudienceForm, ProjectForm, ScheduleForm, SignatureForm, form_for
from faubourg.applications.forms.printing import PrintedQuestion, printed

__all__ = [
    "AudienceForm",
    "BudgetForm",
    "Difference",
    "DraftForm",
    "DuplicateForm",
    "ExtendForm",
    "FilterForm",
    "PaperForm",
    "PrintedQuestion",
    "ProjectForm",
    "ScheduleForm",
    "SignatureForm",
    "StartForForm",
    "StartForm",
    "WithdrawForm",
    "differences",
    "form_for",
    "printed",
]
