"""An address as people write it, cut in its parts: « 12 bis r. de la République 30500 St Ambroix »."""

import re
from dataclasses import dataclass

from faubourg.territories.rules.addresses.words import LONGEST, TYPES, split_type, words
from faubourg.toolkit.folding import fold

POSTCODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
CEDEX = re.compile(r"\bcedex(?:\s+\d{1,2})?\b")
# A number, what follows it (« bis », « 12b », « 12 b rue »), then « 8/10 » and « 8-10 », whose first counts.
NUMBER = re.compile(
    r"(?<![\w/])(\d{1,4})(?:([a-h])(?!\w)|\s?(bis|ter|quater|quinquies)\b)?"
    r"(?:\s?[-/]\s?\d{1,4}(?:[a-h](?!\w)|\s?(?:bis|ter|quater)\b)?)*[\s,]+"
)
PARCEL = re.compile(r"\b(?:parcelle|cadastr|section|lot n)")
LONE_LETTER = re.compile(r"([a-h])[\s,]+(?=\w{2,})")


@dataclass(frozen=True)
class Asked:
    """One address to find. `city`: the words after the postcode; `line`: those before, number taken off."""

    number: int | None
    suffix: str
    line: str
    postcode: str = ""
    city: str = ""
    insee_code: str = ""
    text: str = ""
    """The whole as it was written, for who finds addresses elsewhere."""


def read_address(text: str, *, postcode: str = "", city: str = "", insee_code: str = "") -> Asked:
    """Cut one line. What other columns give is surer than what the line says."""
    text, postcode, city = (_on_one_line(part) for part in (text, postcode, city))
    plain = CEDEX.sub(" ", fold(text))
    before, found, after = plain, "", ""
    if codes := list(POSTCODE.finditer(plain)):
        last = codes[-1]
        before, found, after = plain[: last.start()], last[1], plain[last.end() :]
    number, suffix, street = _take_number(before)
    return Asked(
        number,
        suffix,
        words(street),
        postcode if POSTCODE.fullmatch(postcode) else found,
        words(CEDEX.sub(" ", fold(city)) or after),
        insee_code.strip().upper(),
        " ".join(part for part in (text, postcode, city) if part),
    )


def _on_one_line(text: str) -> str:
    return " ".join(text[:LONGEST].replace("\0", " ").split())


def _take_number(before: str) -> tuple[int | None, str, str]:
    """The number that stands first, or the one that stands before a type of street; what remains."""
    for found in NUMBER.finditer(before):
        if PARCEL.search(before[: found.start()]):
            break
        rest = before[found.end() :]
        letter = LONE_LETTER.match(rest)
        if letter and split_type(words(rest[letter.end() :]))[0]:
            found_suffix, rest = letter[1], rest[letter.end() :]
        else:
            found_suffix = found[2] or found[3] or ""
        is_first = not before[: found.start()].strip(" ,")
        if is_first or split_type(words(rest))[0]:
            return int(found[1]), found_suffix, rest
    return None, "", before


def is_only_type(street: str) -> bool:
    """ "rue" alone names no street."""
    return not street or street in TYPES
