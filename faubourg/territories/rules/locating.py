"""Is this point in the QPV? One point or a million, against every outline of France (GEO-3).

A point is answered « dans » or « hors » only when nothing leaves a doubt:

* within `BORDER_DOUBT` of a border, on either side, it is « à vérifier »: the official outlines are not surer
  than that; so is a place known less finely than the house number;
* « hors » demands that the outlines cover the place. They do when they are the whole national list and no
  QPV known to lack its outline can be there, or when the département of the point is given, has
  outlines, and has no QPV known to lack one. Otherwise « indéterminé »: an absent outline never makes a
  point « hors ».
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import floor
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from faubourg.territories.rules.answers import (
    BORDER_DOUBT,
    IN,
    OUT,
    REACH,
    TO_CHECK,
    UNKNOWN,
    Answer,
    Answers,
    Place,
    Shape,
    Tolerance,
    Why,
)
from faubourg.territories.rules.borders import Border
from faubourg.territories.rules.covering import Coverage
from faubourg.territories.rules.france import Floats, conformal, mercator, zone_of, zones_of

CELL = 0.01
"""Degrees: the side of the squares that say which outlines may matter."""


class Locator:
    """The outlines of one generation, ready to answer. Made once, shared: it is never changed."""

    def __init__(self, shapes: Iterable[Shape], coverage: Coverage | None = None) -> None:
        """`coverage`: where an absence of outline means « hors »; by default what the codes say."""
        self.shapes = list(shapes)
        self.coverage = coverage or Coverage.of([shape.code for shape in self.shapes])
        self._polygons = np.array([shape.polygon for shape in self.shapes], dtype=object)
        shapely.prepare(self._polygons)
        self._borders = [Border(shape.polygon) for shape in self.shapes]
        self._near = np.empty((0, 4))
        if self.shapes:
            margins = REACH * 1.01 / np.array([border.scale * 2 for border in self._borders])
            self._near = shapely.bounds(self._polygons) + margins * (-1, -1, 1, 1)
        self._keys, self._starts, self._members = _squares(self._near)
        self._keys_list, self._boxes = self._keys.tolist(), self._near.tolist()  # one point: no array
        self._tree = shapely.STRtree(shapely.transform(shapely.boundary(self._polygons), conformal))

    def locate(
        self,
        lons: Sequence[float] | Floats,
        lats: Sequence[float] | Floats,
        *,
        coarse: NDArray[np.bool_] | None = None,
        departments: Sequence[str] | None = None,
        tolerance: Tolerance = BORDER_DOUBT,
    ) -> Answers:
        """Every point at once. `coarse`: those known less finely than the house number; `departments`: the
        code of the département of each, "" when unknown."""
        lon, lat = np.asarray(lons, float), np.asarray(lats, float)
        count = len(lon)
        zones = zones_of(lon, lat)
        shape, metres = np.full(count, -1, np.int32), np.full(count, np.nan)
        is_in = np.zeros(count, bool)
        points, outlines = self._pairs(lon, lat)
        inside = shapely.contains_xy(self._polygons[outlines], lon[points], lat[points])
        away = self._away(lon[points], lat[points], outlines)
        away[~inside & (away > REACH)] = np.nan
        np.fmin.at(metres, points, away)
        is_in[points[inside]] = True
        # The outline that holds the point speaks for it; failing that, the nearest one.
        rank, best = np.where(inside, -1.0, away), np.full(count, np.inf)
        np.fmin.at(best, points, rank)
        chosen = rank == best[points]
        shape[points[chosen]] = outlines[chosen]
        return self._judge(lon, lat, zones, is_in, shape, metres, coarse, departments, tolerance)

    def _pairs(self, lon: Floats, lat: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Which points are in the enlarged box of which outlines."""
        if not len(self._keys) or not len(lon):
            return np.empty(0, np.intp), np.empty(0, np.intp)
        keys = _key(lon, lat)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        points = np.flatnonzero(self._keys[at] == keys)
        at = at[points]
        counts = self._starts[at + 1] - self._starts[at]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        outlines = self._members[np.repeat(self._starts[at], counts) + offsets]
        points = np.repeat(points, counts)
        west, south, east, north = self._near[outlines].T
        x, y = lon[points], lat[points]
        close = (x >= west) & (x <= east) & (y >= south) & (y <= north)
        return points[close], outlines[close]

    def _away(self, lon: Floats, lat: Floats, outlines: NDArray[np.intp]) -> Floats:
        """Metres from each point to the border of its outline; `outlines` are in groups."""
        away = np.empty(len(lon))
        order = np.argsort(outlines, kind="stable")
        lon, lat = lon[order], lat[order]
        ends = np.cumsum(np.bincount(outlines, minlength=len(self._borders)))
        start = 0
        for border, end in zip(self._borders, ends, strict=True):
            if end > start:
                away[order[start:end]] = border.metres(lon[start:end], lat[start:end])
            start = end
        return away

    def _judge(
        self,
        lon: Floats,
        lat: Floats,
        zones: NDArray[np.int8],
        is_in: NDArray[np.bool_],
        shape: NDArray[np.int32],
        metres: Floats,
        coarse: NDArray[np.bool_] | None,
        departments: Sequence[str] | None,
        tolerance: Tolerance,
    ) -> Answers:
        verdict = np.where(is_in, IN, OUT).astype(np.int8)
        why = np.zeros(len(lon), np.int8)
        if coarse is not None:
            verdict[coarse], why[coarse] = TO_CHECK, Why.COARSE
        covered = self.coverage.holds(zones, departments)
        blind = ~covered & ~is_in
        verdict[blind], why[blind] = UNKNOWN, Why.NO_OUTLINE
        with np.errstate(invalid="ignore"):
            close = metres <= tolerance.metres
        verdict[close], why[close] = TO_CHECK, Why.BORDER
        nowhere = (zones < 0) & ~is_in & ~close
        if nowhere.any():
            verdict[nowhere] = UNKNOWN
            why[nowhere] = [_mistake(x, y) for x, y in zip(lon[nowhere], lat[nowhere], strict=True)]
        shape[(verdict == OUT) | (verdict == UNKNOWN)] = -1
        return Answers(verdict, shape, metres, why)

    def locate_one(
        self,
        lon: float,
        lat: float,
        *,
        coarse: bool = False,
        department: str = "",
        tolerance: Tolerance = BORDER_DOUBT,
    ) -> Answer:
        """One point, with its distance however far the nearest border is."""
        if lon != lon or lat != lat or abs(lon) > 180 or abs(lat) > 90:
            return Answer(Place.UNKNOWN, why=_mistake(lon, lat))
        near = self._around(lon, lat)
        point = shapely.Point(lon, lat)
        holder = next((one for one in near if self._polygons[one].contains(point)), None)
        nearest, metres = self._nearest(point, near)
        shape = self.shapes[nearest if holder is None else holder] if nearest is not None else None
        border = None if nearest is None else self.shapes[nearest]
        if metres is not None and metres <= tolerance.metres:
            return Answer(Place.TO_CHECK, shape, metres, Why.BORDER, border)
        zone = zone_of(lon, lat)
        if holder is None and zone < 0:
            return Answer(Place.UNKNOWN, why=_mistake(lon, lat))
        if holder is None and not self.coverage.has(zone, department):
            return Answer(Place.UNKNOWN, None, metres, Why.NO_OUTLINE, border)
        if coarse:
            is_near = holder is not None or (metres is not None and metres <= REACH)
            return Answer(Place.TO_CHECK, shape if is_near else None, metres, Why.COARSE, border)
        if holder is None:
            return Answer(Place.OUT, None, metres, nearest=border)
        return Answer(Place.IN, shape, metres, nearest=border)

    def _around(self, lon: float, lat: float) -> list[int]:
        square = (floor(lat / CELL) << 32) + floor(lon / CELL)
        at = bisect_left(self._keys_list, square)
        if at == len(self._keys_list) or self._keys_list[at] != square:
            return []
        found = self._members[self._starts[at] : self._starts[at + 1]].tolist()
        return [one for one in found if _holds(self._boxes[one], lon, lat)]

    def _nearest(self, point: Any, near: list[int]) -> tuple[int | None, float | None]:
        """The outline whose border is nearest, and the metres to it."""
        if not self.shapes:
            return None, None
        lon, lat = point.x, point.y
        measured = [(self._borders[number].metres_from(lon, lat), number) for number in near]
        if measured and min(measured)[0] <= REACH:
            metres, number = min(measured)
            return number, metres
        number = int(self._tree.nearest(shapely.Point(lon, mercator(lat))))
        return number, self._borders[number].metres_from(lon, lat)


