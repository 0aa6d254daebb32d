"""The worklist as a workbook: what is filtered, in the columns chosen."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from faubourg.appraisal.queries import COLUMNS, Row
from faubourg.toolkit.tables import Sheet, workbook


def worklist_xlsx(rows: Iterable[Row], columns: Sequence[str], *, now: datetime) -> bytes:
    """Amounts are numbers, days are dates; number and title come first."""
    sheet = Sheet(
        "Dossiers",
        ["Numéro", "Intitulé", *(COLUMNS[name] for name in columns)],
        [[row.application.number, row.application.title, *(value for _, value in row.cells)] for row in rows],
        [12, 50, *(22 for _ in columns)],
    )
    return workbook([sheet], title="Dossiers déposés", now=now)
