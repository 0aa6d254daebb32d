"""What the bench prints: one line per page, and what is above its target."""

from bench.found import Course, Measure
from bench.pages import DEEP, LIST

QUERIES, GROWTH, DEPTH, MEGABYTES, FIRST_KB, NEXT_KB = 12, 1.2, 1.2, 250, 120, 40
"""The targets that every page shares."""
ANSWERING_KB = 60
"""The page of residents, whom nobody asked to have a good telephone."""
ENOUGH = 15
"""Answers below which a growth is shown, not judged."""
HEADER = (
    "page",
    "dossiers",
    "lignes",
    "req.",
    "ko gz",
    "p50 ms",
    "×F",
    "cible",
    "×10",
    "4 cl. ms",
    "×F",
    "/s",
    "",
)
WIDTHS = (26, 8, 6, 5, 6, 8, 5, 8, 5, 8, 5, 6, 0)


def show(course: Course) -> None:
    print(f"\n=== {course.database} ===")
    print(line(HEADER))
    print(line(cells(course.floor, None, [])))
    for small, large in zip(course.small, course.large, strict=True):
        if large.page.key == LIST:
            print(line(cells(small, None, faults(small, None))))
        print(line(cells(large, growth(small, large), faults(large, growth(small, large)))))
    for sentence in others(course):
        print(sentence)


def line(values: tuple[str, ...]) -> str:
    first, *rest = [
        f"{value:<{width}}" if n == 0 else f"{value:>{width}}"
        for n, (value, width) in enumerate(zip(values, WIDTHS, strict=True))
    ]
    return " ".join([first, *rest])


def cells(found: Measure, grown: float | None, wrong: list[str]) -> tuple[str, ...]:
    page = found.page
    start = (page.label, str(found.dossiers), str(page.rows))
    if found.trouble:
        return (*start, *[""] * 9, f"✗ {found.trouble}")
    crowd, crowd_floor = found.crowd, found.crowd_floor
    target = f"{page.milliseconds:.0f} ms" if page.milliseconds else f"≤ {page.floors:g} F"
    return (
        *start,
        str(found.reading.queries) if found.reading else "",
        f"{found.compressed / 1000:.1f}",
        number(found.times.p50 if found.times else None),
        number(found.floors),
        target,
        number(grown, 2),
        number(crowd.p50 if crowd else None),
        number(crowd.p50 / crowd_floor.p50 if crowd and crowd_floor else None),
        number(crowd.per_second if crowd else None, 0),
        f"✗ {', '.join(wrong)}" if wrong else "✓",
    )


def number(value: float | None, digits: int = 1) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def growth(small: Measure, large: Measure) -> float | None:
    """How much dearer with ten times as many dossiers; in floors, so that the machine's mood cancels out."""
    return large.calm_floors / small.calm_floors if large.calm_floors and small.calm_floors else None


def faults(found: Measure, grown: float | None) -> list[str]:
    """What is above its target on one line."""
    wrong = []
    if found.trouble:
        return [found.trouble]
    if found.reading and found.reading.queries > QUERIES:
        wrong.append(f"{found.reading.queries} requêtes")
    if found.page.milliseconds is None and found.floors and found.floors > found.page.floors:
        wrong.append(f"{found.floors:.1f} F")
    if found.page.milliseconds and found.times and found.times.p50 > found.page.milliseconds:
        wrong.append(f"{found.times.p50:.0f} ms")
    if grown and grown > GROWTH and found.times and len(found.times.milliseconds) >= ENOUGH:
        wrong.append(f"croît de {grown:.2f}")
    return wrong


def others(course: Course) -> list[str]:
    """The lines under the table: depth, weight, memory, writers."""
    lines = []
    if (ratio := depth(course)) is not None:
        lines.append(f"{tick(ratio <= DEPTH)} dernière page / page 1 : {ratio:.2f} (cible {DEPTH})")
    if course.weight:
        first, following = (size / 1000 for size in course.weight)
        lines.append(f"{tick(first <= FIRST_KB)} première visite : {first:.0f} ko (cible {FIRST_KB})")
        lines.append(f"{tick(following <= NEXT_KB)} pages suivantes : {following:.1f} ko (cible {NEXT_KB})")
    if course.megabytes:
        web, letters = course.megabytes
        lines.append(
            f"{tick(web <= MEGABYTES)} mémoire du serveur et de ses deux ouvriers : {web:.0f} Mo "
            f"(cible {MEGABYTES}) ; de l'envoi des courriels : {letters:.0f} Mo"
        )
    if course.answering_weight:
        size, most = course.answering_weight / 1000, ANSWERING_KB
        lines.append(f"{tick(size <= most)} page de réponse, tout compris : {size:.0f} ko (cible {most})")
    lines += [sentence for sentence in (course.writing, course.answering, course.finding) if sentence]
    return lines


def depth(course: Course) -> float | None:
    floors = {found.page.key: found.floors for found in course.large}
    first, last = floors.get(LIST), floors.get(DEEP)
    return last / first if first and last else None


def tick(is_kept: bool) -> str:
    return "✓" if is_kept else "✗"


def above(course: Course) -> list[str]:
    """Everything above its target, in short sentences."""
    found = []
    for small, large in zip(course.small, course.large, strict=True):
        wrong = faults(large, growth(small, large))
        found += [f"{large.page.label} : {', '.join(wrong)}"] if wrong else []
    return found + [sentence[2:] for sentence in others(course) if sentence.startswith("✗")]
