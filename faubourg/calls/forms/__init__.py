"""What people type about a call, on its way to the actions."""

from faubourg.calls.forms.call import AnswerForm, CreateForm, EnvelopeForm, OpenForm, PostponeForm, done
from faubourg.calls.forms.sections import SectionForm, section_form

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
