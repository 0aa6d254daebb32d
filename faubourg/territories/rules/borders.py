"""Metres from points to the border of an outline, many at a time: two products of matrices and a minimum."""

from math import sqrt
from typing import Any

import numpy as np
import shapely

from faubourg.territories.rules.france import Floats, metres_per_degree

AT_ONCE = 60_000
"""Distances held at once: they fit in the cache of a processor."""
FAR = 0.05
"""Degrees from its middle beyond which the plane of a border is no longer exact enough."""


class Border:
    """The sides of one outline, in degrees from the middle of its box, and the same in metres."""

    def __init__(self, polygon: Any) -> None:
        """`polygon`: a (Multi)Polygon in WGS84 degrees."""
        west, south, east, north = shapely.bounds(polygon)
        self.middle = ((west + east) / 2, (south + north) / 2)
        self.scale = tuple(float(one) for one in metres_per_degree(self.middle[1]))
        self._reach = FAR + max(east - west, north - south) / 2
        rings = shapely.get_rings(shapely.get_parts(polygon))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[1:] == ring[:-1]
        self._from = points[:-1][same] - self.middle
        self._along = points[1:][same] - points[:-1][same]
        self._sides = _sides(self._from * self.scale, self._along * self.scale)

    def metres(self, lons: Floats, lats: Floats) -> Floats:
        """From each point to the nearest side; points are within a few kilometres."""
        x, y = (lons - self.middle[0]) * self.scale[0], (lats - self.middle[1]) * self.scale[1]
        step = max(1, AT_ONCE // self._sides[0].shape[1])
        parts = [
            _nearest(x[at : at + step], y[at : at + step], *self._sides) for at in range(0, len(x), step)
        ]
        return np.concatenate(parts) if parts else np.empty(0)

    def metres_from(self, lon: float, lat: float) -> float:
        """From one point, near or far: when far, in the plane at mid-latitude."""
        x, y = lon - self.middle[0], lat - self.middle[1]
        scale = self.scale
        if abs(x) > self._reach or abs(y) > self._reach:
            scale = tuple(float(one) for one in metres_per_degree(lat - y / 2))
        away = (np.array((x, y)) - self._from) * scale
        along = self._along * scale
        position = np.einsum("ij,ij->i", away, along) / np.maximum(np.einsum("ij,ij->i", along, along), 1e-12)
        np.maximum(position, 0, out=position)
        np.minimum(position, 1, out=position)
        away -= position[:, None] * along
        return sqrt(float(np.einsum("ij,ij->i", away, away).min()))


def _sides(start: Floats, along: Floats) -> tuple[Floats, Floats, Floats]:
    """For the foot of a point on each side, and its squared distance to the start of each: see `_nearest`."""
    length_2 = np.maximum((along**2).sum(axis=1), 1e-12)
    unit = along / length_2[:, None]
    foot = np.stack([unit[:, 0], unit[:, 1], -(start * unit).sum(axis=1)])
    origin = np.stack([-2 * start[:, 0], -2 * start[:, 1], (start**2).sum(axis=1)])
    return foot, origin, length_2


def _nearest(x: Floats, y: Floats, foot: Floats, origin: Floats, length_2: Floats) -> Floats:
    """With F the position of the foot along a side (0 to 1 on it) and t = F kept in [0, 1], the squared
    distance is |p - start|² + (t² - 2 t F) · length²."""
    points = np.stack([x, y, np.ones_like(x)], axis=1)
    position = points @ foot
    kept = np.clip(position, 0, 1)
    position *= -2
    position += kept
    position *= kept
    position *= length_2
    position += points @ origin
    squared = position.min(axis=1) + x * x + y * y
    return np.asarray(np.sqrt(np.maximum(squared, 0)))
