"""What people type about money and letters."""

from faubourg.awards.forms.decisions import (
    DecisionForm,
    FilterForm,
    LetterForm,
    ReaddressForm,
    ValidationForm,
    filters_from,
)

__all__ = ["DecisionForm", "FilterForm", "LetterForm", "ReaddressForm", "ValidationForm", "filters_from"]
