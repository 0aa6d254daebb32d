"""A budget from a workbook: read, compared with what is written, then taken over as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from python_calamine import CalamineError, load_workbook

from faubourg.accounts.models import User
from faubourg.applications import actions, rules
from faubourg.applications.models import BudgetFile
from faubourg.applications.queries import budget
from faubourg.applications.states import Part
from faubourg.toolkit.refusal import Refusal

UNREADABLE = "Ce fichier ne s'ouvre pas comme un classeur : ouvrez-le chez vous et enregistrez-le de nouveau."


@dataclass(frozen=True)
class Row:
    """One line of the preview: what becomes of it; None where there is no amount."""

    outcome: str
    account: str
    label: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Preview:
    """What the file would change, and what forbids it. Template: applications/import_budget.html."""

    rows: Sequence[Row]
    faults: Sequence[rules.Fault]
    lines: Sequence[tuple[str, str, Decimal]]
    asked: Mapping[int, Decimal | None]
    result: rules.Budget
    version: int

    @property
    def changes(self) -> list[Row]:
        return [row for row in self.rows if row.outcome != "inchangé"]


def preview(file: BudgetFile) -> Preview:
    """Read the file beside the budget as it is now. The envelopes it does not name are asked nothing."""
    application = file.application
    envelopes = list(application.call.envelopes.select_related("funder"))
    names = {one.pk: (str(one), one.funder.name, one.funder.short_name) for one in envelopes}
    read = _read(file, names)
    now = budget(application)
    asked = {one.pk: read.asked.get(one.pk) for one in envelopes}
    before = _summed([(line.account, line.label, line.amount) for line in now.lines])
    before |= {("74", one.funder): one.amount for one in now.asked}
    after = _summed(read.lines)
    after |= {("74", names[key][0]): amount for key, amount in asked.items() if amount}
    return Preview(
        rows=list(_rows(before, after)),
        faults=read.faults,
        lines=read.lines,
        asked=asked,
        result=_budget(read, names),
        version=int(application.step_versions.get(Part.BUDGET, {}).get("version", 0)),
    )


def bring(file: BudgetFile, *, actor: User, now: datetime, version: int) -> bool:
    """All or nothing; the second time, nothing is left to change. False when there was nothing to do."""
    found = preview(file)
    if found.faults:
        raise Refusal("Le classeur a des erreurs : rien n'est repris. Corrigez-le et envoyez-le de nouveau.")
    if not found.changes:
        return False
    actions.import_budget(
        file,
        found.lines,
        found.asked,
        actor=actor,
        now=now,
        seen=actions.Seen(version, f"classeur-{file.pk}"),
    )
    return True


def _read(file: BudgetFile, names: Mapping[int, Sequence[str]]) -> rules.ReadBudget:
    """The sheet that says most; a workbook that does not open says why."""
    try:
        with file.document.file.open("rb") as content:
            book = load_workbook(BytesIO(content.read()))
            sheets = [
                book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
            ]
    except (CalamineError, OSError, ValueError):
        return rules.ReadBudget(faults=[rules.Fault(1, "A", UNREADABLE)])
    found = [rules.read_budget(sheet, names) for sheet in sheets]
    return max(found, key=lambda one: len(one.lines) + len(one.asked), default=rules.ReadBudget())


def _summed(lines: Sequence[tuple[str, str, Decimal]]) -> dict[tuple[str, str], Decimal]:
    found: dict[tuple[str, str], Decimal] = {}
    for account, label, amount in lines:
        found[account, label] = found.get((account, label), Decimal()) + amount
    return found


def _rows(
    before: Mapping[tuple[str, str], Decimal], after: Mapping[tuple[str, str], Decimal]
) -> Iterator[Row]:
    for account, label in sorted({*before, *after}):
        then, now = before.get((account, label)), after.get((account, label))
        outcome = "nouveau" if then is None else "retiré" if now is None else "modifié"
        yield Row("inchangé" if then == now else outcome, account, label, then, now)


def _budget(read: rules.ReadBudget, names: Mapping[int, Sequence[str]]) -> rules.Budget:
    accounts = [(rules.account_named(account), label, amount) for account, label, amount in read.lines]
    return rules.Budget(
        lines=tuple(
            rules.Line(account.side, account.code, amount, label)
            for account, label, amount in accounts
            if account
        ),
        asked=tuple(rules.Asked(names[key][0], amount, key) for key, amount in read.asked.items()),
    )
