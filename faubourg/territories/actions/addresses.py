"""Bring the addresses of a department, commune by commune: a commune is replaced whole (GEO-3)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from pathlib import Path

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.journal.actions import write
from faubourg.territories.models import Address, AddressBook, Source, Street
from faubourg.territories.rules.addresses.ban import FirstReading, Line, addresses
from faubourg.territories.rules.addresses.words import words
from faubourg.territories.states import SourceKind

AT_ONCE = 20_000
"""Lines held in memory at once."""
BATCH = 5_000


@dataclass
class Taken:
    """What was written: the lines and the communes that differed."""

    lines: int = 0
    communes: int = 0


def bring_addresses(
    path: Path, read: FirstReading, *, actor: User | None, now: datetime, dated: date | None = None
) -> Taken:
    """Replace each commune that the file gives otherwise; a second time changes nothing.

    One short transaction per commune, so that nobody waits; cut half-way, it is only to be run again.
    """
    same = AddressBook.objects.filter(source__sha256=read.sha256)
    kept = {code for code, lines in same.values_list("insee_code", "lines") if read.lines[code] == lines}
    taken = Taken()
    if kept == read.lines.keys():
        return taken
    source, _ = Source.objects.get_or_create(
        sha256=read.sha256,
        kind=SourceKind.ADDRESSES,
        defaults={
            "name": read.name[:200],
            "publisher": "BAN",
            "dated": dated,
            "received_at": now,
            "imported_at": now,
            "imported_by": actor,
        },
    )
    begun: set[str] = set()
    for code, lines in _by_commune(path, kept):
        _write_commune(code, lines, source, is_first=code not in begun)
        begun.add(code)
        taken.lines += len(lines)
    taken.communes = len(begun)
    counted = {
        "adresses": taken.lines,
        "communes": taken.communes,
        "lignes refusées": read.refused_count,
    }
    write(actor, "territories.bring_addresses", source, changes=counted)
    return taken


def _by_commune(path: Path, kept: set[str]) -> Iterator[tuple[str, list[Line]]]:
    """Lines that follow each other in one commune, at most AT_ONCE of them."""
    for code, group in groupby(addresses(path), key=lambda line: line.insee_code):
        while code not in kept and (lines := list(islice(group, AT_ONCE))):
            yield code, lines


@transaction.atomic
def _write_commune(code: str, lines: list[Line], source: Source, *, is_first: bool) -> None:
    """`is_first`: what was known of the commune goes; later lines of the same one are added."""
    told = {"name": lines[0].commune, "words": words(lines[0].commune)[:100], "source": source}
    book, _ = AddressBook.objects.update_or_create(insee_code=code, defaults=told)
    if is_first:
        Address.objects.filter(street__book=book).delete()
        Street.objects.filter(book=book).delete()
        book.lines, book.postcodes = 0, ""
    grouped: dict[tuple[str, str, str], list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.street, line.postcode, line.former].append(line)
    known = _streets(book)
    fresh = [_street(book, on_it) for key, on_it in grouped.items() if key not in known]
    known |= {_key(street): street.pk for street in Street.objects.bulk_create(fresh, batch_size=BATCH)}
    Address.objects.bulk_create(
        (
            Address(
                street_id=known[line.street, line.postcode, line.former],
                number=line.number,
                suffix=line.suffix,
                lon=line.lon,
                lat=line.lat,
            )
            for line in lines
            if line.number is not None
        ),
        batch_size=BATCH,
    )
    book.lines += len(lines)
    postcodes = {*book.postcodes.split(), *(line.postcode for line in lines if line.postcode)}
    book.postcodes = " ".join(sorted(postcodes))[:300]
    book.save(update_fields=("lines", "postcodes"))


def _streets(book: AddressBook) -> dict[tuple[str, str, str], int]:
    return {_key(street): street.pk for street in Street.objects.filter(book=book)}


def _key(street: Street) -> tuple[str, str, str]:
    return street.name, street.postcode, street.former


def _street(book: AddressBook, lines: list[Line]) -> Street:
    """Its point is that of the address in the middle."""
    middle = sorted(lines, key=lambda line: line.number or 0)[len(lines) // 2]
    return Street(
        book=book,
        name=middle.street,
        words=words(middle.street)[:200],
        postcode=middle.postcode,
        former=middle.former,
        lon=middle.lon,
        lat=middle.lat,
    )
