"""What people type about the fund."""

from faubourg.fph.forms.funds import AmendFundForm, OpenFundForm, RulesForm, ShareForm
from faubourg.fph.forms.requests import PaperRequestForm, RequestForm, SecretForm

__all__ = [
    "AmendFundForm", "OpenFundForm", "PaperRequestForm", "RequestForm", "RulesForm", "SecretForm",
    "ShareForm",
]  # fmt: skip
