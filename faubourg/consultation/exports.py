"""The facilitators' sheets of a gathering, one page per table, with the way to type it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from faubourg.consultation.models import Gathering, GatheringQuestion, GatheringTable
from faubourg.toolkit.days import format_day
from faubourg.toolkit.qr import qr_code
from faubourg.toolkit.typeset import typeset


def sheets_pdf(
    gathering: Gathering,
    *,
    tables: Sequence[GatheringTable],
    questions: Sequence[GatheringQuestion],
    address_of: Callable[[GatheringTable | None], str],
    now: datetime,
) -> bytes:
    """A sheet per table, or a single one when the gathering has no table."""
    where = [gathering.hour, gathering.place]
    sheets: list[GatheringTable | None] = list(tables) or [None]
    pages = [
        {
            "table": str(table) if table else "Toute la salle",
            "questions": [question.text for question in questions] or ["Ce que disent les habitants"],
            "address": address_of(table),
            "qr": qr_code(address_of(table)),
        }
        for table in sheets
    ]
    data = {
        "title": f"Fiches d'animation · {gathering.title}",
        "gathering": gathering.title,
        "consultation": gathering.consultation.title,
        "day": format_day(gathering.held_on),
        "where": ", ".join(part for part in where if part),
        "sheets": pages,
    }
    return typeset("consultation/typst/sheets.typ", data, now=now)
