"""Which street is meant, typing mistakes and all, and how sure that is: a score between 0 and 1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from faubourg.territories.rules.addresses.words import split_type


class AddressType(StrEnum):
    """How finely an address is known: the words of the national geocoder."""

    NUMBER = "housenumber"
    STREET = "street"
    LOCALITY = "locality"
    MUNICIPALITY = "municipality"


IN_WORDS = {
    AddressType.NUMBER: "au numéro",
    AddressType.STREET: "à la rue",
    AddressType.LOCALITY: "au lieu-dit",
    AddressType.MUNICIPALITY: "à la commune",
}
SURE = 0.7
"""Below this score a house number gives no firm verdict (formats, section 3)."""
CLOSE = 0.05
"""Two answers whose scores differ by less are both possible."""
UNSURE = 0.65
"""What is known to be only nearly right: « 12 » for « 12 bis », a name with a word too many."""
LEAST = 0.35
"""Below, a street is another one; a commune found for a street that is not has that score."""
OTHER_TYPE, NO_TYPE = 0.65, 0.95
"""« avenue » for « rue » is another street; a type left out is not."""
NO_CITY, OTHER_POSTCODE, NO_HOUSE = 0.9, 0.85, 0.8
"""The postcode alone, of several communes; a commune that has another one; a number the street has not."""
NEAR_NAME = 85
"""Out of 100, how alike the names of two communes of one postcode are when one is mistyped."""
MOST = 5
"""Candidates worth reading."""


@dataclass(frozen=True)
class Candidate:
    """One answer. `is_sure`: fine, likely and alone enough for a firm verdict."""

    label: str
    type: AddressType
    score: float
    lon: float
    lat: float
    postcode: str
    city: str
    insee_code: str
    is_sure: bool = False

    @property
    def in_words(self) -> str:
        return f"{IN_WORDS[self.type]}, ressemblance de {self.score:.0%}".replace("%", "\u00a0%")

    @property
    def doubt(self) -> str:
        """Why it gives no firm verdict; "" when it does."""
        if self.is_sure:
            return ""
        if self.type != AddressType.NUMBER:
            return f"l'adresse n'est connue qu'{IN_WORDS[self.type]}, et non au numéro"
        if self.score < SURE:
            return "l'adresse trouvée ressemble mal à celle que vous avez écrite"
        return "une autre adresse ressemble autant à celle que vous avez écrite"


class StreetIndex:
    """The streets of a commune, ready to be asked; each is known by its position."""

    def __init__(self, streets: Sequence[str]) -> None:
        """`streets`: as `words` writes them."""
        self._whole: dict[str, list[int]] = {}
        self._types, self._names = [], []
        for position, street in enumerate(streets):
            self._whole.setdefault(street, []).append(position)
            kind, name = split_type(street)
            self._types.append(kind)
            self._names.append(name)

    def best(self, street: str) -> list[tuple[int, float]]:
        """The likeliest streets with their scores, the best first. An exact name leaves no other."""
        if exact := self._whole.get(street):
            return [(position, 1.0) for position in exact]
        kind, name = split_type(street)
        near = process.extract(name, self._names, scorer=fuzz.ratio, score_cutoff=60, limit=4 * MOST)
        found = {position: self._weighed(kind, position, ratio / 100) for _, ratio, position in near}
        if max(found.values(), default=0) < SURE:
            parts = process.extract(
                name, self._names, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=MOST
            )
            for _, _, position in parts:
                found[position] = max(found.get(position, 0), UNSURE)
        kept = [(position, score) for position, score in found.items() if score >= LEAST]
        return sorted(kept, key=lambda one: (-one[1], one[0]))[:MOST]

    def _weighed(self, kind: str, position: int, ratio: float) -> float:
        """Squared: a letter of difference makes another street of a short name, not of a long one."""
        other = self._types[position]
        if kind == other:
            return ratio**2
        return ratio**2 * (OTHER_TYPE if kind and other else NO_TYPE)


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The likeliest first; it is sure when it is a house number, likely, and the others are far behind."""
    found = sorted(candidates, key=lambda one: -one.score)
    for best in found[:1]:
        is_alone = all(one.score < best.score - CLOSE for one in found[1:])
        is_sure = best.type == AddressType.NUMBER and best.score >= SURE and is_alone
        found[0] = replace(best, is_sure=is_sure)
    return found


def is_same_city(one: str, other: str) -> bool:
    """ "saint ambroix" and "saint ambrois"."""
    return fuzz.ratio(one, other) >= NEAR_NAME


def same_suffix(one: str, other: str) -> bool:
    """« bis » is also written « b »."""
    return one == other or (one[:1] == other[:1] and 1 in (len(one), len(other)))
