"""Does a text add up? Each answer is a sentence; nothing here blocks (DAT-3, GEO-4)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from faubourg.toolkit.money import NBSP, format_number, format_rate

ROUNDING = Decimal(1)
"""« 20 % » said for 20,5 %: a whole point is rounding, more is a gap worth saying."""


@dataclass(frozen=True)
class Finding:
    """What the computation says, and whether it agrees with the text."""

    agrees: bool
    sentence: str


def check_share(part: Decimal, whole: Decimal, stated: Decimal | None) -> Finding:
    """475 / 2 320 = 20,5 %, said « 20 % »: agrees. 1 250 / 3 324 = 37,6 %, said « 40 % »: does not."""
    if not whole:
        return Finding(False, "Le total est nul : la part ne se calcule pas.")
    computed = f"{format_number(part)} / {format_number(whole)} = {format_rate(part, whole)}"
    if stated is None:
        return Finding(True, f"{computed}.")
    share = (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    said = f"{format_number(stated)}{NBSP}%"
    if abs(share - stated) <= ROUNDING:
        return Finding(True, f"{computed} : le texte dit {said}, à l'arrondi près.")
    off = format_number(abs(share - stated))
    return Finding(False, f"{computed} : le texte dit {said}, soit {off} points d'écart.")


def check_whole(first: Decimal, second: Decimal) -> Finding:
    """Two shares that should make a hundred."""
    total = first + second
    sentence = (
        f"{format_number(first)} + {format_number(second)} = {format_number(total)}{NBSP}%, et non 100{NBSP}%"
    )
    if abs(total - 100) <= ROUNDING:
        return Finding(True, f"{format_number(first)} + {format_number(second)} font 100{NBSP}%.")
    return Finding(False, f"{sentence} : définitions à préciser.")


def check_unit(remark: str) -> Finding:
    """A unit the text leaves in doubt is always said."""
    return Finding(False, remark)
