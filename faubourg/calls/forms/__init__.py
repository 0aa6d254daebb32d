"""What people type about a call, on its way to the actions."""

from faubourg.calls.forms.base import SectionForm
from faubourg.calls.forms.call import AnswerForm, CreateForm, EnvelopeForm, OpenForm, PostponeForm, done
from faubourg.calls.forms.sections import section_form

__all__ = [
    "AnswerForm",
    "CreateForm",
    "EnvelopeForm",
    "OpenForm",
    "PostponeForm",
    "SectionForm",
    "done",
    "section_form",
]
