"""The budget of an action: totals, balance, who pays which share. Decimals, cents kept (B3.13, FIN-3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from faubourg.applications.rules.accounts import ACCOUNTS, Account, account_named
from faubourg.applications.states import Side
from faubourg.toolkit.money import format_euros

ZERO = Decimal()


@dataclass(frozen=True)
class Line:
    """A line of the budget, on one account."""

    side: str
    account: str
    amount: Decimal
    label: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked from one funder of the call: an income of account 74."""

    funder: str
    amount: Decimal
    envelope_id: int = 0
    is_local_authority: bool = False
    is_p147: bool = False
    is_state: bool = False
    is_structure_aid: bool = False


@dataclass(frozen=True)
class Section:
    """An account as it is read: its lines and their sum."""

    account: Account
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        return total(line.amount for line in self.lines)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


@dataclass(frozen=True)
class Budget:
    """Charges and incomes of the action; contributions in kind stand apart and are never added (C2)."""

    lines: tuple[Line, ...] = ()
    asked: tuple[Asked, ...] = ()

    def side(self, side: str) -> Decimal:
        return total(line.amount for line in self.lines if line.side == side)

    @property
    def expenses(self) -> Decimal:
        return self.side(Side.EXPENSE)

    @property
    def requested(self) -> Decimal:
        return total(asked.amount for asked in self.asked)

    @property
    def other_incomes(self) -> Decimal:
        return self.side(Side.INCOME)

    @property
    def incomes(self) -> Decimal:
        return self.other_incomes + self.requested

    @property
    def in_kind_uses(self) -> Decimal:
        return self.side(Side.IN_KIND_USE)

    @property
    def in_kind_resources(self) -> Decimal:
        return self.side(Side.IN_KIND_RESOURCE)

    @property
    def gap(self) -> Decimal:
        """Incomes minus charges: negative when incomes are missing."""
        return self.incomes - self.expenses

    @property
    def imbalance(self) -> Decimal:
        """The gap, whichever side is missing."""
        return abs(self.gap)

    @property
    def is_balanced(self) -> bool:
        return not self.gap

    @property
    def is_balanced_in_kind(self) -> bool:
        return self.in_kind_uses == self.in_kind_resources

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(balance_problems(self))

    @property
    def public_income(self) -> Decimal:
        """What public funders bring: what is asked, and the lines 74 that are not private aid."""
        return self.requested + total(line.amount for line in self.lines if _is_public(line))

    @property
    def other_public_income(self) -> Decimal:
        """Public money that is not asked in this call."""
        return self.public_income - self.requested

    @property
    def state_income(self) -> Decimal:
        return total(asked.amount for asked in self.asked if asked.is_state) + total(
            line.amount for line in self.lines if line.side == Side.INCOME and line.account == "74E"
        )

    @property
    def local_authority_income(self) -> Decimal:
        """What local authorities are asked or bring: the co-financing P147 demands outside a QPV (GEO-6)."""
        return total(asked.amount for asked in self.asked if asked.is_local_authority) + total(
            line.amount for line in self.lines if _is_local_authority(line)
        )

    @property
    def asks_for_p147(self) -> bool:
        return any(asked.is_p147 and asked.amount > 0 for asked in self.asked)

    @property
    def main_funder(self) -> Asked | None:
        """The funder of more than one euro in two, when there is one."""
        return next((asked for asked in self.asked if asked.amount * 2 > self.incomes), None)

    def sections(self, side: str) -> Iterator[Section]:
        """The accounts of one side that hold a line, in the order of the plan; unknown accounts come last."""
        lines = [line for line in self.lines if line.side == side]
        known = [account for account in ACCOUNTS if account.side == side]
        codes = {account.code for account in known}
        strange = sorted({line.account for line in lines} - codes)
        for account in (*known, *(Account(Side(side), code, "Compte hors plan") for code in strange)):
            found = tuple(line for line in lines if line.account == account.code)
            if found:
                yield Section(account, found)

    # Read by templates, which cannot pass an argument.
    @property
    def expense_sections(self) -> list[Section]:
        return list(self.sections(Side.EXPENSE))

    @property
    def income_sections(self) -> list[Section]:
        return list(self.sections(Side.INCOME))

    @property
    def in_kind_use_sections(self) -> list[Section]:
        return list(self.sections(Side.IN_KIND_USE))

    @property
    def in_kind_resource_sections(self) -> list[Section]:
        return list(self.sections(Side.IN_KIND_RESOURCE))


def balance_problems(budget: Budget) -> Iterator[str]:
    """Why the budget does not balance, with the figure; nothing when it does (C4 test 15)."""
    if budget.gap:
        missing = "de produits" if budget.gap < 0 else "de charges"
        yield (
            f"Il manque {_exact(abs(budget.gap))} {missing} : les charges font {_exact(budget.expenses)}, "
            f"les produits {_exact(budget.incomes)}."
        )
    if not budget.is_balanced_in_kind:
        gap = budget.in_kind_resources - budget.in_kind_uses
        missing = "au compte 87" if gap < 0 else "au compte 86"
        yield (
            f"Il manque {_exact(abs(gap))} {missing} : les emplois (86) font {_exact(budget.in_kind_uses)}, "
            f"les contributions en nature (87) {_exact(budget.in_kind_resources)}."
        )


def _exact(amount: Decimal) -> str:
    return format_euros(amount, cents=True)


def _is_public(line: Line) -> bool:
    account = account_named(line.account)
    return line.side == Side.INCOME and account is not None and account.is_public


def _is_local_authority(line: Line) -> bool:
    account = account_named(line.account)
    return line.side == Side.INCOME and account is not None and account.is_local_authority
