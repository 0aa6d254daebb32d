"""The number of a paper sheet: six digits and a key, so that a slip of the keyboard is seen."""

import re

from stdnum import luhn

MOST_BULLETINS = 500
"""Sheets of one batch: one file to print."""


def written(number: int) -> str:
    """ "000123-8"."""
    digits = f"{number:06d}"
    return f"{digits}-{luhn.calc_check_digit(digits)}"


def read(typed: str) -> int | None:
    """The number behind what was typed, or None when the key is wrong."""
    digits = re.sub(r"[\s.\u00a0-]", "", typed)
    if not re.fullmatch(r"\d{2,10}", digits, re.ASCII):
        return None
    digits = digits.zfill(7)
    return int(digits[:-1]) if luhn.is_valid(digits) else None
