"""What is done to the fund and to the requests it receives."""

from faubourg.fph.actions.funds import adopt_rules, amend_fund, open_fund, set_share
from faubourg.fph.actions.requests import Filed, file_request, type_paper, withdraw

__all__ = [
    "Filed", "adopt_rules", "amend_fund", "file_request", "open_fund", "set_share", "type_paper", "withdraw",
]  # fmt: skip
