"""What a file of places holds once read, whatever its format; and the refusal of a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pyproj import CRS

MEGABYTE = 1024 * 1024
MAX_FILE = 200 * MEGABYTE
MAX_UNPACKED = 600 * MEGABYTE
MAX_RATIO = 100
MAX_MEMBERS = 2000


class FileRefused(Exception):
    """The file cannot be read. `problems`: French sentences, each with where it is and how to mend it."""

    def __init__(self, *problems: str) -> None:
        self.problems = list(problems)
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Feature:
    """One row of a file: `where` says which for people ("entité 3", "ligne 12")."""

    where: str
    values: Mapping[str, Any]
    geometry: Any = None
    """A shapely geometry in the projection of its layer, None when there is none."""


@dataclass
class Layer:
    """Rows under the same header. `crs` is None for a table without geometry."""

    name: str
    columns: Sequence[str]
    features: list[Feature]
    crs: CRS | None = None
    dated: date | None = None
    notes: list[str] = field(default_factory=list)


def heavy(size: int) -> Iterator[str]:
    """The sentence against a file that is too big (`size` in bytes), or against an empty one."""
    if size > MAX_FILE:
        yield (
            f"Le fichier pèse {size // MEGABYTE}\u00a0Mo et la limite est de "
            f"{MAX_FILE // MEGABYTE}\u00a0Mo : l'officiel en fait vingt."
        )
    if size == 0:
        yield "Le fichier est vide : téléchargez-le de nouveau."
