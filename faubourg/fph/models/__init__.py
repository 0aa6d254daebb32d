"""FPH : le fonds de participation des habitants."""

from faubourg.fph.models.committee import CommitteeMember, CommitteeSession, ExaminedRequest
from faubourg.fph.models.funds import Fund, FundRules, FundShare
from faubourg.fph.models.payments import Payment, Proof, Settlement
from faubourg.fph.models.requests import READERS, Request, RequestContact, RequestLine

__all__ = [
    "READERS", "CommitteeMember", "CommitteeSession", "ExaminedRequest", "Fund", "FundRules", "FundShare",
    "Payment", "Proof", "Request", "RequestContact", "RequestLine", "Settlement",
]  # fmt: skip
