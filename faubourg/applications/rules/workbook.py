"""A budget read from a workbook as people have them: one column of accounts or two side by side, any heading.

Cells are plain values. An account begins with its number (« 60 Achats », « 6061 », « 74E ») or is written by
its name; the lines under it, without a number, are its details. Totals are read over. What cannot be read is
a Fault with its row and its column: nothing is guessed, nothing is dropped in silence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from faubourg.applications.rules.accounts import ACCOUNTS, Account, account_named
from faubourg.applications.rules.words import normalise
from faubourg.applications.states import Side
from faubourg.toolkit.money import CENT, format_euros, parse_euros

Grid = Sequence[Sequence[object]]

LINES_MAXIMUM = 40
"""Lines one account may hold: beyond, a page is no longer readable."""
LONGEST_LABEL = 150
GREATEST = Decimal(10) ** 10
_CODE = re.compile(r"\s*(\d{2,6}|74[A-Z]|CI|RP)(?:\.0)?(?:\s*[-–.:)]\s*|\s+|$)(.*)", re.DOTALL)
_NAMES = {normalise(one.label): one for one in ACCOUNTS if one.side in (Side.EXPENSE, Side.INCOME)}
_PARENTS = ("86", "87")
"""Accounts that are only the sum of those that follow them."""
_KINDS = (
    ("74E", ("etat", "ministere", "prefecture", "dreets", "drac", "anct")),
    ("74R", ("region", "regional")),
    ("74D", ("departement", "departemental")),
    (
        "74C",
        ("commune", "communes", "communaute", "intercommunalite", "mairie", "ville", "agglomeration", "cc"),
    ),
    ("74S", ("caf", "msa", "cpam", "sociaux")),
    ("74U", ("europe", "europeens", "fse", "feder")),
    ("74A", ("asp", "emplois", "aides")),
    ("74F", ("fondation", "mecenat", "prive", "privees")),
)
"""Who is meant by a line written under « 74 Subventions », when it is no funder of the call."""


@dataclass(frozen=True)
class Fault:
    """What cannot be read, and where: rows from 1, columns by their letter, as a spreadsheet shows them."""

    row: int
    column: str
    sentence: str


@dataclass
class Group:
    """An account as it stands in the sheet: its own amount (often a sum), and the lines under it."""

    account: Account
    row: int
    column: int
    label: str = ""
    amount: Decimal | None = None
    details: list[tuple[str, Decimal]] = field(default_factory=list)


@dataclass(frozen=True)
class ReadBudget:
    """What the file says: lines as `save_part` takes them, amounts by envelope, what is not readable."""

    lines: Sequence[tuple[str, str, Decimal]] = ()
    asked: Mapping[int, Decimal] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


def read_budget(grid: Grid, funders: Mapping[int, Sequence[str]]) -> ReadBudget:
    """`funders`: {envelope: the names it goes by}; a line of account 74 by such a name is what is asked."""
    faults: list[Fault] = []
    groups = [group for block in _blocks(grid) for group in _groups(grid, *block, faults)]
    if not groups:
        why = (
            "Aucun compte n'est reconnu : écrivez leur numéro (60, 74…) dans une colonne, le montant à côté."
        )
        return ReadBudget(faults=[Fault(1, "A", why)])
    lines: list[tuple[str, str, Decimal]] = []
    asked: dict[int, Decimal] = {}
    for group in groups:
        for label, amount in _lines_of(group, groups, faults):
            envelope = _funder(label, funders) if group.account.code == "74" else None
            if envelope is not None:
                asked[envelope] = asked.get(envelope, Decimal()) + amount
            else:
                lines.append((_account_of(group.account.code, label), label, amount))
    for code in sorted({code for code, *_ in lines}):
        if sum(1 for one, *_ in lines if one == code) > LINES_MAXIMUM:
            where = next(group for group in groups if group.account.code[:2] == code[:2])
            faults.append(
                Fault(
                    where.row + 1,
                    _letter(where.column),
                    f"Le compte {code} a plus de {LINES_MAXIMUM} lignes.",
                )
            )
    return ReadBudget(lines, asked, sorted(faults, key=lambda fault: (fault.row, fault.column)))


# Where things stand ----------------------------------------------------------------------------------


def _blocks(grid: Grid) -> Iterator[tuple[int, int, int]]:
    """(column of the accounts, column of the amounts, first row) for each list of accounts of the sheet."""
    width = max((len(row) for row in grid), default=0)
    found = {column: rows for column in range(width) if (rows := _coded(grid, column))}
    if numbered := {column: rows for column, rows in found.items() if _has_numbers(grid, column, rows)}:
        found = numbered
    columns = [column for column, rows in found.items() if len(rows) > 1 or len(found) == 1]
    for rank, column in enumerate(columns):
        end = columns[rank + 1] if rank + 1 < len(columns) else width
        first = found[column][0]
        amounts = _amount_column(grid, column, end, first)
        if amounts is not None:
            yield column, amounts, first


def _coded(grid: Grid, column: int) -> list[int]:
    return [row for row in range(len(grid)) if _account(grid, row, column) is not None]


def _has_numbers(grid: Grid, column: int, rows: Iterable[int]) -> bool:
    """Accounts by their number: a column that only repeats their names is then one of labels."""
    return any(normalise(str(_cell(grid, row, column))) not in _NAMES for row in rows)


def _account(grid: Grid, row: int, column: int) -> tuple[str, str] | None:
    """(number, what follows) of a cell that names an account; a bare number needs words beside it."""
    cell = _cell(grid, row, column)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        beside = _cell(grid, row, column + 1)
        is_code = (
            float(cell).is_integer() and 60 <= int(str(int(cell))[:2] or 0) <= 89 and isinstance(beside, str)
        )
        return (str(int(cell)), "") if is_code and _words(beside) else None
    if not isinstance(cell, str):
        return None
    if (account := _NAMES.get(normalise(cell))) is not None:
        return account.code, ""
    match = _CODE.fullmatch(cell)
    if match is None or (match[1].isdigit() and match[1][0] not in "678"):
        return None
    return match[1], match[2].strip()


def _amount_column(grid: Grid, start: int, end: int, first: int) -> int | None:
    """The first column announced as amounts, or the one that holds most."""
    counts = {
        column: sum(_is_amount(_cell(grid, row, column)) for row in range(first, len(grid)))
        for column in range(start + 1, end)
    }
    counts = {column: count for column, count in counts.items() if count}
    for column in counts:
        heads = " ".join(normalise(_words(_cell(grid, row, column))) for row in range(first))
        if re.search(r"\b(montant|prevu|previsionnel)", heads):
            return column
    return max(counts, key=lambda column: counts[column]) if counts else None


def _groups(grid: Grid, column: int, amounts: int, first: int, faults: list[Fault]) -> Iterator[Group]:
    group: Group | None = None
    for row in range(first, len(grid)):
        named = _account(grid, row, column)
        texts = [_words(_cell(grid, row, one)) for one in range(column, amounts)]
        label = " ".join(filter(None, texts if named is None else [named[1], *texts[1:]]))
        if named is None and normalise(label).startswith(("total", "sous total", "equilibre", "ecart")):
            continue
        amount = _amount(grid, row, amounts, faults)
        if named is None:
            if group is not None and amount:
                group.details.append((label[:LONGEST_LABEL], amount))
            continue
        account = _known(named[0])
        if account is None:
            faults.append(
                Fault(row + 1, _letter(column), f"Le compte {named[0]} n'est pas au plan du Cerfa 12156.")
            )
            continue
        if len(named[0]) > len(account.code) and group is not None and group.account == account:
            if amount:
                group.details.append((label[:LONGEST_LABEL], amount))
            continue
        if group is not None:
            yield group
        group = Group(
            account, row, column, "" if normalise(label) == normalise(account.label) else label, amount
        )
        if len(named[0]) > len(account.code):
            group.amount, group.details = None, [(label[:LONGEST_LABEL], amount)] if amount else []
    if group is not None:
        yield group


# What they say -----------------------------------------------------------------------------------------


def _lines_of(group: Group, groups: Iterable[Group], faults: list[Fault]) -> list[tuple[str, Decimal]]:
    """The lines of an account; its own amount counts when nothing details it, else it is their sum."""
    code = group.account.code
    parts = [amount for _, amount in group.details]
    if code in _PARENTS:
        children = [one for one in groups if one.account.code.startswith(code) and one.account.code != code]
        parts += [one.amount or sum((amount for _, amount in one.details), Decimal()) for one in children]
    if not parts:
        return [(group.label[:LONGEST_LABEL], group.amount)] if group.amount else []
    total = sum(parts, Decimal())
    if group.amount and group.amount != total:
        faults.append(
            Fault(
                group.row + 1,
                _letter(group.column),
                f"Le compte {code} annonce {format_euros(group.amount)}, "
                f"ses lignes font {format_euros(total)}.",
            )
        )
    return group.details


def _known(code: str) -> Account | None:
    """60 for 6061, 864 for 8641; None when the plan has no such account."""
    for length in range(len(code), 1, -1):
        if (account := account_named(code[:length])) is not None:
            return account
    return None


def _funder(label: str, funders: Mapping[int, Sequence[str]]) -> int | None:
    """The envelope whose funder goes by this name; none when two do."""
    said = normalise(label)
    exact = [key for key, names in funders.items() if said and said == normalise(names[0])]
    near = [
        key for key, names in funders.items()
        if any(said == normalise(name) or said.startswith(f"{normalise(name)} ") for name in names if name)
    ]  # fmt: skip
    found = exact or near
    return found[0] if len(found) == 1 else None


def _account_of(code: str, label: str) -> str:
    if code != "74":
        return code
    words = set(normalise(label).split())
    return next((kind for kind, keys in _KINDS if words & set(keys)), code)


# Cells -----------------------------------------------------------------------------------------------


def _cell(grid: Grid, row: int, column: int) -> object:
    cells = grid[row]
    cell = cells[column] if column < len(cells) else None
    return None if isinstance(cell, str) and not cell.strip() else cell


def _words(cell: object) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _is_amount(cell: object) -> bool:
    try:
        return _decimal(cell) is not None
    except ValueError:
        return False


def _amount(grid: Grid, row: int, column: int, faults: list[Fault]) -> Decimal | None:
    try:
        amount = _decimal(_cell(grid, row, column))
        if amount is not None and amount < 0:
            raise ValueError("Un montant ne peut pas être négatif.")
        if amount is not None and amount >= GREATEST:
            raise ValueError("Ce montant est trop grand : vérifiez le nombre de chiffres.")
    except ValueError as problem:
        faults.append(Fault(row + 1, _letter(column), str(problem)))
        return None
    return amount


def _decimal(cell: object) -> Decimal | None:
    """Euros and cents; a calculated cell is rounded to the cent. None when empty, ValueError for words."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return parse_euros(cell.lower().replace("euros", "").replace("eur", ""))
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise ValueError(f"« {cell} » n'est pas un montant : écrivez par exemple 12 345,60.")
    try:
        return Decimal(str(cell)).quantize(CENT, ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueError("Ce montant est trop grand : vérifiez le nombre de chiffres.") from None


def _letter(column: int) -> str:
    """0 is A, 26 is AA."""
    name, rest = "", column + 1
    while rest:
        rest, sign = divmod(rest - 1, 26)
        name = chr(ord("A") + sign) + name
    return name
