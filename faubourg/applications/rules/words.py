"""Numbers and words: how a dossier is named, and how people look for it."""

import re
import unicodedata
from difflib import SequenceMatcher

NEAR = 0.8
"""Two titles are near when four fifths of their letters follow each other (PRG-5: it only warns)."""

LONGEST_SEARCH = 100
"""Signs of a search that count: nobody types more, and each word is a question to the database."""

_CODE = re.compile(r"(?<![\w.-])\d{1,2}(?:\.\d{1,2})+(?![\w.-])", re.ASCII)
_SIGNS = re.compile(r"[^a-z0-9]+")


def numbered(year: int, rank: int) -> str:
    """The number given at filing: 2027-014."""
    return f"{year}-{rank:03d}"


def normalise(text: str) -> str:
    """ "L'Écusson, n° 2" becomes "l ecusson n 2": no accent, no capital, no sign."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return _SIGNS.sub(" ", plain.casefold()).strip()


def search_text(number: str, title: str) -> str:
    """What the search of a list reads in the dossier itself; the applicant is looked for by name."""
    return " ".join(filter(None, map(normalise, (number, title))))[:500]


def words_of(typed: str) -> list[str]:
    """What is typed in a search, word by word; the "l" of "l'école" counts only when it is all there is."""
    words = normalise(typed[:LONGEST_SEARCH]).split()
    return [word for word in words if len(word) > 1 or word.isdigit()] or words


def codes_of(typed: str) -> tuple[list[str], str]:
    """The codes of objectives among what is typed ("1.2"), and the rest."""
    return _CODE.findall(typed[:LONGEST_SEARCH]), _CODE.sub(" ", typed)


def is_near(title: str, other: str) -> bool:
    """Would one take one action for the other by its title? (PRG-5)"""
    first, second = normalise(title), normalise(other)
    if not first or not second:
        return False
    return any(_likeness(*pair) >= NEAR for pair in ((first, second), (_sorted(first), _sorted(second))))


def _likeness(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _sorted(text: str) -> str:
    """The same words in another order are the same title."""
    return " ".join(sorted(text.split()))
