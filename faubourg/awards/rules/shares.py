"""Sharing and reporting: equal parts to the cent, three-year agreements, delays. Plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from faubourg.toolkit.money import CENT

ZERO = Decimal(0)


def share_equally(amount: Decimal, count: int) -> list[Decimal]:
    """`amount` in `count` equal parts, to the cent; the first parts carry the odd cents, the sum is exact."""
    if count < 1:
        raise ValueError("Un montant se partage en une part au moins.")
    part = (amount / count).quantize(CENT, ROUND_DOWN)
    odd = int((amount - part * count) / CENT)
    return [part + CENT if place < odd else part for place in range(count)]


def label_order(label: str) -> tuple[list[int], str]:
    """ "1.10 …" comes after "1.9 …"; labels without a code come first, by name."""
    parts = label.split(" ", 1)[0].split(".")
    return ([int(part) for part in parts], label) if all(part.isdigit() for part in parts) else ([], label)


@dataclass(frozen=True)
class MultiYearShare:
    """What is granted under three-year agreements (PRG-11), by amount and by number."""

    amount: Decimal
    total_amount: Decimal
    number: int
    total_number: int

    def is_under(self, target: Decimal | None) -> bool:
        """« La majorité » (l. 174) is more than the target rate. No grant, no answer."""
        if target is None or not self.total_amount:
            return False
        return self.amount <= target * self.total_amount or self.number <= target * self.total_number


def multi_year_share(grants: Iterable[tuple[Decimal, bool]]) -> MultiYearShare:
    """From (granted amount, is it under a three-year agreement) per dossier; refused ones do not count."""
    kept = [(amount, is_multi_year) for amount, is_multi_year in grants if amount > 0]
    return MultiYearShare(
        amount=sum((amount for amount, is_multi_year in kept if is_multi_year), ZERO),
        total_amount=sum((amount for amount, _ in kept), ZERO),
        number=sum(1 for _, is_multi_year in kept if is_multi_year),
        total_number=len(kept),
    )


@dataclass(frozen=True)
class Delays:
    """Days between filing and the last funder's decision. None: not available."""

    number: int
    shortest: int | None = None
    median: Decimal | None = None
    longest: int | None = None


def delays(spans: Iterable[tuple[date, date]]) -> Delays:
    """From (filed on, last decision on) of the dossiers whose funders have all decided."""
    days = sorted((decided - filed) // timedelta(days=1) for filed, decided in spans)
    if not days:
        return Delays(0)
    middle = len(days) // 2
    median = Decimal(days[middle]) if len(days) % 2 else Decimal(days[middle - 1] + days[middle]) / 2
    return Delays(len(days), days[0], median, days[-1])
