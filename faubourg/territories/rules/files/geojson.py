"""GeoJSON (RFC 7946), with the `crs` member of the older form when it is there."""

import json
from typing import Any

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from faubourg.territories.rules.files.layers import Feature, FileRefused, Layer


def read_geojson(name: str, content: bytes) -> Layer:
    """Raise FileRefused when this is not a FeatureCollection."""
    try:
        book = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileRefused(f"{name} n'est pas en UTF-8 : exportez-le de nouveau en GeoJSON.") from None
    except json.JSONDecodeError as broken:
        raise FileRefused(
            f"{name} s'interrompt ou se casse à la ligne {broken.lineno} : ce n'est pas du JSON. "
            "Téléchargez-le de nouveau."
        ) from None
    except RecursionError:
        raise FileRefused(f"{name} n'est pas un GeoJSON : ses crochets s'emboîtent sans fin.") from None
    if not isinstance(book, dict) or not isinstance(book.get("features"), list):
        raise FileRefused(f"{name} n'est pas une collection d'entités GeoJSON (« FeatureCollection »).")
    features = [_feature(number, row) for number, row in enumerate(book["features"], start=1)]
    columns = list(dict.fromkeys(key for one in features for key in one.values))
    return Layer(name, columns, features, _crs(name, book.get("crs")))


def _feature(number: int, row: Any) -> Feature:
    where = f"entité {number}"
    if not isinstance(row, dict) or not isinstance(row.get("properties"), dict):
        raise FileRefused(f"{where} : ce n'est pas une entité GeoJSON, il lui manque ses propriétés.")
    if not row.get("geometry"):
        return Feature(where, row["properties"])
    try:
        return Feature(where, row["properties"], shapely.geometry.shape(row["geometry"]))
    except Exception:  # whatever the reader says of a broken geometry, it is not one
        raise FileRefused(f"{where} : son contour est abîmé, ses coordonnées ne se lisent pas.") from None


def _crs(name: str, said: Any) -> CRS:
    try:
        text = said["properties"]["name"] if said else "EPSG:4326"
        return CRS.from_user_input(text)
    except (CRSError, KeyError, TypeError):
        raise FileRefused(
            f"{name} : sa projection (« crs ») n'est pas connue. Exportez-le en WGS84."
        ) from None
