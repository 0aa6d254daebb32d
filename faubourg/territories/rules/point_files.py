"""A file of points in, the same with its verdicts out: streamed, in constant memory, all or nothing."""

import csv
import os
import tempfile
from array import array
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from faubourg.territories.rules.answers import VERDICTS
from faubourg.territories.rules.france import department_of_commune
from faubourg.territories.rules.locating import Locator

ADDED = ("code_qp", "lib_qp", "verdict", "distance_m", "version_contour")
LON, LAT = ("lon", "longitude", "lng"), ("lat", "latitude")
COMMUNE = ("code_insee", "citycode", "insee_com", "result_citycode")
SEPARATORS = (";", ",", "\t")
AT_ONCE = 50_000
"""Lines held in memory at once."""


class PointsRefused(Exception):
    """The file cannot be located; the text is a French sentence, with its line when there is one."""


def locate_file(source: Path, target: Path, locator: Locator) -> dict[str, int]:
    """Write `target`, lines and columns of `source` then ADDED; how many lines of each verdict.

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
            _pour(lines, csv.writer(output, delimiter=separator, lineterminator="\n"), locator, counts)
        os.replace(name, target)
    except csv.Error as problem:
        raise PointsRefused(
            f"Le fichier est abîmé à la ligne {lines.line_num} : {problem}. Rien n'a été écrit."
        ) from None
    finally:
        Path(name).unlink(missing_ok=True)
    return counts


def _encoding(source: Path) -> str:
    """UTF-8 when the whole file is, otherwise that of old spreadsheets."""
    try:
        with open(source, encoding="utf-8-sig") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _pour(lines: Any, output: Any, locator: Locator, counts: dict[str, int]) -> None:
    header = next(lines, None)
    if not header:
        raise PointsRefused("Le fichier est vide.")
    names = [name.strip().lower() for name in header]
    lon, lat = _column(names, LON), _column(names, LAT)
    if lon is None or lat is None:
        raise PointsRefused(
            f"Il manque une colonne « lon » ou « lat » ; colonnes lues : {', '.join(header)[:200]}."
        )
    commune = _column(names, COMMUNE)
    output.writerow([*header, *ADDED])
    while read := [(lines.line_num, row) for row in islice(lines, AT_ONCE)]:
        for line, row in read:
            if row and len(row) != len(header):
                raise PointsRefused(
                    f"Ligne {line} : {len(row)} cases au lieu de {len(header)}. Rien n'a été écrit."
                )
        rows = [row for _, row in read if row]
        output.writerows(_answered(rows, lon, lat, commune, locator, counts))


def _column(names: list[str], aliases: tuple[str, ...]) -> int | None:
    return next((names.index(alias) for alias in aliases if alias in names), None)


def _answered(
    rows: list[list[str]], lon: int, lat: int, commune: int | None, locator: Locator, counts: dict[str, int]
) -> Iterator[list[str]]:
    departments = None if commune is None else [department_of_commune(row[commune]) for row in rows]
    answers = locator.locate(
        np.array(array("d", (_number(row[lon]) for row in rows))),
        np.array(array("d", (_number(row[lat]) for row in rows))),
        departments=departments,
    )
    for value, number in zip(*np.unique(answers.verdict, return_counts=True), strict=True):
        counts[VERDICTS[value]] += int(number)
    shapes, words = locator.shapes, [str(one) for one in VERDICTS]
    columns = zip(
        rows, answers.verdict.tolist(), answers.shape.tolist(), answers.metres.tolist(), strict=True
    )
    for row, verdict, number, metres in columns:
        away = "" if metres != metres else f"{metres:.0f}"
        if number < 0:
            yield [*row, "", "", words[verdict], away, ""]
        else:
            shape = shapes[number]
            yield [*row, shape.code, shape.name, words[verdict], away, shape.version]


def _number(cell: str) -> float:
    """A coordinate as people write it; NaN for what is not one."""
    try:
        return float(cell)
    except ValueError:
        try:
            return float(cell.strip().replace(",", ".").replace("\u00a0", ""))
        except ValueError:
            return float("nan")
