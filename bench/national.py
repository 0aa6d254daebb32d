"""A made-up national file of neighbourhoods: 1 584 of them all over France, hundreds of them invalid.

The codes are in the form of 2024, on the departments of France; the outlines are stars. Target of
performance.md: the whole file read, repaired and written in 5 s.
"""

import json

import numpy as np

from faubourg.territories.rules.cog import Cog
from faubourg.territories.rules.departments import MIDDLES

NEIGHBOURHOODS, CORNERS = 1_584, 90
SEVERAL_COMMUNES, CROSSED = 149, 300
"""How many are on two communes, how many cross their own border: as in the file of the ANCT."""
SEED = 30227
RADIUS = 0.003
"""Degrees: some 300 m, as L'Écusson."""


def geojson(cog: Cog) -> bytes:
    """The file, with the property names of the ANCT; half the neighbourhoods are of two pieces."""
    random = np.random.default_rng(SEED)
    by_department: dict[str, list[str]] = {}
    for code, commune in cog.communes.items():
        by_department.setdefault(commune.department, []).append(code)
    departments = sorted(MIDDLES.keys() & by_department.keys())
    features = []
    for rank in range(NEIGHBOURHOODS):
        department = departments[rank % len(departments)]
        communes = by_department[department][: 2 if rank < SEVERAL_COMMUNES else 1]
        middle = np.array(MIDDLES[department]) + random.uniform(-0.3, 0.3, 2)
        rings = [_ring(random, middle, is_crossed=rank < CROSSED)]
        if rank % 2:
            rings.append(_ring(random, middle + 4 * RADIUS, is_crossed=False))
        properties = {
            "code_qp": f"QN{department:0>3}{rank // len(departments) + 1:02d}N",
            "lib_qp": f"Quartier {rank}",
            "insee_com": ",".join(communes),
        }
        geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _ring(random: np.random.Generator, middle: np.ndarray, *, is_crossed: bool) -> list[list[float]]:
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    reach = RADIUS * random.uniform(0.6, 1.0, CORNERS)[:, None]
    ring = (middle + reach * np.column_stack((np.cos(turns), np.sin(turns)))).tolist()
    if is_crossed:
        ring[3], ring[20] = ring[20], ring[3]
    return [*ring, ring[0]]
