"""What is said while a committee sits."""

from decimal import Decimal

from faubourg.toolkit.money import format_euros, parse_euros


def read_mentioned(typed: str, requested: Decimal) -> Decimal | str | None:
    """An amount said in committee: it decides nothing, and never exceeds what was asked, to the cent.

    None when nothing is typed; a sentence when it cannot stand.
    """
    if not typed.strip():
        return None
    try:
        amount = parse_euros(typed)
    except ValueError as problem:
        return str(problem)
    if amount < 0:
        return "Un montant évoqué n'est pas négatif."
    if amount > requested:
        return (
            f"Le montant évoqué ({format_euros(amount)}) dépasse le montant demandé "
            f"({format_euros(requested)}) : écrivez au plus ce qui est demandé."
        )
    return amount
