"""In which order a committee should look at the dossiers that wait (PRG-6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Proposed(Generic[Thing]):
    """A dossier that is ready, and why this committee is its place."""

    thing: Thing
    is_of_theme: bool = False
    is_of_place: bool = False
    came_back: bool = False
    rank: tuple[int, int] = (0, 0)
    applicant: str = ""
    number: str = ""

    @property
    def is_expected(self) -> bool:
        return self.is_of_theme or self.is_of_place

    @property
    def why(self) -> str:
        reasons = [
            *(["reporté d'une autre séance"] if self.came_back else []),
            *(["thème du comité"] if self.is_of_theme else []),
            *(["territoire du comité"] if self.is_of_place else []),
        ]
        return ", ".join(reasons)


def in_order(waiting: Iterable[Proposed[Thing]]) -> list[Proposed[Thing]]:
    """Those of the committee first, what was put off before the rest; then objective, applicant, number."""
    return sorted(
        waiting, key=lambda one: (not one.is_expected, not one.came_back, one.rank, one.applicant, one.number)
    )
