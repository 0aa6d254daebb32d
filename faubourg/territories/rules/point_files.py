"""A file of points or addresses in, the same with verdicts out: streamed, in little memory, all or none."""

import codecs
import csv
import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from math import isnan
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from faubourg.territories.rules.answers import VERDICTS
from faubourg.territories.rules.locating import Locator
from faubourg.territories.rules.point_columns import AddressFinder, Points, columns_of, number_in
from faubourg.toolkit.tables import DANGEROUS, harmless

ADDED = ("code_qp", "lib_qp", "verdict", "distance_m", "version_contour")
SEPARATORS = (";", ",", "\t")
RISKY, FIRST_SIGN = frozenset(DANGEROUS), itemgetter(slice(1))
AT_ONCE = 50_000
"""Lines held in memory at once."""


class PointsRefused(Exception):
    """The file cannot be located; the text is a French sentence, with its line when there is one."""


def locate_file(source: Path, target: Path, locator: Locator, finder: AddressFinder) -> dict[str, int]:
    """Write `target`, lines and columns of `source` then ADDED; how many lines of each verdict.

    `finder` is asked when the lines have addresses and no point.
    Raises PointsRefused and leaves `target` as it was when anything is wrong.
    """
    if target.exists() and target.samefile(source):
        raise PointsRefused("Le fichier produit remplacerait le fichier donné : choisissez un autre nom.")
    counts = dict.fromkeys((str(one) for one in VERDICTS), 0)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".locate-", suffix=".csv")
    try:
        with (
            open(handle, "w", encoding="utf-8-sig", newline="") as output,
            open(source, encoding=_encoding(source), newline="") as text,
        ):
            separator = _separator(text.readline())
            text.seek(0)
            lines = csv.reader(text, delimiter=separator, strict=True)
            _pour(
                lines, csv.writer(output, delimiter=separator, lineterminator="\n"), locator, finder, counts
            )
        os.replace(name, target)
    except UnicodeDecodeError:
        raise PointsRefused(
            "Le fichier est coupé : il ne se lit pas jusqu'au bout. Rien n'a été écrit."
        ) from None
    except csv.Error as problem:
        raise PointsRefused(
            f"Le fichier est abîmé à la ligne {lines.line_num} : {problem}. Rien n'a été écrit."
        ) from None
    finally:
        Path(name).unlink(missing_ok=True)
    return counts


def _encoding(source: Path) -> str:
    """UTF-16 when its mark is there, UTF-8 when the whole file is, otherwise that of old spreadsheets."""
    with open(source, "rb") as raw:
        if raw.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    try:
        with open(source, encoding="utf-8-sig") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _pour(lines: Any, output: Any, locator: Locator, finder: AddressFinder, counts: dict[str, int]) -> None:
    header = next(lines, None)
    if not header:
        raise PointsRefused("Le fichier est vide.")
    columns = columns_of(header, finder)
    if columns is None:
        raise PointsRefused(
            "Il manque une colonne « lon » ou « lat » (ou « x_l93 » et « y_l93 »), "
            f"ou une colonne « adresse » ; colonnes lues : {', '.join(header)[:200]}."
        )
    output.writerow([*map(_calm, header), *columns.added, *ADDED])
    while read := [(lines.line_num, row) for row in islice(lines, AT_ONCE)]:
        for line, row in read:
            if row and len(row) != len(header):
                raise PointsRefused(
                    f"Ligne {line} : {len(row)} cases au lieu de {len(header)}. Rien n'a été écrit."
                )
        rows = [row for _, row in read if row]
        points = columns.read(rows)
        _calm_all(rows)
        output.writerows(_answered(rows, points, locator, counts))


def _answered(
    rows: list[list[str]], points: Points, locator: Locator, counts: dict[str, int]
) -> Iterator[list[str]]:
    answers = locator.locate(points.lons, points.lats, coarse=points.coarse, departments=points.departments)
    for value, number in zip(*np.unique(answers.verdict, return_counts=True), strict=True):
        counts[VERDICTS[value]] += int(number)
    shapes, words = locator.shapes, [str(one) for one in VERDICTS]
    cells = zip(
        rows,
        points.said,
        answers.verdict.tolist(),
        answers.shape.tolist(),
        answers.metres.tolist(),
        strict=True,
    )
    for row, said, verdict, number, metres in cells:
        away = "" if metres != metres else f"{metres:.0f}"
        if number < 0:
            yield [*row, *said, "", "", words[verdict], away, ""]
        else:
            shape = shapes[number]
            yield [*row, *said, shape.code, shape.name, words[verdict], away, shape.version]


def _calm_all(rows: list[list[str]]) -> None:
    """Column by column: most hold nothing to neutralise, and that is quickly seen."""
    for at, column in enumerate(zip(*rows, strict=True)):
        if not RISKY.isdisjoint(map(FIRST_SIGN, column)):
            for row in rows:
                row[at] = _calm(row[at])


def _calm(cell: str) -> str:
    """As it is, unless a spreadsheet would run it; a negative number stays a number."""
    return harmless(cell) if cell[:1] in RISKY and isnan(number_in(cell)) else cell
