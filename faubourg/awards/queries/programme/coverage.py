"""What the money covers: dossiers and euros by objective, by neighbourhood, by theme (PRJ-6, FIN-5)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from faubourg.awards.queries.axes import Attachments
from faubourg.awards.rules import ZERO, label_order, share_equally


@dataclass
class CoverageLine:
    """One objective, one neighbourhood or one theme. `key` ties it to the rows, for those who type."""

    key: str
    label: str
    number: int = 0
    amount: Decimal = ZERO


@dataclass
class Coverage:
    """One breakdown; a dossier that touches several lines is shared equally between them, to the cent."""

    label: str
    letter: str
    lines: dict[str, CoverageLine] = field(default_factory=dict)

    def line(self, label: str) -> CoverageLine:
        return self.lines.setdefault(label, CoverageLine(f"{self.letter}{len(self.lines)}", label))

    def add(self, labels: Sequence[str], amount: Decimal) -> list[str]:
        """Count one dossier in; the keys of its lines."""
        lines = [self.line(label) for label in labels]
        if lines and amount:
            for line, part in zip(lines, share_equally(amount, len(lines)), strict=True):
                line.number += 1
                line.amount += part
        return [line.key for line in lines]

    @property
    def sorted_lines(self) -> list[CoverageLine]:
        return sorted(self.lines.values(), key=lambda line: label_order(line.label))


class Coverages:
    """The three breakdowns of a table, filled dossier by dossier."""

    def __init__(self, touched: Attachments, opened: Iterable[str]) -> None:
        self.objectives = Coverage("objectif", "o")
        self.neighbourhoods = Coverage("quartier", "q")
        self.themes = Coverage("thématique", "t")
        self.sources: list[tuple[Coverage, Mapping[int, Sequence[str]]]] = [
            (self.objectives, touched.objectives),
            (self.neighbourhoods, touched.neighbourhoods),
            (self.themes, touched.themes),
        ]
        for label in opened:
            self.objectives.line(label)

    def add(self, application_id: int, amount: Decimal) -> str:
        keys = [key for coverage, names in self.sources
                for key in coverage.add(sorted(names.get(application_id, ())), amount)]  # fmt: skip
        return " ".join(keys)

    @property
    def all(self) -> list[Coverage]:
        return [coverage for coverage, _ in self.sources if coverage.lines]
