"""What a scenario may hold, what it leaves in each envelope, who gains and who loses; who is served next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from faubourg.awards.rules.decisions import ZERO, over_cost
from faubourg.toolkit.money import format_euros, parse_euros

WAITS = "L"
"""Typed after an amount: « 3 000 L » puts it on the waiting list (liste complémentaire)."""


@dataclass(frozen=True)
class Tried:
    """What one cell holds: nothing yet (None), an amount, or an amount that waits."""

    amount: Decimal | None = None
    waits: bool = False

    @property
    def spends(self) -> Decimal:
        """What it takes from the envelope: an amount on the waiting list takes nothing."""
        return ZERO if self.waits or self.amount is None else self.amount

    @property
    def text(self) -> str:
        """As it is typed and read: "3 000", "3 000 L"."""
        return "" if self.amount is None else f"{bare(self.amount)}{f' {WAITS}' if self.waits else ''}"


EMPTY = Tried()


def bare(amount: Decimal) -> str:
    """In a table whose caption says "en euros", the sign is left out."""
    return format_euros(amount)[:-2]


def read_tried(text: str) -> Tried:
    """What somebody typed in a cell. Raises ValueError with a French sentence."""
    typed = text.strip()
    waits = typed[-1:].upper() == WAITS
    if waits:
        typed = typed[:-1].strip()
    if not typed:
        if waits:
            raise ValueError(
                "Écrivez le montant attendu avant le L : « 3 000 L » pour la liste complémentaire."
            )
        return EMPTY
    amount = parse_euros(typed)
    if waits and amount <= 0:
        raise ValueError("On n'attend pas zéro euro : écrivez le montant attendu, ou effacez la case.")
    return Tried(amount, waits)


@dataclass(frozen=True)
class Purse:
    """An envelope facing what is tried on it. No amount: to be confirmed."""

    label: str
    amount: Decimal | None
    spent: Decimal
    waiting: Decimal = ZERO

    @property
    def left(self) -> Decimal | None:
        return None if self.amount is None else self.amount - self.spent

    @property
    def problem(self) -> str:
        """PRG-9: more than the envelope is refused, or goes to the waiting list."""
        if self.amount is None or self.spent <= self.amount:
            return ""
        return (
            f"{self.label} : il manque {format_euros(self.spent - self.amount)} dans l'enveloppe. "
            "Baissez des montants, ou mettez des dossiers sur la liste complémentaire "
            f"(un {WAITS} après le montant)."
        )


def row_problem(tried: Iterable[Tried], *, cost: Decimal | None, other_public: Decimal) -> str:
    """PRG-9: public money never exceeds what the action costs."""
    return over_cost(sum((one.spends for one in tried), ZERO), other_public, cost)


# Two columns of amounts, side by side -----------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """What two ways of sharing give to one dossier."""

    left: Decimal
    right: Decimal

    @property
    def gap(self) -> Decimal:
        return self.right - self.left

    @property
    def loss(self) -> Decimal:
        """What is lost, without its sign."""
        return -self.gap


def gains_and_losses(sides: Iterable[Side]) -> tuple[int, int, int]:
    """(dossiers that gain from left to right, that lose, that change nothing)."""
    gaps = [side.gap for side in sides]
    return sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps), sum(gap == 0 for gap in gaps)


# The waiting list ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """What one entry of a waiting list would get."""

    wanted: Decimal
    given: Decimal

    @property
    def label(self) -> str:
        if self.given == self.wanted:
            return "servi en entier"
        return f"servi en partie : {format_euros(self.given)}" if self.given else "pas servi"

    @property
    def tone(self) -> str:
        return "success" if self.given == self.wanted else "warning" if self.given else "neutral"


def serve(free: Decimal, wanted: Sequence[Decimal]) -> list[Served]:
    """In order and strictly: nobody is served before the one above has all it waits for (PRG-9)."""
    served = []
    for amount in wanted:
        given = min(amount, max(free, ZERO))
        served.append(Served(amount, given))
        free -= amount
    return served
