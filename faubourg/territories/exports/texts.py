"""The register in the form of the ANCT: the columns of its list, and GeoJSON (RFC 7946). QPV only (GEO-5)."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

import shapely

from faubourg.territories.models import Neighbourhood
from faubourg.territories.rules.geojson import DECIMALS, geometry_of
from faubourg.toolkit.tables import harmless

LIST_COLUMNS = (
    "code_qp", "lib_qp", "insee_reg", "lib_reg", "insee_dep", "lib_dep",
    "insee_com", "lib_com", "siren_epci", "lib_epci",
)  # fmt: skip
"""The header of `listeqp2024-cog2024.csv` (formats 1.1)."""


def csv_lines(places: Iterable[Neighbourhood]) -> Iterator[str]:
    """UTF-8 with its mark, semicolons; several communes in a cell are parted by "; "."""
    yield "\ufeff" + _line(LIST_COLUMNS)
    for place in places:
        yield _line([harmless(text) for text in cells(place, "; ").values()])


def geojson_parts(places: Iterable[Any], decimals: int = DECIMALS) -> Iterator[str]:
    """A FeatureCollection, one feature a line; `geometry` is null without an outline (RFC 7946, 3.2).

    `decimals` of a degree: 4 (ten metres) are enough to be looked at.
    """
    yield '{"type": "FeatureCollection", "features": ['
    for number, place in enumerate(places):
        shape = None if place.contour is None else shapely.from_wkb(bytes(place.contour))
        feature = {
            "type": "Feature",
            "properties": cells(place, ","),
            "geometry": None if shape is None else geometry_of(shape, decimals),
        }
        yield (",\n" if number else "\n") + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def cells(place: Neighbourhood, between: str) -> dict[str, str]:
    """Column by column; a place that holds several communes is named once."""
    communes = sorted(place.communes.all(), key=lambda commune: commune.insee_code)
    departments = [commune.department for commune in communes]
    epcis = [commune.epci for commune in communes if commune.epci]
    lists = (
        (one.region.code for one in departments),
        (one.region.name for one in departments),
        (one.code for one in departments),
        (one.name for one in departments),
        (one.insee_code for one in communes),
        (one.name for one in communes),
        (one.siren for one in epcis),
        (one.name for one in epcis),
    )
    texts = [between.join(dict.fromkeys(values)) for values in lists]
    return dict(zip(LIST_COLUMNS, [place.code, place.name, *texts], strict=True))


def _line(cells: Iterable[str]) -> str:
    output = StringIO()
    csv.writer(output, delimiter=";", lineterminator="\r\n").writerow(cells)
    return output.getvalue()
