"""Euros and cents: read as people type them, written as they read them. Always Decimal (FIN-3)."""

import re
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NBSP = "\u00a0"
_AMOUNT = re.compile(r"[+-]?(?:\d{1,20}\.?\d{0,5}|\.\d{1,5})", re.ASCII)
"""Digits, no exponent: "1e400" is nobody's amount, and would not fit a Decimal."""
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")


def parse_euros(text: str) -> Decimal:
    """Read "12 345,60 €", "12345,6", "12345.60". Raises ValueError with a French sentence."""
    cleaned = _SPACES.sub("", text).replace("€", "").replace("−", "-").replace(",", ".")
    if not _AMOUNT.fullmatch(cleaned):
        raise ValueError(f"« {text.strip()[:40]} » n'est pas un montant : écrivez par exemple 12 345,60.")
    amount = Decimal(cleaned)
    if amount != amount.quantize(CENT):
        raise ValueError("Un montant s'écrit avec deux chiffres au plus après la virgule.")
    return amount.quantize(CENT)


def format_euros(
    amount: Decimal | int | None, *, cents: bool | None = None, unknown: str = "à confirmer"
) -> str:
    """Write 12345.60 as "12 345,60 €"; None is "à confirmer". Round sums lose ",00" unless `cents`."""
    if amount is None:
        return unknown
    amount = Decimal(amount).quantize(CENT, ROUND_HALF_UP)
    show_cents = cents if cents is not None else amount != amount.to_integral_value()
    whole, _, fraction = f"{abs(amount):,.2f}".partition(".")
    sign = "−" if amount < 0 else ""
    return f"{sign}{whole.replace(',', NBSP)}{',' + fraction if show_cents else ''}{NBSP}€"


def format_rate(part: Decimal | int, whole: Decimal | int) -> str:
    """Write a share as "37,6 %"; a share of nothing is "–"."""
    if not whole:
        return "–"
    rate = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{rate:f}".replace(".", ",").removesuffix(",0")
    return f"{text}{NBSP}%"


def format_number(value: Decimal | int) -> str:
    """Write 19475 as "19 475" and 2.5000 as "2,5"."""
    whole, _, fraction = f"{Decimal(value):,f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", NBSP) + (f",{fraction}" if fraction else "")
