"""Outlines as RFC 7946 writes them."""

from typing import Any

import shapely
from shapely.geometry.polygon import orient

DECIMALS = 6
"""Of a degree: eleven centimetres (RFC 7946, 11.2)."""


def geometry_of(shape: Any, decimals: int = DECIMALS) -> dict[str, Any]:
    """A GeoJSON MultiPolygon in longitude and latitude: exterior rings counter-clockwise, holes clockwise.

    Rounding may fold a shape onto itself: the grid of shapely keeps it valid. What would vanish on
    the grid is only rounded.
    """
    rounded = shapely.set_precision(shape, 10**-decimals)
    kept = shape if rounded.is_empty else rounded
    return {
        "type": "MultiPolygon",
        "coordinates": [
            _rings(part, decimals) for part in shapely.get_parts(kept) if part.geom_type == "Polygon"
        ],
    }


def _rings(polygon: Any, decimals: int) -> list[list[list[float]]]:
    turned = orient(polygon, 1.0)
    return [
        [[round(lon, decimals), round(lat, decimals)] for lon, lat, *_ in ring.coords]
        for ring in (turned.exterior, *turned.interiors)
    ]
