"""Files that people have: a form written elsewhere, answers already in a table."""

from faubourg.questionnaires.imports.answers import read_answers
from faubourg.questionnaires.imports.xlsform import read_xlsform

__all__ = ["read_answers", "read_xlsform"]
