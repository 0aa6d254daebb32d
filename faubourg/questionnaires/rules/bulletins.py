"""The number of a paper sheet: six digits and a key, so that a slip of the keyboard is seen.

Numbers follow each other: whoever holds a sheet knows its neighbours. Online, five letters go with the
number, that nobody computes without the secret of the batch.
"""

import hmac
import re

from stdnum import luhn

MOST_BULLETINS = 500
"""Sheets of one batch: one file to print."""
LETTERS, LENGTH = "abcdefghjkmnpqrstuvwxyz", 5
"""No letter that is taken for a digit."""


def written(number: int) -> str:
    """ "000123-8"."""
    digits = f"{number:06d}"
    return f"{digits}-{luhn.calc_check_digit(digits)}"


def letters(number: int, secret: str) -> str:
    """What proves that one holds the sheet; nothing for a batch printed before sheets had letters."""
    if not secret:
        return ""
    drawn = hmac.digest(secret.encode(), str(number).encode(), "sha256")
    return "".join(LETTERS[byte % len(LETTERS)] for byte in drawn[:LENGTH])


def with_letters(number: int, secret: str) -> str:
    """ "000123-8-kmptz": the sheet, as one names it online."""
    return f"{written(number)}-{letters(number, secret)}".rstrip("-")


def read(typed: str) -> int | None:
    """The number behind what was typed, with or without its letters; None when the key is wrong."""
    found = _parts(typed)
    digits = found[1].zfill(7) if found else ""
    return int(digits[:-1]) if digits and luhn.is_valid(digits) else None


def is_held(typed: str, secret: str) -> bool:
    """Whether the letters typed are those of the number typed."""
    found, number = _parts(typed), read(typed)
    if found is None or number is None:
        return False
    return hmac.compare_digest(found[2], letters(number, secret))


def _parts(typed: str) -> re.Match[str] | None:
    plain = re.sub(r"[\s.\u00a0-]", "", typed).lower()
    return re.fullmatch(r"(\d{2,10})([a-z]*)", plain, re.ASCII)
