"""The columns of a file that say where its lines are: longitudes and latitudes, or addresses."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faubourg.territories.rules.addresses.asked import Asked, read_address
from faubourg.territories.rules.addresses.matching import Candidate
from faubourg.territories.rules.france import Floats, department_of_commune, from_lambert93, is_lambert93

LON, LAT = ("lon", "longitude", "lng", "x_l93", "x"), ("lat", "latitude", "y_l93", "y")
COMMUNE = ("code_insee", "citycode", "insee_com", "result_citycode")
ADDRESS = ("adresse", "adresse_complete", "address", "adresse_postale")
POSTCODE, CITY = ("code_postal", "codepostal", "cp", "postcode"), ("commune", "ville", "nom_commune", "city")
NOWHERE = float("nan")

Rows = Sequence[Sequence[str]]


class AddressFinder(Protocol):
    """Whoever finds addresses: the likeliest first, one list for each one asked."""

    def find_all(self, asked: Sequence[Asked]) -> list[list[Candidate]]: ...


@dataclass(frozen=True)
class Points:
    """Where some lines are. `said`: what their addresses were found to be, in the cells of `added`."""

    lons: Floats
    lats: Floats
    departments: list[str] | None = None
    coarse: NDArray[np.bool_] | None = None
    said: Sequence[tuple[str, ...]] = ()


class ByPoint:
    """Lines that have their longitude and latitude, or x and y in Lambert-93 (known by their size); the
    commune, when it is there, says the department."""

    added: tuple[str, ...] = ()

    def __init__(self, lon: int, lat: int, commune: int | None) -> None:
        self._lon, self._lat, self._commune = lon, lat, commune

    def read(self, rows: Rows) -> Points:
        commune = self._commune
        lons = np.array(array("d", (number_in(row[self._lon]) for row in rows)))
        lats = np.array(array("d", (number_in(row[self._lat]) for row in rows)))
        metric = is_lambert93(lons, lats)
        if metric.any():
            lons[metric], lats[metric] = from_lambert93(lons[metric], lats[metric])
        return Points(
            lons,
            lats,
            None if commune is None else [department_of_commune(row[commune]) for row in rows],
            said=[()] * len(rows),
        )


class ByAddress:
    """Lines that have an address: firm only when it is found alone, at its number."""

    added: tuple[str, ...] = ("adresse_trouvee", "score", "type")

    def __init__(self, address: int, others: dict[str, int | None], finder: AddressFinder) -> None:
        """`others`: the columns of `postcode`, `city`, `insee_code`, None for those that are not there."""
        self._address, self._finder = address, finder
        self._others = {name: column for name, column in others.items() if column is not None}

    def read(self, rows: Rows) -> Points:
        found = self._finder.find_all([self._asked(row) for row in rows])
        best = [candidates[0] if candidates else None for candidates in found]
        return Points(
            np.array([one.lon if one else NOWHERE for one in best], float),
            np.array([one.lat if one else NOWHERE for one in best], float),
            [department_of_commune(one.insee_code) if one else "" for one in best],
            np.array([one is not None and not one.is_sure for one in best], bool),
            [(one.label, f"{one.score:.2f}", str(one.type)) if one else ("", "", "") for one in best],
        )

    def _asked(self, row: Sequence[str]) -> Asked:
        return read_address(row[self._address], **{name: row[at] for name, at in self._others.items()})


def columns_of(header: Sequence[str], finder: AddressFinder) -> ByPoint | ByAddress | None:
    """How the lines are located; points are surer than addresses. None when there is neither."""
    names = [name.strip().lower().replace(" ", "_") for name in header]
    lon, lat, address = (_column(names, aliases) for aliases in (LON, LAT, ADDRESS))
    if lon is not None and lat is not None:
        return ByPoint(lon, lat, _column(names, COMMUNE))
    if address is None:
        return None
    others = {"postcode": POSTCODE, "city": CITY, "insee_code": COMMUNE}
    return ByAddress(address, {name: _column(names, aliases) for name, aliases in others.items()}, finder)


def _column(names: list[str], aliases: tuple[str, ...]) -> int | None:
    return next((names.index(alias) for alias in aliases if alias in names), None)


def number_in(cell: str) -> float:
    """A coordinate as people write it; NaN for what is not one."""
    try:
        return float(cell)
    except ValueError:
        try:
            return float("".join(cell.split()).replace(",", "."))
        except ValueError:
            return float("nan")
