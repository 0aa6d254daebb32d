"""GeoPackage (OGC 12-128), read with SQLite from memory: the tables of features and their projection."""

import sqlite3
import struct
from contextlib import closing
from datetime import date
from typing import Any

import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from faubourg.territories.rules.files.layers import Feature, FileRefused, Layer

ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
LAYERS = """
SELECT c.table_name, g.column_name, s.organization, s.organization_coordsys_id, s.definition, c.last_change
FROM gpkg_contents c
JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
JOIN sqlite_master m ON m.name = c.table_name AND m.type = 'table'
WHERE c.data_type = 'features'
"""


def read_geopackage(name: str, content: bytes) -> list[Layer]:
    """Every table of features. Raise FileRefused when this is not a GeoPackage."""
    try:
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(content)
            base.execute("PRAGMA trusted_schema=OFF")
            return [_layer(base, *row) for row in base.execute(LAYERS).fetchall()]
    except (sqlite3.Error, OverflowError):
        raise FileRefused(
            f"{name} n'est pas un GeoPackage, ou il est abîmé : téléchargez-le de nouveau."
        ) from None


def _layer(
    base: sqlite3.Connection, table: str, shape: str, organisation: str, number: int, text: str, changed: Any
) -> Layer:
    quoted = '"{}"'.format(table.replace('"', '""'))
    rows = base.execute(f"SELECT * FROM {quoted}")  # noqa: S608  (a table has no parameter; it is quoted)
    columns = [described[0] for described in rows.description]
    at = columns.index(shape)
    features = [
        Feature(
            f"entité {position}",
            {column: row[index] for index, column in enumerate(columns) if index != at},
            _geometry(position, row[at]),
        )
        for position, row in enumerate(rows, start=1)
    ]
    columns.remove(shape)
    return Layer(table, columns, features, _crs(table, organisation, number, text), _day(changed))


def _geometry(position: int, blob: bytes | None) -> Any:
    """GeoPackageBinary: magic, version, flags, projection, envelope, then WKB."""
    if blob is None:
        return None
    try:
        magic, flags = struct.unpack_from("2sxB", blob)
        return shapely.from_wkb(blob[8 + ENVELOPES[flags >> 1 & 7] :]) if magic == b"GP" else None
    except (struct.error, KeyError, TypeError, shapely.errors.GEOSException):
        raise FileRefused(f"entité {position} : son contour est abîmé.") from None


def _crs(table: str, organisation: str, number: int, text: str) -> CRS:
    try:
        known = str(organisation).upper() == "EPSG"
        return CRS.from_epsg(number) if known else CRS.from_user_input(text)
    except CRSError:
        raise FileRefused(f"La couche {table} n'a pas de projection connue. Exportez-la en WGS84.") from None


def _day(changed: Any) -> date | None:
    try:
        return date.fromisoformat(str(changed)[:10])
    except ValueError:
        return None
