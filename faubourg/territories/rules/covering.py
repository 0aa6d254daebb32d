"""Where the outlines we have allow one to say « hors » (GEO-2: without an outline, never)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from faubourg.territories.rules.france import NAMES, department_of_qpv, zone_of_department

NATIONAL_COUNT = {2024: 1584, 2015: 1514}
"""QPV of each generation: decree 2023-1314 of 28 December 2023; decrees 2014-1750 and 1751 (formats §1.1)."""


@dataclass(frozen=True)
class Coverage:
    """What is covered by outlines.

    `is_national`: outlines and known lacks together are the whole list of the generation; then a point whose
    département is not given is covered, unless its territory (mainland, or one overseas) holds a lack.
    `departments`: those with at least one outline. `lacking`: those with a QPV known without outline.
    """

    is_national: bool
    departments: frozenset[str]
    lacking: frozenset[str]

    @classmethod
    def of(cls, codes: Iterable[str], lacking: Iterable[str] = (), *, vintage: int = 2024) -> "Coverage":
        """From the codes of the outlines, and of the QPV of the same generation known without one."""
        drawn, missing = set(codes), set(lacking)
        missing -= drawn
        known = {code for code in drawn | missing if department_of_qpv(code)}
        return cls(
            is_national=len(known) >= NATIONAL_COUNT.get(vintage, 1 << 30),
            departments=frozenset(map(department_of_qpv, drawn)) - {""},
            lacking=frozenset(map(department_of_qpv, missing)) - {""},
        )

    def has(self, zone: int, department: str = "") -> bool:
        """May a point of this territory (position in NAMES) and this département ("" unknown) be « hors »?"""
        if zone < 0:
            return False
        if department:
            return department not in self.lacking and (self.is_national or department in self.departments)
        return self.is_national and NAMES[zone] not in map(zone_of_department, self.lacking)

    def holds(self, zones: NDArray[np.int8], departments: Sequence[str] | None = None) -> NDArray[np.bool_]:
        """The same for many points."""
        by_zone = np.array([*(self.has(zone) for zone in range(len(NAMES))), False])
        covered = by_zone[zones]
        if departments is None or not len(departments):
            return covered
        values, at = np.unique(np.asarray(departments, dtype=str), return_inverse=True)
        said = np.array([self.has(0, str(value)) for value in values])
        return np.where(np.asarray(values != "")[at], said[at] & (zones >= 0), covered)
