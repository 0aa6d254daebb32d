"""A line of the instruction, and what surrounds a dossier when it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faubourg.appraisal.states import Severity

TONES = {Severity.OK: "success", Severity.WARN: "warning", Severity.BLOCK: "danger"}


@dataclass(frozen=True)
class Check:
    """One line of the instruction: what was looked at, what was found, and why."""

    label: str
    severity: Severity
    explanation: str

    @property
    def tone(self) -> str:
        return TONES[self.severity]

    @property
    def severity_label(self) -> str:
        return str(self.severity.label)


@dataclass(frozen=True)
class FinalReportKnown:
    """What is known of last year's final report. No such record at all: « non renseigné »."""

    is_due: bool
    received_on: date | None = None
    reprieve_until: date | None = None
    reprieve_reason: str = ""


@dataclass(frozen=True)
class EnvelopeLeft:
    """What a funder is asked, and what its envelope still holds once the other proposals are taken out."""

    funder: str
    requested: Decimal
    amount: Decimal | None
    proposed_elsewhere: Decimal = Decimal()


@dataclass(frozen=True)
class Thresholds:
    """Public money over a year (domaine B3). None: this contract does not say, nothing is supposed."""

    agreement: Decimal | None = None
    """Per funder: an agreement is signed beyond (B3.1)."""
    accounts: Decimal | None = None
    """All funders: accounts published, an auditor, beyond (B3.15)."""
    pay_subsidies: Decimal | None = None
    pay_budget: Decimal | None = None
    """Both passed: the three highest pays are published (B3.16)."""


@dataclass(frozen=True)
class Context:
    """What surrounds a dossier: its twins, its past, the money of the year, who is tied, its stage."""

    today: date
    duplicates: Sequence[str] = ()
    tied: Sequence[str] = ()
    maximum_public_share: Decimal | None = None
    is_declared_admissible: bool = False
    last_year: FinalReportKnown | None = None
    envelopes: Sequence[EnvelopeLeft] = ()
    asked_in_the_year: Sequence[tuple[str, Decimal]] = ()
    """(funder, what the applicant asks of it in all its dossiers of the year)."""
    public_in_the_year: Decimal = Decimal()
    """What the applicant asks of, or declares from, public funders in all its dossiers of the year."""
    thresholds: Thresholds = Thresholds()
    outside_qpv_last_year: str = ""
    """The dossier of the same action supported by P147 outside a QPV the year before (GEO-6)."""
    corrections_to_accept: int = 0
