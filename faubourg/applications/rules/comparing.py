"""Two dossiers side by side: last year's and this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from faubourg.applications.rules.budget import Budget
from faubourg.applications.states import Side


@dataclass(frozen=True)
class Change:
    """An answer that is not the same: "" or None when there was none."""

    label: str
    before: object
    after: object


@dataclass(frozen=True)
class AmountChange:
    """An amount then and now; None when nothing was written, which is not 0."""

    label: str
    before: Decimal | None
    after: Decimal | None

    @property
    def more(self) -> Decimal | None:
        """By how much it grew; nothing to say when one of the two is not there."""
        return None if self.before is None or self.after is None else self.after - self.before


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[Change]:
    """What differs, in the order of the form; an answer empty both times is the same."""
    found = []
    for label in {**before, **after}:
        then, now = before.get(label), after.get(label)
        if (then or "") != (now or ""):
            found.append(Change(label, then, now))
    return found


def amounts(before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> list[AmountChange]:
    """Every amount of either, even the same: a budget is read whole."""
    return [AmountChange(label, before.get(label), after.get(label)) for label in sorted({*before, *after})]


def accounts(budget: Budget, side: Side) -> dict[str, Decimal]:
    """{account: total} of one side, as it is compared."""
    return {f"{one.account.code} {one.account.label}": one.total for one in budget.sections(side)}
