"""What a run has found: one measure per page and size, and the whole of a database."""

from dataclasses import dataclass, field

from bench.clock import Times
from bench.pages import Page
from bench.reading import Reading


@dataclass(frozen=True)
class Sizes:
    """How much is written; for how long, and at least how often, each page is asked."""

    small: int
    large: int
    rows: int
    seconds: float
    least: int
    writing_seconds: float
    answers: int


@dataclass
class Measure:
    """One page at one size of the campaign."""

    page: Page
    dossiers: int
    reading: Reading | None = None
    times: Times | None = None
    floor: Times | None = None
    crowd: Times | None = None
    crowd_floor: Times | None = None
    compressed: int = 0
    trouble: str = ""

    @property
    def floors(self) -> float | None:
        """How many times the floor measured in turns with it."""
        return self.times.p50 / self.floor.p50 if self.times and self.floor else None

    @property
    def calm_floors(self) -> float | None:
        """The same for the quickest quarter of each: what other programs of the machine trouble least."""
        return self.times.calm / self.floor.calm if self.times and self.floor else None


@dataclass
class Course:
    """Everything found on one database."""

    database: str
    sizes: Sizes
    floor: Measure
    small: list[Measure] = field(default_factory=list)
    large: list[Measure] = field(default_factory=list)
    weight: tuple[int, int] | None = None
    megabytes: tuple[float, float] | None = None
    writing: str = ""
    finding: str = ""
    answering: str = ""
    answering_weight: int = 0
