"""What a dossier holds, as plain values: its answers, the territories it aims at, the figures of the law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from faubourg.applications.rules.budget import Budget
from faubourg.applications.states import Part


def is_short(ceiling: Decimal | None, requested: Decimal) -> bool:
    """Does the short form suffice for what is asked from all funders together?"""
    return ceiling is not None and requested <= ceiling


@dataclass(frozen=True)
class Figures:
    """What the contract fixes, as dated parameters. None: this contract does not say, nothing is supposed."""

    agreement_years: int | None = None
    """Years of a multi-year agreement (cpo.duree, l. 174)."""
    outside_qpv_months: int | None = None
    """Months an action outside a QPV lasts at most with P147 (hors_qpv.duree_max, l. 271)."""
    relay_years: int | None = None
    """Years after which ordinary funding takes over outside a QPV (hors_qpv.relais_dc, l. 273)."""


@dataclass(frozen=True)
class Problem:
    """Something missing or wrong: where it is mended, and the sentence that says how."""

    part: Part
    field: str
    sentence: str
    blocks: bool = True

    @property
    def part_label(self) -> str:
        return str(self.part.label)


@dataclass(frozen=True)
class Territory:
    """A neighbourhood aimed at, with the residents it counts on."""

    name: str
    is_qpv: bool
    residents: int | None
    is_open: bool = True
    field: str = "territories"


@dataclass(frozen=True)
class Answers:
    """Everything a dossier says, as plain values."""

    year: int
    is_association: bool
    structure: Mapping[str, str]
    texts: Mapping[str, str]
    recurrence: str = ""
    is_multi_year: bool = False
    objectives_count: int = 0
    closed_objectives: Sequence[str] = ()
    indicators_count: int = 0
    participants_count: int | None = None
    territories: Sequence[Territory] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    budget: Budget = field(default_factory=Budget)
    is_social_centre: bool = False
    """The organisation keeps the agreement of the CAF, in force that day (PAR-4)."""
    missing_papers: Mapping[int, str] = field(default_factory=dict)
    republican_pledge: bool = False
    is_up_to_date: bool = False
    is_accurate: bool = False
    figures: Figures = Figures()
    short_form_ceiling: Decimal | None = None
    """Up to this total asked, fewer questions are required (a choice of the call). None: the same for all."""
    wrong: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """{part: {field: sentences}} for what was typed and does not stand yet."""
    to_confirm: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """{part: names} of the answers taken over from another dossier and not read again yet."""

    @property
    def aimed_at(self) -> list[Territory]:
        return [territory for territory in self.territories if territory.residents]

    @property
    def is_short(self) -> bool:
        """The small dossier: it may leave SPARED unanswered."""
        return is_short(self.short_form_ceiling, self.budget.requested)

    @property
    def residents_count(self) -> int:
        return sum(territory.residents or 0 for territory in self.territories)

    @property
    def is_p147_outside_qpv(self) -> bool:
        """P147 asked while no QPV resident is aimed at: the exceptional case of l. 271-273 (GEO-6)."""
        aimed_at = self.aimed_at
        return (
            self.budget.asks_for_p147
            and bool(aimed_at)
            and not any(territory.is_qpv for territory in aimed_at)
        )
