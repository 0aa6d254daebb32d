"""What a dossier must hold, what its budget says, how it is found again. No database, no clock."""

from faubourg.applications.rules.accounts import (
    ACCOUNTS,
    INDIRECT,
    SIDES,
    Account,
    account_named,
    accounts_of,
)
from faubourg.applications.rules.budget import Asked, Budget, Line, Section, balance_problems
from faubourg.applications.rules.completeness import (
    INDICATORS_MINIMUM,
    Answers,
    Figures,
    Problem,
    Territory,
    problems,
)
from faubourg.applications.rules.progress import next_thing
from faubourg.applications.rules.words import is_near, normalise, numbered, search_text, words_of

__all__ = [
    "ACCOUNTS",
    "INDICATORS_MINIMUM",
    "INDIRECT",
    "SIDES",
    "Account",
    "Answers",
    "Asked",
    "Budget",
    "Figures",
    "Line",
    "Problem",
    "Section",
    "Territory",
    "account_named",
    "accounts_of",
    "balance_problems",
    "is_near",
    "next_thing",
    "normalise",
    "numbered",
    "problems",
    "search_text",
    "words_of",
]
