"""What can be done about money: try, decide, validate, write to applicants, look after the outbox."""

from faubourg.awards.actions.columns import (
    Act,
    RowResult,
    RowTyped,
    decide_many,
    finalise_column,
    reopen_column,
)
from faubourg.awards.actions.decisions import decide
from faubourg.awards.actions.notices import prepare_notices, release_notices
from faubourg.awards.actions.plans import NewIncome, ask_reduced_plan, save_reduced_plan
from faubourg.awards.actions.scenarios import (
    CellResult,
    Typed,
    adopt_scenario,
    create_scenario,
    delete_scenario,
    edit_scenario,
    set_amounts,
)
from faubourg.awards.actions.validation import present_programme, validate
from faubourg.awards.actions.waiting import (
    move_up_waiting_list,
    put_on_waiting_list,
    take_off_waiting_list,
)

__all__ = [
    "Act",
    "CellResult",
    "NewIncome",
    "RowResult",
    "RowTyped",
    "Typed",
    "adopt_scenario",
    "ask_reduced_plan",
    "create_scenario",
    "decide",
    "decide_many",
    "delete_scenario",
    "edit_scenario",
    "finalise_column",
    "move_up_waiting_list",
    "prepare_notices",
    "present_programme",
    "put_on_waiting_list",
    "release_notices",
    "reopen_column",
    "save_reduced_plan",
    "set_amounts",
    "take_off_waiting_list",
    "validate",
]
