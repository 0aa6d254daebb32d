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
    over_cost,
)
from faubourg.awards.rules.plans import plan_problems, shortfall
from faubourg.awards.rules.scenarios import (
    EMPTY,
    WAITS,
    Purse,
    Served,
    Side,
    Tried,
    bare,
    gains_and_losses,
    read_tried,
    row_problem,
    serve,
)
from faubourg.awards.rules.shares import (
    Delays,
    MultiYearShare,
    delays,
    label_order,
    multi_year_share,
    share_equally,
)

__all__ = [
    "EMPTY",
    "LABELS",
    "WAITS",
    "ZERO",
    "Axes",
    "Delays",
    "Limits",
    "MultiYearShare",
    "Purse",
    "Ruling",
    "Served",
    "Side",
    "Tried",
    "Verdict",
    "bare",
    "check_decision",
    "delays",
    "gains_and_losses",
    "is_settled",
    "label_order",
    "left_in",
    "multi_year_share",
    "outcome",
    "over_cost",
    "plan_problems",
    "read_tried",
    "row_problem",
    "serve",
    "share_equally",
    "shortfall",
]
