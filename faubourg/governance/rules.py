"""How often a body must meet (GOV-1), on plain values."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Rhythm:
    """What a body has held this year against what it owes."""

    held: int
    minimum: int | None
    owed: int

    @property
    def is_late(self) -> bool:
        return self.held < self.owed

    @property
    def sentence(self) -> str:
        if self.minimum is None:
            return "Aucun rythme n'est fixé."
        if not self.is_late:
            return f"{self.held} sur {self.minimum} au moins cette année."
        return f"{self.held} sur {self.minimum} cette année : il devrait y en avoir eu {self.owed} à ce jour."


def rhythm(*, held: int, minimum: int | None, today: date, grace: int | None) -> Rhythm:
    """The year is cut in as many equal periods as meetings are owed, each with days of grace (GOV-1).

    31 December suffers none; where the contract gives no `grace`, it is the only day that tells.
    """
    if not minimum:
        return Rhythm(held=held, minimum=minimum or None, owed=0)
    last = date(today.year, 12, 31)
    ends = _period_ends(minimum, today.year)
    owed = sum(today >= (last if grace is None else min(end + timedelta(days=grace), last)) for end in ends)
    return Rhythm(held=held, minimum=minimum, owed=owed)


def _period_ends(count: int, year: int) -> list[date]:
    ends = []
    for number in range(1, count + 1):
        month = max(1, round(12 * number / count))
        ends.append(date(year, month, monthrange(year, month)[1]))
    return ends
