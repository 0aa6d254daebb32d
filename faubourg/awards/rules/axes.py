"""The nine axes that follow every line of money through the contract (FIN-1, l. 1091). Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

OPERATING = "fonctionnement"
"""A call pays for actions; investment, FPH and ATFPB have lines of their own, elsewhere."""


@dataclass(frozen=True)
class Axes:
    """What a line of money belongs to. An axis with several values (two objectives) names them all."""

    year: int
    contract: str
    neighbourhoods: Sequence[str]
    objectives: Sequence[str]
    themes: Sequence[str]
    scheme: str
    funder: str
    is_multi_year: bool
    kind: str = OPERATING

    @property
    def nature(self) -> str:
        return "convention de trois ans" if self.is_multi_year else "annuel"

    @property
    def values(self) -> tuple[str, ...]:
        """The nine, in the order of the nomenclature; what is missing is empty."""
        return (
            str(self.year),
            self.contract,
            " + ".join(self.neighbourhoods),
            " + ".join(self.objectives),
            " + ".join(self.themes),
            self.scheme,
            self.funder,
            self.kind,
            self.nature,
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The axes without a value: without them the money cannot be followed, and is not granted."""
        return tuple(label for label, value in zip(LACKING, self.values, strict=True) if not value)

    def __str__(self) -> str:
        return " · ".join(value or "à confirmer" for value in self.values)


LABELS = (
    "Exercice", "Contrat", "Quartier", "Objectif", "Thématique Quartiers 2030", "Ligne de crédits",
    "Financeur", "Type", "Nature",
)  # fmt: skip
LACKING = (
    "un exercice", "un contrat", "un quartier", "un objectif du contrat",
    "une thématique Quartiers 2030 de ses objectifs", "une ligne de crédits", "un financeur", "un type",
    "une nature",
)  # fmt: skip
