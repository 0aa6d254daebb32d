"""When funders give less than the plan counts on: what is missing, and what a reduced plan must do."""

from collections.abc import Sequence
from decimal import Decimal

from faubourg.applications.rules import Asked, Budget, Line
from faubourg.awards.rules.decisions import ZERO, Verdict, is_settled
from faubourg.toolkit.money import format_euros


def shortfall(verdicts: Sequence[Verdict]) -> Decimal:
    """What the plan lacks once everybody has answered; a dossier refused by all has no plan to mend."""
    awarded = sum((one.awarded for one in verdicts), ZERO)
    if not awarded or not is_settled(verdicts):
        return ZERO
    return sum((one.requested for one in verdicts), ZERO) - awarded


def plan_problems(lines: Sequence[Line], granted: Decimal) -> list[str]:
    """A reduced plan balances, with what is granted in place of what was asked."""
    budget = Budget(tuple(lines), (Asked("Financeurs de l'appel", granted),))
    problems = list(budget.problems)
    if not budget.expenses:
        problems.append("Le budget n'a plus aucune charge : si l'action ne se fait pas, retirez le dossier.")
    if budget.expenses and granted > budget.expenses:
        problems.append(
            f"L'action coûterait {format_euros(budget.expenses)}, "
            f"moins que les {format_euros(granted)} accordés."
        )
    return problems
