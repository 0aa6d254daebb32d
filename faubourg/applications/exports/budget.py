"""The budget as a workbook that counts by itself: sums, totals, balance. It comes back by `imports`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.timezone import localtime

from faubourg.applications import rules
from faubourg.applications.models import Application
from faubourg.applications.queries import budget
from faubourg.applications.states import Side
from faubourg.toolkit.tables import EUROS, harmless

SPARE = 2
"""Empty rows under each account, to type in."""
TITLES = {
    Side.EXPENSE: "CHARGES",
    Side.INCOME: "PRODUITS",
    Side.IN_KIND_USE: "CONTRIBUTIONS VOLONTAIRES : EMPLOIS (86), hors du total",
    Side.IN_KIND_RESOURCE: "CONTRIBUTIONS VOLONTAIRES : RESSOURCES (87), hors du total",
}
Lines = Sequence[tuple[str, Decimal | None]]


def budget_xlsx(application: Application, *, now: datetime) -> bytes:
    """One sheet, one list of accounts: number, label, amount; formulas for every sum."""
    output = BytesIO()
    book = xlsxwriter.Workbook(
        output, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"Budget, {application}", "created": localtime(now).replace(tzinfo=None)})
    _Sheet(book, application).write(budget(application))
    book.close()
    return output.getvalue()


class _Sheet:
    """The sheet, written from top to bottom; formulas carry their value for readers that do not compute."""

    def __init__(self, book: Any, application: Application) -> None:
        self.page, self.application, self.row = book.add_worksheet("Budget"), application, 0
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.title = book.add_format({"bold": True, "bg_color": "#E3EEEC"})
        self.euros = book.add_format({"num_format": EUROS})
        self.sum = book.add_format({"bold": True, "num_format": EUROS, "bottom": 1})

    def write(self, found: rules.Budget) -> None:
        self.page.set_column(0, 0, 10)
        self.page.set_column(1, 1, 60)
        self.page.set_column(2, 2, 18, self.euros)
        self._text(0, str(self.application), self.bold)
        self._next()
        for column, head in enumerate(("Compte", "Libellé", "Montant")):
            self._text(column, head, self.bold)
        self._next()
        self.page.freeze_panes(self.row, 0)
        totals = {side: self._side(side, found) for side in rules.SIDES}
        expenses, incomes = totals[Side.EXPENSE], totals[Side.INCOME]
        self._text(1, "Écart : produits moins charges", self.bold)
        self._formula(f"=C{incomes}-C{expenses}", found.gap)
        self.page.write_formula(
            self.row, 3, f'=IF(ROUND(C{self.row + 1},2)=0,"équilibré","à équilibrer")', None,
            "équilibré" if found.is_balanced else "à équilibrer",
        )  # fmt: skip
        self.page.fit_to_pages(1, 0)

    def _side(self, side: Side, found: rules.Budget) -> int:
        """Returns the row of its total, as formulas name it."""
        self._text(1, TITLES[side], self.title)
        self._next()
        sums = []
        if side == Side.INCOME:
            asked = {one.envelope_id: one.amount for one in found.asked}
            envelopes = self.application.call.envelopes.select_related("funder").order_by("position", "id")
            rows = [(str(one), asked.get(one.pk)) for one in envelopes]
            sums.append(self._account("74", "Demandé dans cet appel", rows, spare=0))
        written = {section.account.code: section for section in found.sections(side)}
        codes = {account.code: account for account in rules.accounts_of(side)}
        codes |= {code: section.account for code, section in written.items() if code not in codes}
        for code, account in codes.items():
            lines = written[code].lines if code in written else ()
            sums.append(self._account(code, account.label, [(one.label, one.amount) for one in lines]))
        self._text(1, f"Total {TITLES[side].lower()}", self.bold)
        total = found.incomes if side == Side.INCOME else found.side(side)
        self._formula("=" + "+".join(f"C{row}" for row in sums), total)
        last = self.row + 1
        self._next()
        self._next()
        return last

    def _account(self, code: str, label: str, lines: Lines, spare: int = SPARE) -> int:
        self._text(0, code, self.bold)
        self._text(1, label, self.bold)
        top = self.row + 1
        last = top + max(len(lines) + spare, 1)
        self._formula(f"=SUM(C{top + 1}:C{last})", rules.total(_given(lines)))
        for text, amount in [*lines, *[("", None)] * (last - top - len(lines))]:
            self._next()
            self._text(1, text)
            if amount is not None:
                self.page.write_number(self.row, 2, amount, self.euros)
        self._next()
        return top

    def _text(self, column: int, text: str, style: Any = None) -> None:
        if text:
            self.page.write_string(self.row, column, harmless(text), style)

    def _formula(self, formula: str, value: Decimal) -> None:
        self.page.write_formula(self.row, 2, formula, self.sum, value)

    def _next(self) -> None:
        self.row += 1


def _given(lines: Lines) -> Iterable[Decimal]:
    return (amount for _, amount in lines if amount is not None)
