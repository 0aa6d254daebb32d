"""Small numbers say who answered: they are hidden, and so is what would give them back (CON-8).

A hidden cell of a table with totals can be computed when it is alone in its row or column, and more generally
when it is the only link between two halves of the hidden cells: cells are hidden until none is.
"""

from collections.abc import Sequence

DEFAULT_SMALLEST = 5
"""Shown from this number up, unless a parameter of the contract says otherwise (CON-8)."""
Cell = tuple[int, int]
Shown = list[list[int | None]]


def hide_list(counts: Sequence[int], smallest: int) -> list[int | None]:
    """The counts of one question, whose total is shown: None is hidden, never alone."""
    hidden = {rank for rank, count in enumerate(counts) if count < smallest}
    if len(hidden) == 1 and len(counts) > 1:
        others = [rank for rank in range(len(counts)) if rank not in hidden]
        hidden.add(min(others, key=lambda rank: counts[rank]))
    return [None if rank in hidden else count for rank, count in enumerate(counts)]


def hide_table(counts: Sequence[Sequence[int]], smallest: int) -> Shown:
    """A crossing with its totals: one more row and one more column are added.

    An answer that few people gave is hidden whole, and left out of the totals; then cell by cell.
    """
    rows = _shown_ranks([sum(row) for row in counts], smallest)
    columns = _shown_ranks([sum(column) for column in zip(*counts, strict=True)], smallest)
    shown = hide_cells([[counts[row][column] for column in columns] for row in rows], smallest)
    table: Shown = [[None] * (len(counts[0]) + 1) for _ in range(len(counts) + 1)]
    for row, values in zip([*rows, -1], shown, strict=True):
        for column, value in zip([*columns, -1], values, strict=True):
            table[row][column] = value
    return table


def hide_cells(counts: Sequence[Sequence[int]], smallest: int) -> Shown:
    """The same table with its totals, each cell that is small or would give a small one back hidden."""
    table = [[*row, sum(row)] for row in counts]
    table.append([sum(column) for column in zip(*table, strict=True)] or [0])
    cells = [(row, column) for row in range(len(table)) for column in range(len(table[0]))]
    hidden = {(row, column) for row, column in cells if table[row][column] < smallest}
    while bare := _computable(hidden):
        near = [cell for cell in cells if cell not in hidden and _touches(cell, bare)]
        if not near:
            hidden.update(cells)
            break
        hidden.add(min(near, key=lambda cell: table[cell[0]][cell[1]]))
    return [
        [None if (row, column) in hidden else value for column, value in enumerate(values)]
        for row, values in enumerate(table)
    ]


def _shown_ranks(totals: Sequence[int], smallest: int) -> list[int]:
    return [rank for rank, total in enumerate(hide_list(totals, smallest)) if total is not None]


def _computable(hidden: set[Cell]) -> Cell | None:
    """A hidden cell that the shown ones give back: without it, its row and its column no longer meet."""
    return next((cell for cell in sorted(hidden) if not _meet(cell, hidden - {cell})), None)


def _meet(cell: Cell, others: set[Cell]) -> bool:
    reached, waiting = {("row", cell[0])}, [("row", cell[0])]
    while waiting:
        side, rank = waiting.pop()
        for row, column in others:
            if (row if side == "row" else column) == rank:
                place = ("column", column) if side == "row" else ("row", row)
                if place not in reached:
                    reached.add(place)
                    waiting.append(place)
    return ("column", cell[1]) in reached


def _touches(cell: Cell, bare: Cell) -> bool:
    return cell[0] == bare[0] or cell[1] == bare[1]
