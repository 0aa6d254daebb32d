"""The programming table: dossiers × funders, in a fixed number of queries, cells ready to print."""

from faubourg.awards.queries.programme.coverage import Coverage, CoverageLine
from faubourg.awards.queries.programme.shown import Cell, Filters, Programme, Row
from faubourg.awards.queries.programme.table import programme, programme_call_for, target_rate, with_target

__all__ = [
    "Cell",
    "Coverage",
    "CoverageLine",
    "Filters",
    "Programme",
    "Row",
    "programme",
    "programme_call_for",
    "target_rate",
    "with_target",
]
