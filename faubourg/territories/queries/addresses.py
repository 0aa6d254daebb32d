"""Find addresses in the books of the communes: three queries, for one address or for a thousand (GEO-3)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

from faubourg.territories.models import Address, AddressBook, Street
from faubourg.territories.rules.addresses.asked import Asked, is_only_type
from faubourg.territories.rules.addresses.matching import (
    LEAST,
    MOST,
    NO_CITY,
    NO_HOUSE,
    OTHER_POSTCODE,
    UNSURE,
    AddressType,
    Candidate,
    StreetIndex,
    is_same_city,
    ranked,
    same_suffix,
)

AT_ONCE = 1_000
"""Addresses answered with the same three queries."""
STREETS_KEPT = 200_000
"""Streets held in memory: those of some ten departments."""
LONGEST_NAME = 7
"""Words in the name of a commune."""


class Book(NamedTuple):
    pk: int
    insee_code: str
    name: str
    words: str
    postcodes: str


class Road(NamedTuple):
    pk: int
    book: Book
    name: str
    postcode: str
    former: str
    lon: float
    lat: float


class Place(NamedTuple):
    """Where an address is looked for: the communes, how sure they are, the street that is left."""

    books: list[Book]
    score: float
    street: str


class House(NamedTuple):
    suffix: str
    lon: float
    lat: float


class Finder:
    """The addresses known now. Whoever asks many times keeps it: the streets read serve again."""

    def __init__(self) -> None:
        rows = AddressBook.objects.values_list("pk", "insee_code", "name", "words", "postcodes")
        self._by_code: dict[str, Book] = {}
        self._by_postcode: dict[str, list[Book]] = defaultdict(list)
        self._by_words: dict[str, list[Book]] = defaultdict(list)
        for row in rows:
            book = Book(*row)
            self._by_code[book.insee_code] = book
            self._by_words[book.words].append(book)
            for postcode in book.postcodes.split():
                self._by_postcode[postcode].append(book)
        self._roads: dict[int, tuple[list[Road], StreetIndex]] = {}

    @property
    def is_empty(self) -> bool:
        return not self._by_code

    def find_all(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        """The likeliest first, for each; none when the commune is not known."""
        found = []
        for start in range(0, len(asked), AT_ONCE):
            found += self._find_some(asked[start : start + AT_ONCE])
        return found

    def _find_some(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        places = [self._place(one) for one in asked]
        self._read_roads({book for place in places for book in place.books})
        roads = [self._likely(place) for place in places]
        houses = _houses(
            {road.pk for some in roads for road, _ in some},
            {one.number for one in asked if one.number is not None},
        )
        return [
            ranked(
                [_on_road(one, road, score, houses.get((road.pk, one.number), [])) for road, score in some]
                or self._municipalities(one, place)
            )
            for one, place, some in zip(asked, places, roads, strict=True)
        ]

    def _place(self, asked: Asked) -> Place:
        """A commune by its code, else by its name where its postcode is, else by its name alone."""
        known = self._by_code.get(asked.insee_code)
        near = [known] if known else self._by_postcode.get(asked.postcode, [])
        street, city = (asked.line, asked.city) if asked.city else self._cut_city(asked, near)
        if known:
            return Place([known], 1, street)
        if not city:
            return Place(near, 1 if len(near) == 1 else NO_CITY, street)
        if named := [one for one in near if is_same_city(one.words, city)]:
            exact = [one for one in named if one.words == city]
            return Place(exact or named, 1, street)
        if elsewhere := self._by_words.get(city):
            return Place(elsewhere, OTHER_POSTCODE if asked.postcode else 1, street)
        return Place(near, UNSURE, street)

    def _cut_city(self, asked: Asked, near: Sequence[Book]) -> tuple[str, str]:
        """ "rue pont saint ambroix" → "rue pont", "saint ambroix": the longest end that is a commune."""
        names = {one.words for one in near} or self._by_words.keys()
        parts = asked.line.split()
        for length in range(min(LONGEST_NAME, len(parts)), 0, -1):
            street, city = " ".join(parts[:-length]), " ".join(parts[-length:])
            is_whole = not street and asked.number is None
            if city in names and (is_whole or not is_only_type(street)):
                return street, city
        return asked.line, ""

    def _read_roads(self, books: Collection[Book]) -> None:
        if sum(len(roads) for roads, _ in self._roads.values()) > STREETS_KEPT:
            self._roads.clear()
        missing = {book.pk: book for book in books if book.pk not in self._roads}
        roads: dict[int, list[Road]] = {pk: [] for pk in missing}
        words: dict[int, list[str]] = {pk: [] for pk in missing}
        fields = ("book", "pk", "name", "postcode", "former", "lon", "lat", "words")
        rows = Street.objects.filter(book__in=missing).order_by("pk").values_list(*fields)
        for book, pk, name, postcode, former, lon, lat, street in rows if missing else ():
            roads[book].append(Road(pk, missing[book], name, postcode, former, lon, lat))
            words[book].append(street)
        self._roads |= {pk: (roads[pk], StreetIndex(words[pk])) for pk in missing}

    def _likely(self, place: Place) -> list[tuple[Road, float]]:
        if is_only_type(place.street):
            return []
        found = [
            (roads[position], score * place.score)
            for roads, index in (self._roads[book.pk] for book in place.books)
            for position, score in index.best(place.street)
        ]
        return sorted(found, key=lambda one: -one[1])[:MOST]

    def _municipalities(self, asked: Asked, place: Place) -> list[Candidate]:
        """Nothing finer: the communes themselves, at the middle of their streets."""
        is_whole = not place.street and asked.number is None
        score = place.score if is_whole else LEAST * place.score
        return [
            Candidate(
                label=f"{book.postcodes.split(' ')[0]} {book.name}".strip(),
                type=AddressType.MUNICIPALITY,
                score=score,
                lon=sum(road.lon for road in roads) / len(roads),
                lat=sum(road.lat for road in roads) / len(roads),
                postcode=asked.postcode or book.postcodes.split(" ")[0],
                city=book.name,
                insee_code=book.insee_code,
            )
            for book in place.books[:MOST]
            if (roads := self._roads[book.pk][0])
        ]


def _houses(roads: Collection[int], numbers: Collection[int]) -> dict[tuple[int, int | None], list[House]]:
    """The houses with these numbers in these streets."""
    found: dict[tuple[int, int | None], list[House]] = defaultdict(list)
    if roads and numbers:
        rows = Address.objects.filter(street__in=roads, number__in=numbers).order_by("suffix", "pk")
        for road, number, suffix, lon, lat in rows.values_list("street", "number", "suffix", "lon", "lat"):
            found[road, number].append(House(suffix, lon, lat))
    return found


def _on_road(asked: Asked, road: Road, score: float, houses: Sequence[House]) -> Candidate:
    """The house when it is there; its neighbour of the same number, unsure; else the street."""
    former = f" ({road.former})" if road.former and road.former != road.book.name else ""
    end = f"{road.name}{former} {road.postcode} {road.book.name}"
    street = Candidate(
        label=end,
        type=AddressType.STREET,
        score=score if asked.number is None else score * NO_HOUSE,
        lon=road.lon,
        lat=road.lat,
        postcode=road.postcode,
        city=road.book.name,
        insee_code=road.book.insee_code,
    )
    if not houses:
        return street
    house = next((one for one in houses if same_suffix(one.suffix, asked.suffix)), None)
    if house is None:
        score = min(score, UNSURE)
    near = house or houses[0]
    number = f"{asked.number} {near.suffix}".strip()
    return replace(
        street,
        label=f"{number} {end}",
        type=AddressType.NUMBER,
        score=score,
        lon=near.lon,
        lat=near.lat,
    )
