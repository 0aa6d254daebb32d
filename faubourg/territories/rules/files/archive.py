"""A zip, or files side by side: which layers to read."""

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import PurePosixPath

from faubourg.territories.rules.files.geojson import read_geojson
from faubourg.territories.rules.files.geopackage import read_geopackage
from faubourg.territories.rules.files.layers import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    FileRefused,
    Layer,
)
from faubourg.territories.rules.files.shapefile import read_shapefile
from faubourg.territories.rules.files.tables import read_table

# The formats we read, the surest first.
FORMATS = (".geojson", ".json", ".gpkg", ".shp", ".csv")
PARTS = (".shp", ".dbf", ".prj", ".cpg")
WGS84 = re.compile(r"wgs.?84", re.I)


def read_layers(name: str, members: Mapping[str, bytes]) -> list[Layer]:
    """The layers of a file (`members`: its content, and its neighbours', by name), or FileRefused."""
    extension = PurePosixPath(name).suffix.lower()
    if extension == ".zip":
        return _read_zip(name, members[name])
    return _read(name, extension, members)


def _read(name: str, extension: str, members: Mapping[str, bytes]) -> list[Layer]:
    short = PurePosixPath(name).name
    match extension:
        case ".geojson" | ".json":
            return [read_geojson(short, members[name])]
        case ".gpkg":
            return chosen(read_geopackage(short, members[name]))
        case ".shp":
            stem = name[: -len(extension)].lower()
            parts = {
                key[len(stem) :].lower(): value
                for key, value in members.items()
                if key.lower().startswith(stem)
            }
            return [read_shapefile(short, parts)]
        case ".csv" | ".txt":
            return [read_table(short, members[name])]
    raise FileRefused(
        f"{short} n'est pas d'un format lu ici : GeoJSON, GeoPackage, Shapefile en zip, ou liste CSV."
    )


def _read_zip(name: str, content: bytes) -> list[Layer]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = [
                one for one in archive.infolist() if not one.is_dir() and "__MACOSX" not in one.filename
            ]
            _guard(name, members, len(content))
            wanted = _wanted(members)
            stems = {one.filename[: -len(PurePosixPath(one.filename).suffix)].lower() for one in wanted}
            read = {
                one.filename: archive.read(one)
                for one in members
                if one in wanted
                or (
                    one.filename.lower().endswith(PARTS)
                    and one.filename[: -len(PurePosixPath(one.filename).suffix)].lower() in stems
                )
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise FileRefused(
            f"{name} n'est pas un zip, ou il est abîmé ou protégé : téléchargez-le de nouveau."
        ) from None
    layers = []
    for one in wanted:
        day = date(*one.date_time[:3])
        for layer in _read(one.filename, PurePosixPath(one.filename).suffix.lower(), read):
            layer.dated = layer.dated or (day if day.year > 1980 else None)
            layers.append(layer)
    return layers


def _guard(name: str, members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(one.file_size for one in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > packed * MAX_RATIO:
        raise FileRefused(f"{name} se déplie en un contenu démesuré : il n'est pas lu.")


def _wanted(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The WGS84 layer that holds most, in the surest format; failing that, all of one format together."""
    for group in (
        [one for one in members if WGS84.search(one.filename)],
        members,
    ):
        for extension in FORMATS:
            same = [one for one in group if one.filename.lower().endswith(extension)]
            if same and group is not members:
                return [max(same, key=lambda one: one.file_size)]
            if same:
                return same
    raise FileRefused("Ce zip ne contient ni GeoJSON, ni GeoPackage, ni Shapefile, ni CSV.")


def chosen(layers: list[Layer]) -> list[Layer]:
    """The same choice among the tables of a GeoPackage."""
    if not layers:
        raise FileRefused("Ce GeoPackage ne contient aucune couche de contours.")
    in_wgs84 = [layer for layer in layers if WGS84.search(layer.name)]
    return [max(in_wgs84, key=lambda layer: len(layer.features))] if in_wgs84 else layers
