"""What leaves the public page: the A3 poster to pin up where people pass, and the words as a table."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO

from faubourg.consultation.models import Contribution
from faubourg.thread.queries import Strand
from faubourg.thread.queries.pages import PublicPage
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.qr import qr_code
from faubourg.toolkit.tables import harmless
from faubourg.toolkit.typeset import typeset

MOST_STRANDS, MOST_LINES, MOST_SIGNS = 6, 2, 180
"""What one reads standing in front of a wall; the whole is on the page of the neighbourhood."""

COLUMNS = ("parole", "dite_le", "origine", "suite", "reponse", "objectif", "fictive")


def poster_pdf(page: PublicPage, *, address: str, now: datetime) -> bytes:
    """One A3 sheet, three columns; `address` leads to the whole page."""
    told_first = sorted(page.strands, key=lambda strand: (not strand.told, not strand.funded))
    shown = told_first[:MOST_STRANDS]
    data = {
        "title": f"Vous avez dit, nous avons décidé, ça a donné · {page.place.name}",
        "place": page.place.name,
        "address": address,
        "qr": qr_code(address),
        "rows": [_row(strand) for strand in shown],
        "mention": _mention(shown),
        "left": len(page.strands) - len(shown),
    }
    return typeset("thread/typst/poster.typ", data, now=now)


def csv_lines(page: PublicPage) -> Iterator[str]:
    """UTF-8 with its mark, semicolons: one line per published sentence and objective, no name (CON-8)."""
    yield "\ufeff" + _line(COLUMNS)
    for strand in page.strands:
        for one in strand.said:
            yield _line(_cells(one.contribution, strand.objective.label))
    for contribution in (*page.unlinked, *page.set_aside):
        yield _line(_cells(contribution, ""))


def _cells(contribution: Contribution, objective: str) -> list[str]:
    return [
        contribution.public_text,
        contribution.said_on.isoformat(),
        str(contribution.gathering or contribution.get_origin_display()),
        str(contribution.get_state_display()),
        contribution.reason,
        objective,
        "oui" if contribution.is_fictitious else "non",
    ]


def _line(cells: Sequence[str]) -> str:
    line = StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def _row(strand: Strand) -> dict[str, object]:
    said = [
        f"« {_short(one.contribution.public_text)} » ({format_day(one.contribution.said_on)})"
        for one in strand.said[:MOST_LINES]
    ]
    more = len(strand.said) - MOST_LINES
    decided = [
        f"{act.application.title}, par {act.application.applicant} : {format_euros(act.awarded_amount)}"
        for act in strand.funded[:MOST_LINES]
    ]
    told = [f"{one.get_outcome_display()} : {_short(one.text)}" for one in strand.told[:MOST_LINES]]
    return {
        "objective": strand.objective.label,
        "said": said + ([f"et {more} autre{'s' if more > 1 else ''}"] if more > 0 else []),
        "decided": decided or ["Pas encore d'action financée."],
        "told": told or ["Pas encore."],
    }


def _mention(strands: list[Strand]) -> str:
    """A demonstration on a wall must say that it is one."""
    is_invented = any(one.contribution.is_fictitious for strand in strands for one in strand.said)
    return "Démonstration : phrases et actions fictives." if is_invented else ""


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= MOST_SIGNS else f"{words[: MOST_SIGNS - 1]}…"
