"""What people type about the fund."""

from faubourg.fph.forms.committee import (
    DecisionForm,
    EndMemberForm,
    MemberForm,
    PlaceRequestsForm,
    PlanSessionForm,
    PresenceForm,
)
from faubourg.fph.forms.funds import AmendFundForm, OpenFundForm, RulesForm, ShareForm
from faubourg.fph.forms.payments import PaymentForm, PhotoForm, ReceiptForm, SettlementForm
from faubourg.fph.forms.requests import PaperRequestForm, RequestForm, SecretForm

__all__ = [
    "AmendFundForm", "DecisionForm", "EndMemberForm", "MemberForm", "OpenFundForm", "PaperRequestForm",
    "PaymentForm", "PhotoForm", "PlaceRequestsForm", "PlanSessionForm", "PresenceForm", "ReceiptForm",
    "RequestForm", "RulesForm", "SecretForm", "SettlementForm", "ShareForm",
]  # fmt: skip
