"""What a dossier must hold, what its budget says, how it is found again. No database, no clock."""

from faubourg.applications.rules.accounts import (
    ACCOUNTS,
    INDIRECT,
    SIDES,
    Account,
    account_named,
    accounts_of,
)
from faubourg.applications.rules.answers import Answers, Figures, Problem, Territory, is_short
from faubourg.applications.rules.budget import Asked, Budget, Line, Section, balance_problems, total
from faubourg.applications.rules.comparing import AmountChange, Change, accounts, amounts, changes
from faubourg.applications.rules.completeness import INDICATORS_MINIMUM, SPARED, asked_above_ceiling, problems
from faubourg.applications.rules.copying import (
    COPIED_PARTS,
    QUESTIONS,
    copied,
    questions,
    same_envelopes,
    to_confirm,
)
from faubourg.applications.rules.paper import paper_problems
from faubourg.applications.rules.progress import next_thing
from faubourg.applications.rules.unlocking import (
    ASKABLE,
    OTHER_PAPERS,
    is_mendable,
    is_unlocked,
    key_of,
    open_parts,
    question_of,
)
from faubourg.applications.rules.words import codes_of, is_near, normalise, numbered, search_text, words_of
from faubourg.applications.rules.workbook import LINES_MAXIMUM, Fault, ReadBudget, read_budget

__all__ = [
    "ACCOUNTS",
    "ASKABLE",
    "COPIED_PARTS",
    "INDICATORS_MINIMUM",
    "INDIRECT",
    "LINES_MAXIMUM",
    "OTHER_PAPERS",
    "QUESTIONS",
    "SIDES",
    "SPARED",
    "Account",
    "AmountChange",
    "Answers",
    "Asked",
    "Budget",
    "Change",
    "Fault",
    "Figures",
    "Line",
    "Problem",
    "ReadBudget",
    "Section",
    "Territory",
    "account_named",
    "accounts",
    "accounts_of",
    "amounts",
    "asked_above_ceiling",
    "balance_problems",
    "changes",
    "codes_of",
    "copied",
    "is_mendable",
    "is_near",
    "is_short",
    "is_unlocked",
    "key_of",
    "next_thing",
    "normalise",
    "numbered",
    "open_parts",
    "paper_problems",
    "problems",
    "question_of",
    "questions",
    "read_budget",
    "same_envelopes",
    "search_text",
    "to_confirm",
    "total",
    "words_of",
]
