"""Addresses found per second in a made-up department, in the database of the run (GEO-3).

Half are written as the file has them, half with a letter left out. Target: a file of 50 000 in less than a
minute, which is 1 000 addresses per second.
"""

import gzip
import random
import tempfile
import time
from pathlib import Path

from django.utils import timezone

from faubourg.territories.actions import bring_addresses
from faubourg.territories.queries.addresses import Finder
from faubourg.territories.rules.addresses.asked import read_address
from faubourg.territories.rules.addresses.ban import COLUMNS, first_reading

COMMUNES, STREETS, NUMBERS, ASKED = 50, 60, 10, 10_000
SEED, TARGET = 30227, 1_000
SYLLABLES = ("ba", "co", "da", "fi", "go", "lu", "ma", "ne", "pi", "ro", "sa", "tu", "va", "zé")


def time_addresses(*, is_quick: bool) -> str:
    """One sentence, ✓ or ✗ first."""
    chance = random.Random(SEED)  # noqa: S311 -- made-up names
    lines = [line for number in range(COMMUNES) for line in _commune(chance, number)]
    started = time.perf_counter()
    _bring(lines)
    brought = len(lines) / (time.perf_counter() - started)
    texts = [_typed(chance, *chance.choice(lines)) for _ in range(ASKED // 10 if is_quick else ASKED)]
    started = time.perf_counter()
    found = Finder().find_all([read_address(text) for text in texts])
    speed = len(texts) / (time.perf_counter() - started)
    missed = sum(not some for some in found)
    verdict = "✓" if speed >= TARGET and not missed else "✗"
    return (
        f"{verdict} adresses trouvées : {speed:.0f}/s (cible {TARGET}/s), "
        f"{missed} introuvables sur {len(texts)} ; chargées : {brought:.0f}/s"
    )


def _commune(chance: random.Random, number: int) -> list[tuple[str, ...]]:
    """Lines in the order of COLUMNS."""
    place = (f"30{number:03d}", f"30{number + 1:03d}", _name(chance))
    return [
        (str(rank), "", street, *place, f"{4 + number / 100:.6f}", f"{44 + rank / 10_000:.6f}")
        for street in (f"Rue de {_name(chance)}" for _ in range(STREETS))
        for rank in range(1, NUMBERS + 1)
    ]


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=4)).title()


def _typed(chance: random.Random, *line: str) -> str:
    number, _, street, postcode, _, commune, *_ = line
    gone = chance.randrange(7, len(street))
    street = street[:gone] + street[gone + 1 :] if chance.random() < 0.5 else street
    return f"{number} {street} {postcode} {commune}"


def _bring(lines: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory(prefix="faubourg-bench-addresses-") as folder:
        path = Path(folder, "adresses.csv.gz")
        path.write_bytes(gzip.compress("\n".join(map(";".join, (COLUMNS, *lines))).encode()))
        bring_addresses(path, first_reading(path), actor=None, now=timezone.now())
