"""GeoPackage 1.3 (OGC 12-128r17) of the QPV: one layer in WGS84, the columns of the ANCT."""

import sqlite3
import struct
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import shapely
from pyproj import CRS

from faubourg.territories.exports.texts import LIST_COLUMNS, cells

APPLICATION_ID, USER_VERSION = 0x47504B47, 10300
""" "GPKG", and the version of the standard."""
LAYER, WGS84 = "quartiers_wgs84", 4326
TABLES = f"""
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT PRIMARY KEY REFERENCES gpkg_contents(table_name), column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys(srs_id),
  z TINYINT NOT NULL, m TINYINT NOT NULL);
CREATE TABLE {LAYER} (
  fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON,
  {", ".join(f"{column} TEXT" for column in LIST_COLUMNS)});
"""
HEADER = struct.Struct("<2sBBi4d")
SIGNS = 0b11
"""Little-endian, with an envelope in x and y."""


def geopackage(places: Iterable[Any], *, now: datetime) -> bytes:
    """The whole file; `geom` is null where no outline is known."""
    rows = [(_shape(place), *cells(place, ",").values()) for place in places]
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        base.execute(f"PRAGMA user_version = {USER_VERSION}")
        base.executescript(TABLES)
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _references())
        marks = ", ".join("?" * (len(LIST_COLUMNS) + 1))
        base.executemany(
            f"INSERT INTO {LAYER} (geom, {', '.join(LIST_COLUMNS)}) VALUES ({marks})",  # noqa: S608
            [(_binary(shape), *texts) for shape, *texts in rows],
        )
        known = [shape for shape, *_ in rows if shape is not None]
        bounds = shapely.total_bounds(known).tolist() if known else [None] * 4
        changed = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        content = (LAYER, "features", "Quartiers prioritaires", "", changed, *bounds, WGS84)
        base.execute("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", content)
        column = (LAYER, "geom", "MULTIPOLYGON", WGS84, 0, 0)
        base.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, ?, ?)", column)
        base.commit()
        return base.serialize()


def _references() -> list[tuple[Any, ...]]:
    """The three rows that the standard wants."""
    return [
        ("WGS 84", WGS84, "EPSG", WGS84, CRS.from_epsg(WGS84).to_wkt("WKT1_GDAL"), "longitude, latitude"),
        ("Undefined cartesian", -1, "NONE", -1, "undefined", ""),
        ("Undefined geographic", 0, "NONE", 0, "undefined", ""),
    ]


def _shape(place: Any) -> Any:
    return None if place.contour is None else shapely.from_wkb(bytes(place.contour))


def _binary(shape: Any) -> bytes | None:
    """GeoPackageBinary: magic, version 0, flags, projection, envelope (x then y), WKB."""
    if shape is None:
        return None
    west, south, east, north = shape.bounds
    head = HEADER.pack(b"GP", 0, SIGNS, WGS84, west, east, south, north)
    return head + bytes(shapely.to_wkb(shape, byte_order=1))
