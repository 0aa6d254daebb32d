"""Who gets what, what each euro hangs on, and what the report adds up. No database, no clock."""

from faubourg.awards.rules.axes import LABELS, Axes
from faubourg.awards.rules.decisions import (
    ZERO,
    Limits,
    Ruling,
    Verdict,
    check_decision,
    is_settled,
    left_in,
    outcome,
)
from faubourg.awards.rules.shares import Delays, MultiYearShare, delays, multi_year_share, share_equally

__all__ = [
    "LABELS",
    "ZERO",
    "Axes",
    "Delays",
    "Limits",
    "MultiYearShare",
    "Ruling",
    "Verdict",
    "check_decision",
    "delays",
    "is_settled",
    "left_in",
    "multi_year_share",
    "outcome",
    "share_equally",
]
