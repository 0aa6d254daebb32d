"""From a file to plain rows: neighbourhoods with their outlines, a list, or the official correspondence."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import shapely

from faubourg.territories.rules.codes import vintage_of
from faubourg.territories.rules.files.archive import read_layers
from faubourg.territories.rules.files.columns import cell, found, insee_code, plain, several
from faubourg.territories.rules.files.layers import Feature, FileRefused, Layer, heavy
from faubourg.territories.rules.shapes import SAME, BadShape, in_wgs84, mended, misplaced

INSEE = re.compile(r"\d[\dAB]\d{3}")
OUTLINES, LIST, LINKS = "outlines", "list", "links"


@dataclass(frozen=True)
class Row:
    """One neighbourhood. `geometry`: MultiPolygon in WGS84, None in a list; `repaired`: what was, or ""."""

    where: str
    code: str
    vintage: int
    name: str
    communes: tuple[str, ...] = ()
    commune_names: tuple[str, ...] = ()
    geometry: Any = None
    repaired: str = ""


@dataclass(frozen=True)
class Link:
    """One line of the official correspondence; `code_2015` is "" for a neighbourhood that is new."""

    code_2024: str
    code_2015: str
    name_2015: str
    status: str


@dataclass
class ReadFile:
    """What a file says. One problem at least: nothing of it may be written."""

    name: str
    sha256: str
    kind: str
    rows: list[Row] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    dated: date | None = None
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_file(name: str, members: Mapping[str, bytes], *, vintage: int | None = None) -> ReadFile:
    """`members`: the content by file name, a Shapefile's neighbours included. Raise FileRefused."""
    content = members[name]
    for sentence in heavy(len(content)):
        raise FileRefused(sentence)
    layers = read_layers(name, members)
    read = ReadFile(name, hashlib.sha256(content).hexdigest(), OUTLINES)
    read.dated = max((layer.dated for layer in layers if layer.dated), default=None)
    for layer in layers:
        read.notes += layer.notes
        known = {plain(column) for column in layer.columns}
        if {"qp2024", "qp2015_1"} <= known:
            read.kind = LINKS
            _read_links(layer, read)
        else:
            _read_rows(layer, read, vintage)
    read.rows = _once(read.rows, read)
    if not (read.rows or read.links or read.problems):
        raise FileRefused(f"{name} ne contient aucun quartier.")
    return read


def _read_rows(layer: Layer, read: ReadFile, vintage: int | None) -> None:
    columns = found(layer.columns)
    if "code" not in columns:
        raise FileRefused(
            f"{layer.name} n'a pas de colonne du code du quartier (« code_qp »). "
            f"Colonnes lues : {', '.join(layer.columns) or 'aucune'}."
        )
    if layer.crs is None:
        read.kind = LIST
    blank = 0
    kept: list[tuple[Feature, Row]] = []
    for feature in layer.features:
        code = cell(feature.values, columns["code"]).upper()
        if not code:
            blank += 1
            continue
        try:
            kept.append((feature, _row(feature, code, columns, vintage, has_shape=layer.crs is not None)))
        except BadShape as bad:
            read.problems.append(f"{feature.where}, {code} : {bad}")
    if blank:
        read.notes.append(
            f"{blank} ligne{'s' if blank > 1 else ''} sans code, laissée{'s' if blank > 1 else ''} de côté."
        )
    if layer.crs is None:
        read.rows += [row for _, row in kept]
        return
    shapes = in_wgs84([feature.geometry for feature, _ in kept], layer.crs)
    for (feature, row), shape in zip(kept, shapes, strict=True):
        try:
            misplaced(shape, row.code)
            whole, repaired = mended(shape)
            read.rows.append(replace(row, geometry=whole, repaired=repaired))
        except BadShape as bad:
            read.problems.append(f"{feature.where}, {row.code} : {bad}")


def _row(
    feature: Feature, code: str, columns: Mapping[str, str], vintage: int | None, *, has_shape: bool
) -> Row:
    of_code = vintage_of(code)
    if of_code is None:
        raise BadShape("ce code n'est ni de la forme QN03014M (2024) ni de la forme QP030014 (2015).")
    if vintage is not None and of_code != vintage:
        raise BadShape(f"ce code est de la génération {of_code}, le fichier est annoncé de {vintage}.")
    communes = [insee_code(part) for part in several(feature.values.get(columns.get("communes", "")))]
    wrong = [part for part in communes if not INSEE.fullmatch(part)]
    if wrong:
        raise BadShape(f"« {wrong[0]} » n'est pas un code INSEE de commune.")
    if has_shape and (feature.geometry is None or feature.geometry.is_empty):
        raise BadShape("son contour est vide.")
    return Row(
        feature.where,
        code,
        of_code,
        cell(feature.values, columns.get("name"))[:150] or code,
        tuple(dict.fromkeys(communes)),
        tuple(several(feature.values.get(columns.get("commune_names", "")))),
    )


def _once(rows: Iterable[Row], read: ReadFile) -> list[Row]:
    """One row a code: lines of the same neighbourhood are put together, two outlines of one code refused."""
    kept: dict[str, Row] = {}
    for row in rows:
        first = kept.setdefault(row.code, row)
        if first is row:
            continue
        if row.geometry is not None and not shapely.equals_exact(row.geometry, first.geometry, SAME):
            read.problems.append(
                f"{row.where}, {row.code} : ce code est déjà celui de {first.where}, avec un autre contour."
            )
        kept[row.code] = replace(first, communes=tuple(dict.fromkeys((*first.communes, *row.communes))))
    return list(kept.values())


def _read_links(layer: Layer, read: ReadFile) -> None:
    columns = {plain(column): column for column in layer.columns}
    for feature in layer.features:
        values = {name: cell(feature.values, column) for name, column in columns.items()}
        code = values["qp2024"].upper()
        if not code:
            continue
        if vintage_of(code) != 2024:
            read.problems.append(f"{feature.where} : « {code} » n'est pas un code de 2024.")
        former = [
            (values.get(f"qp2015_{n}", "").upper(), values.get(f"label_qp2015_{n}", "")) for n in range(1, 10)
        ]
        former = [(one, name) for one, name in former if one] or [("", "")]
        for one, name in former:
            if one and vintage_of(one) != 2015:
                read.problems.append(f"{feature.where} : « {one} » n'est pas un code de 2015.")
            read.links.append(Link(code, one, name[:150], values.get("statut", "")[:100]))
