"""Shapefile: .shp, .dbf, .prj (projection) and .cpg (letters), by pyshp."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import shapefile
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from faubourg.territories.rules.files.layers import Feature, FileRefused, Layer

LAMBERT_93 = 2154


def read_shapefile(name: str, parts: Mapping[str, bytes]) -> Layer:
    """`parts`: the content by extension (".shp", ".dbf"…). FileRefused when one is missing or broken."""
    missing = [extension for extension in (".shp", ".dbf") if extension not in parts]
    if missing:
        raise FileRefused(f"{name} : il manque le fichier {missing[0]}. Envoyez le zip entier.")
    try:
        rows = _rows(parts)
    except FileRefused:
        raise
    except Exception:  # pyshp raises whatever it meets in a broken file
        raise FileRefused(
            f"{name} n'est pas un Shapefile, ou il est abîmé : téléchargez-le de nouveau."
        ) from None
    columns = list(rows[0].values) if rows else []
    crs, notes = _crs(name, parts.get(".prj"), rows)
    return Layer(name, columns, rows, crs, notes=notes)


def _rows(parts: Mapping[str, bytes]) -> list[Feature]:
    letters = parts.get(".cpg", b"utf-8").decode("ascii", "ignore").strip() or "utf-8"
    for encoding in (letters, "cp1252"):
        try:
            with shapefile.Reader(
                shp=BytesIO(parts[".shp"]), dbf=BytesIO(parts[".dbf"]), encoding=encoding
            ) as reader:
                return [
                    Feature(f"entité {number}", row.record.as_dict(), _geometry(row.shape))
                    for number, row in enumerate(reader.iterShapeRecords(), start=1)
                ]
        except (UnicodeDecodeError, LookupError):
            continue
    raise FileRefused("Les lettres du fichier .dbf ne se lisent ni en UTF-8 ni en Windows-1252.")


def _geometry(shape: Any) -> Any:
    return None if shape.shapeType == shapefile.NULL else shapely.geometry.shape(shape.__geo_interface__)


def _crs(name: str, projection: bytes | None, rows: list[Feature]) -> tuple[CRS, list[str]]:
    """What .prj says; without it, what the coordinates leave no doubt about."""
    if projection is not None:
        try:
            return CRS.from_user_input(projection.decode("utf-8", "replace").strip()), []
        except CRSError:
            raise FileRefused(f"{name} : sa projection (.prj) n'est pas connue.") from None
    west, south, east, north = shapely.total_bounds([row.geometry for row in rows if row.geometry])
    if west >= -180 and east <= 180 and south >= -90 and north <= 90:
        return CRS.from_epsg(4326), [
            f"{name} n'a pas de .prj : ses coordonnées sont en degrés, lues en WGS84."
        ]
    if west > 50_000 and east < 1_300_000 and south > 6_000_000 and north < 7_200_000:
        return CRS.from_epsg(LAMBERT_93), [
            f"{name} n'a pas de .prj : ses coordonnées sont celles de la France en Lambert-93, lues ainsi."
        ]
    raise FileRefused(
        f"{name} n'a pas de fichier .prj et ses coordonnées peuvent être de plusieurs projections : "
        "joignez le .prj."
    )
