"""What the pages of the fund read."""

from faubourg.fph.queries.funds import (
    ceiling_of,
    contracts_to_keep,
    excluded_by,
    fund_for,
    funds_to_show,
    lock_fund,
    money_of,
    rules_of,
)
from faubourg.fph.queries.requests import (
    contact_of,
    is_secret_known,
    lines_of,
    lock_request,
    request_behind,
    request_for,
    requests_of,
    split_requests,
)

__all__ = [
    "ceiling_of",
    "contact_of",
    "contracts_to_keep",
    "excluded_by",
    "fund_for",
    "funds_to_show",
    "is_secret_known",
    "lines_of",
    "lock_fund",
    "lock_request",
    "money_of",
    "request_behind",
    "request_for",
    "requests_of",
    "rules_of",
    "split_requests",
]  # fmt: skip
