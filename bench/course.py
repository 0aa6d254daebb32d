"""The course on one database: fill, count, time, grow ten times, time again, let sixteen people write."""

import os
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench import table
from bench.addresses import time_addresses
from bench.answers import answering_address, grow_answers, let_answer
from bench.cast import Cast, assemble
from bench.clock import Address, NotServed, Times, side_by_side, together
from bench.dossiers import complete_drafts, grow_campaign, grow_tables
from bench.found import Course, Measure, Sizes
from bench.pages import FLOOR, PAGES, Page, chosen
from bench.reading import cookie, read
from bench.server import memory, served
from bench.weight import weights
from bench.writers import let_write

WRITERS, ANSWERS, RESULTS, ADDRESSES = "writers", "answers", "results", "addresses"


FULL = Sizes(small=2_000, large=20_000, rows=250, seconds=1.5, least=15, writing_seconds=5, answers=100_000)
QUICK = Sizes(small=200, large=2_000, rows=250, seconds=0.15, least=5, writing_seconds=1, answers=10_000)


def run(only: str | None, is_quick: bool) -> list[str]:
    """Measure and print; what is above its target, in sentences."""
    sizes, pages = QUICK if is_quick else FULL, chosen(only)
    call_command("migrate", verbosity=0)
    cast = assemble(timezone.now())
    say(f"remplissage : {sizes.small} dossiers, tableaux de {sizes.rows} × 6")
    complete_drafts(cast, 1)
    grow_tables(cast, sizes.rows)
    grow_campaign(cast, sizes.small)
    if any(page.key == RESULTS for page in pages):
        say(f"remplissage : {sizes.answers} réponses")
        grow_answers(cast, sizes.answers)
    settle()
    course = Course(database(), sizes, Measure(FLOOR, sizes.small, read(FLOOR, cast)))
    log = Path(os.environ["FAUBOURG_DATA"]) / "server.log"
    with served(dict(os.environ), log) as (port, pid):
        if pages:
            course.small = [
                Measure(page, sizes.small)
                if is_quick and page.is_a_table
                else measure(page, cast, port, sizes.small, sizes)
                for page in pages
            ]
            say(f"remplissage : {sizes.large} dossiers")
            grow_campaign(cast, sizes.large)
            settle()
            course.large = [measure(page, cast, port, sizes.large, sizes) for page in pages]
            measure_floor(course, cast, port)
            course.weight = weigh(cast, port)
            course.answering_weight = weights(Address(port, answering_address(cast), ""))[0]
            course.megabytes = memory(pid)
        if not only or ANSWERS in only:
            course.answering = let_answer(cast, port, sizes.writing_seconds)
    if not only or WRITERS in only:
        course.writing = let_write(cast, sizes.writing_seconds)
    if not only or ADDRESSES in only:
        course.finding = time_addresses(is_quick=is_quick)
    table.show(course)
    return table.above(course)


def say(what: str) -> None:
    print(f"… {what}", flush=True)


def settle() -> None:
    """What autovacuum or a checkpoint would have done by the time people come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)"
        )


def database() -> str:
    with connection.cursor() as cursor:
        query = "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
        cursor.execute(query)
        return f"{connection.display_name} {cursor.fetchone()[0]}"


def measure(page: Page, cast: Cast, port: int, dossiers: int, sizes: Sizes) -> Measure:
    """One page: its queries from inside, its times from outside beside the floor, alone then four at once."""
    found = Measure(page, dossiers)
    start = time.monotonic()
    try:
        found.reading = read(page, cast)
        if found.reading is None:
            found.trouble = "page absente"
            return found
        address = Address(port, str(page.url(cast)), cookie(page, cast))
        floor = Address(port, str(FLOOR.url(cast)), cookie(FLOOR, cast))
        found.times, found.floor = side_by_side(address, floor, sizes.seconds, sizes.least)
        if dossiers == sizes.large:
            found.crowd = together(address, 4, sizes.seconds / 2)
            found.crowd_floor = together(floor, 4, sizes.seconds / 4)
        found.compressed = address.compressed
    except Exception as problem:  # a page that breaks is a finding, not the end of the bench
        found.trouble = f"{type(problem).__name__} : {problem}"[:160]
    say(f"{page.label} à {dossiers} dossiers ({time.monotonic() - start:.1f} s) {found.trouble}")
    return found


def measure_floor(course: Course, cast: Cast, port: int) -> None:
    """F itself: the middle of all its turns, and its weight."""
    turns = [m.floor for m in (*course.small, *course.large) if m.floor]
    crowds = [m.crowd_floor for m in (*course.small, *course.large) if m.crowd_floor]
    if not turns:
        return
    course.floor.times = course.floor.floor = _pooled(turns)
    course.floor.crowd = course.floor.crowd_floor = _pooled(crowds)
    address = Address(port, str(FLOOR.url(cast)), cookie(FLOOR, cast))
    course.floor.compressed = weights(address)[1]


def _pooled(times: list[Times]) -> Times:
    return Times([one for some in times for one in some.milliseconds], sum(some.elapsed for some in times))


def weigh(cast: Cast, port: int) -> tuple[int, int] | None:
    """The list of dossiers (the home page while there is none): first visit, next ones."""
    for key in ("list", "home"):
        page = next(page for page in PAGES if page.key == key)
        url = page.url(cast)
        try:
            return weights(Address(port, url, cookie(page, cast))) if url else None
        except NotServed:
            continue
    return None
