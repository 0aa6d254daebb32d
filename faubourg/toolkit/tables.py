"""Workbooks that people open in a spreadsheet: numbers are numbers, days are days, no cell is a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.timezone import localtime

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
EUROS = '#,##0.00\\ "€"'


@dataclass(frozen=True)
class Sheet:
    """One sheet: a header that stays in sight, rows of plain values, widths in characters."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = field(default_factory=tuple)


def workbook(sheets: Iterable[Sheet], *, title: str, now: datetime) -> bytes:
    """An XLSX. A Decimal is an amount in euros, an int a number, a date a date, None an empty cell."""
    output = BytesIO()
    book = xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": localtime(now).replace(tzinfo=None)})
    formats = {
        "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}),
        "euros": book.add_format({"num_format": EUROS}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(_sheet_name(sheet.name)), sheet, formats)
    book.close()
    return output.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, even once saved as CSV."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    for column, label in enumerate(sheet.header):
        page.write_string(0, column, harmless(label), formats["header"])
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(page, last, column, value, formats)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(last, 1), len(sheet.header) - 1)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_cell(page: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    match value:
        case None:
            return
        case bool():
            page.write_string(row, column, "oui" if value else "non")
        case Decimal():
            page.write_number(row, column, value, formats["euros"])
        case int() | float():
            page.write_number(row, column, value)
        case datetime():
            page.write_datetime(row, column, localtime(value).replace(tzinfo=None), formats["day"])
        case date():
            page.write_datetime(row, column, value, formats["day"])
        case _:
            page.write_string(row, column, harmless(str(value)), formats["text"])


def _sheet_name(name: str) -> str:
    """31 signs at most, none of those Excel refuses."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:31]