def _holds(box: list[float], lon: float, lat: float) -> bool:
    return box[0] <= lon <= box[2] and box[1] <= lat <= box[3]


def _mistake(lon: float, lat: float) -> Why:
    """Why a point is nowhere in France."""
    if not (np.isfinite(lon) and np.isfinite(lat)):
        return Why.NO_POINT
    if abs(lon) > 180 or abs(lat) > 180:
        return Why.PROJECTED
    return Why.SWAPPED if zone_of(lat, lon) >= 0 else Why.ABROAD


def _key(lon: Any, lat: Any) -> Any:
    """The square of each point, as one number; NaN and what is outside the earth have one nobody has."""
    with np.errstate(invalid="ignore"):
        known = (np.abs(lon) <= 180) & (np.abs(lat) <= 90)
    column = np.floor(np.where(known, lon, 0) / CELL).astype(np.int64)
    row = np.floor(np.where(known, lat, 0) / CELL).astype(np.int64)
    return np.where(known, (row << 32) + column, np.iinfo(np.int64).max)


def _squares(boxes: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
    """Each square that touches a box, once, in order; where its outlines start; the outlines themselves."""
    keys, members = [], []
    for number, (west, south, east, north) in enumerate(np.floor(boxes / CELL).astype(np.int64)):
        rows, columns = np.meshgrid(np.arange(south, north + 1), np.arange(west, east + 1), indexing="ij")
        keys.append(((rows << 32) + columns).ravel())
        members.append(np.full(rows.size, number))
    if not keys:
        return np.empty(0, np.int64), np.zeros(1, np.int64), np.empty(0, np.intp)
    every, whose = np.concatenate(keys), np.concatenate(members)
    order = np.argsort(every, kind="stable")
    unique, starts = np.unique(every[order], return_index=True)
    return unique, np.append(starts, len(every)).astype(np.int64), whose[order]
