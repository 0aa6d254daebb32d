"""« Is this point in the QPV? » over 1 600 made-up outlines; beside it, what a bare index of shapely answers.

No database: the same for both. Targets of performance.md: 1 M points ≤ 1 s, ≤ 6 s file to file, one ≤ 0.1 ms.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import shapely

from faubourg.territories.rules.addresses.asked import Asked
from faubourg.territories.rules.addresses.matching import Candidate
from faubourg.territories.rules.answers import Shape
from faubourg.territories.rules.locating import Locator
from faubourg.territories.rules.point_files import locate_file

OUTLINES, CORNERS, POINTS = 1_600, 100, 1_000_000
SEED = 30227
WEST, SOUTH, EAST, NORTH = -1.0, 43.5, 6.0, 49.5
RADIUS = 0.003
"""Degrees: some 300 m, as L'Écusson."""


def outlines() -> list[Shape]:
    """Stars of CORNERS corners all over the mainland; codes in the form of 2024, not those of real QPV."""
    random = np.random.default_rng(SEED)
    middles = random.uniform((WEST, SOUTH), (EAST, NORTH), (OUTLINES, 2))
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    shapes = []
    for rank, middle in enumerate(middles):
        reach = RADIUS * random.uniform(0.6, 1.0, CORNERS)[:, None]
        ring = middle + reach * np.column_stack((np.cos(turns), np.sin(turns)))
        code = f"QN{rank // 100 + 1:03d}{rank % 100:02d}N"
        shapes.append(Shape(code, f"Quartier {rank}", shapely.Polygon(ring), "banc"))
    return shapes


def points(shapes: list[Shape], count: int) -> np.ndarray:
    """Half within some 500 m of an outline, half anywhere; shape (count, 2): longitude, latitude."""
    random = np.random.default_rng(SEED + 1)
    middles = np.array([shape.polygon.centroid.coords[0] for shape in shapes])
    near = middles[random.integers(0, len(shapes), count // 2)] + random.normal(0, 0.004, (count // 2, 2))
    far = random.uniform((WEST, SOUTH), (EAST, NORTH), (count - len(near), 2))
    return np.vstack((near, far))


def run(*, is_quick: bool) -> list[str]:
    """Print the times; what is above its target, in sentences."""
    count = POINTS // 10 if is_quick else POINTS
    share = count / POINTS
    shapes = outlines()
    where = points(shapes, count)
    lons, lats = where[:, 0].copy(), where[:, 1].copy()
    locator = Locator(shapes)
    print(f"\n=== Points et quartiers : {count} points, {OUTLINES} contours de {CORNERS} sommets ===")
    found: list[str] = []
    say(found, "en mémoire", timed(lambda: locator.locate(lons, lats)), 1.0 * share, "s")
    tree = shapely.STRtree([shape.polygon for shape in shapes])
    rival = timed(lambda: tree.query(shapely.points(lons, lats), predicate="intersects"))
    print(f"  à côté, un index de shapely seul, sans distance ni verdict : {rival:.2f} s")
    say(found, "de fichier à fichier", file_to_file(locator, where), 6.0 * share, "s")
    few = where[:: count // 2_000].tolist()
    alone = timed(lambda: [locator.locate_one(lon, lat) for lon, lat in few]) / len(few)
    say(found, "un point seul", alone * 1000, 0.1, "ms")
    return found


class Nobody:
    """Points ask for no address."""

    def find_all(self, asked: Sequence[Asked]) -> list[list[Candidate]]:
        return [[] for _ in asked]


def file_to_file(locator: Locator, where: np.ndarray) -> float:
    with tempfile.TemporaryDirectory(prefix="faubourg-bench-points-") as folder:
        source, target = Path(folder, "points.csv"), Path(folder, "situes.csv")
        np.savetxt(source, where, fmt="%.6f", delimiter=";", header="lon;lat", comments="")
        return timed(lambda: locate_file(source, target, locator, Nobody()), turns=1)


def timed(act: Callable[[], object], turns: int = 3) -> float:
    """Seconds of the best of some turns."""
    times = []
    for _ in range(turns):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)


def say(found: list[str], what: str, value: float, target: float, unit: str) -> None:
    is_met = value <= target
    print(f"{'✓' if is_met else '✗'} {what} : {value:.2f} {unit} (cible {target:g} {unit})", flush=True)
    if not is_met:
        found.append(f"{what} : {value:.2f} {unit}")
