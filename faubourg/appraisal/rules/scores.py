"""The marks given to a dossier: a mean of the criteria that have a weight; the others are only shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Mean:
    """The weighted mean, out of five, and on how many of the weighted criteria it rests."""

    value: Decimal | None
    marked: int
    weighted: int

    @property
    def words(self) -> str:
        if self.value is None:
            return "pas encore de note"
        return f"{str(self.value).replace('.', ',')} sur 5"


def weighted_mean(marks: Iterable[tuple[int | None, int | None]]) -> Mean:
    """`marks`: (points, weight). What has no weight, or a weight of nothing, does not count."""
    weighted = [(points, weight) for points, weight in marks if weight]
    marked = [(points, weight) for points, weight in weighted if points is not None]
    if not marked:
        return Mean(None, 0, len(weighted))
    mean = Decimal(sum(points * weight for points, weight in marked)) / sum(weight for _, weight in marked)
    return Mean(mean.quantize(Decimal("0.1"), ROUND_HALF_UP), len(marked), len(weighted))
