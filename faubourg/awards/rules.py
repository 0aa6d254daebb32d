"""Who gets what: the outcome of a dossier, what an envelope holds, what a decision says. Plain values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.toolkit.money import CENT, format_euros

ZERO = Decimal(0)


@dataclass(frozen=True)
class Verdict:
    """What one funder was asked, and what it answered (nothing yet: outcome is empty)."""

    requested: Decimal
    outcome: str = ""
    awarded: Decimal = ZERO


def outcome(verdicts: Sequence[Verdict]) -> Outcome:
    """What becomes of a dossier, from its funders' decisions; never stored."""
    if not verdicts or any(not verdict.outcome for verdict in verdicts):
        return Outcome.PENDING
    if any(verdict.outcome == FundingOutcome.DEFERRED for verdict in verdicts):
        return Outcome.DEFERRED
    awarded = sum((verdict.awarded for verdict in verdicts), ZERO)
    if not awarded:
        return Outcome.REJECTED
    asked = sum((verdict.requested for verdict in verdicts), ZERO)
    return Outcome.GRANTED if awarded == asked else Outcome.PARTLY_GRANTED


def is_settled(verdicts: Sequence[Verdict]) -> bool:
    """Every funder has granted or refused; a deferral keeps the dossier open."""
    return outcome(verdicts) not in (Outcome.PENDING, Outcome.DEFERRED)


def left_in(amount: Decimal | None, awarded: Iterable[Decimal]) -> Decimal | None:
    """What an envelope still holds; None when its amount is to be confirmed, never 0."""
    return None if amount is None else amount - sum(awarded, ZERO)


@dataclass(frozen=True)
class Limits:
    """What bounds a decision. None: not known."""

    requested: Decimal
    left_in_envelope: Decimal | None
    eligible_cost: Decimal | None
    other_public: Decimal
    lacks_relay_plan: bool = False
    missing_axes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """What a funder wants to record."""

    outcome: str
    awarded_amount: Decimal | None = None
    act_kind: str = ""
    act_number: str = ""
    decided_on: date | None = None
    reason: str = ""
    conditions: str = ""


def check_decision(ruling: Ruling, limits: Limits, today: date) -> dict[str, list[str]]:
    """One French sentence per broken rule, by field (PRG-9, PRG-10, FIN-2)."""
    errors: dict[str, list[str]] = defaultdict(list)
    if ruling.outcome not in FundingOutcome.values:
        errors["outcome"].append("Choisissez : accordé, refusé ou ajourné.")
    if ruling.decided_on is None:
        errors["decided_on"].append("Indiquez la date de la décision.")
    elif ruling.decided_on > today:
        errors["decided_on"].append("La décision ne peut pas être datée d'un jour à venir.")
    if ruling.outcome == FundingOutcome.GRANTED:
        _check_grant(ruling, limits, errors)
    elif ruling.awarded_amount:
        errors["awarded_amount"].append("N'indiquez un montant que pour une demande accordée.")
    if ruling.outcome == FundingOutcome.REJECTED and not ruling.reason.strip():
        errors["reason"].append("Écrivez le motif du refus : il figurera dans la lettre au porteur.")
    return dict(errors)


def _check_grant(ruling: Ruling, limits: Limits, errors: dict[str, list[str]]) -> None:
    if not ruling.act_kind:
        errors["act_kind"].append("Indiquez la nature de l'acte : arrêté, délibération…")
    if not ruling.act_number.strip():
        errors["act_number"].append("Indiquez le numéro de l'acte qui accorde la subvention.")
    if not ruling.awarded_amount or ruling.awarded_amount <= 0:
        errors["awarded_amount"].append("Indiquez le montant accordé.")
        return
    for sentence in _check_amount(ruling.awarded_amount, limits):
        errors["awarded_amount"].append(sentence)
    if limits.missing_axes:
        errors["outcome"].append(
            f"Il manque au dossier {' et '.join(limits.missing_axes)} : sans cela son argent ne se suit pas "
            "dans le contrat (l. 1091). Demandez au GIP de le faire compléter."
        )
    if limits.lacks_relay_plan:
        errors["outcome"].append(
            "Cette action est hors quartier prioritaire : le programme 147 ne l'accompagne que si son "
            "dossier dit comment le droit commun prendra le relais (contrat, l. 273). "
            "Demandez-le au porteur, ou ajournez."
        )


def _check_amount(awarded: Decimal, limits: Limits) -> list[str]:
    """Never more than asked, than what is left, than the eligible cost (PRG-9)."""
    sentences = []
    if awarded > limits.requested:
        sentences.append(
            f"Le montant accordé dépasse la demande, qui est de {format_euros(limits.requested)} : "
            "un financeur n'accorde jamais plus que ce qui lui est demandé."
        )
    if limits.left_in_envelope is None:
        sentences.append(
            "Le montant de votre enveloppe est encore « à confirmer » : demandez au GIP de l'inscrire à "
            "l'appel avant d'accorder une subvention."
        )
    elif awarded > limits.left_in_envelope:
        sentences.append(
            f"Il reste {format_euros(max(limits.left_in_envelope, ZERO))} dans votre enveloppe : "
            f"il manque {format_euros(awarded - limits.left_in_envelope)}. "
            "Baissez ce montant, ou revoyez une autre décision."
        )
    if limits.eligible_cost is not None and awarded + limits.other_public > limits.eligible_cost:
        most = max(limits.eligible_cost - limits.other_public, ZERO)
        sentences.append(
            "Le total des aides publiques dépasserait le coût de l'action, qui est de "
            f"{format_euros(limits.eligible_cost)} : vous pouvez accorder au plus {format_euros(most)}."
        )
    return sentences


# Sharing and reporting ----------------------------------------------------------------------------


def share_equally(amount: Decimal, count: int) -> list[Decimal]:
    """`amount` in `count` equal parts, to the cent; the first parts carry the odd cents, the sum is exact."""
    if count < 1:
        raise ValueError("Un montant se partage en une part au moins.")
    part = (amount / count).quantize(CENT, ROUND_DOWN)
    odd = int((amount - part * count) / CENT)
    return [part + CENT if place < odd else part for place in range(count)]


@dataclass(frozen=True)
class MultiYearShare:
    """What is granted under three-year agreements (PRG-11), by amount and by number."""

    amount: Decimal
    total_amount: Decimal
    number: int
    total_number: int

    def is_under(self, target: Decimal | None) -> bool:
        """« La majorité » (l. 174) is more than the target rate. No grant, no answer."""
        if target is None or not self.total_amount:
            return False
        return self.amount <= target * self.total_amount or self.number <= target * self.total_number


def multi_year_share(grants: Iterable[tuple[Decimal, bool]]) -> MultiYearShare:
    """From (granted amount, is it under a three-year agreement) per dossier; refused ones do not count."""
    kept = [(amount, is_multi_year) for amount, is_multi_year in grants if amount > 0]
    return MultiYearShare(
        amount=sum((amount for amount, is_multi_year in kept if is_multi_year), ZERO),
        total_amount=sum((amount for amount, _ in kept), ZERO),
        number=sum(1 for _, is_multi_year in kept if is_multi_year),
        total_number=len(kept),
    )


@dataclass(frozen=True)
class Delays:
    """Days between filing and the last funder's decision. None: not available."""

    number: int
    shortest: int | None = None
    median: Decimal | None = None
    longest: int | None = None


def delays(spans: Iterable[tuple[date, date]]) -> Delays:
    """From (filed on, last decision on) of the dossiers whose funders have all decided."""
    days = sorted((decided - filed) // timedelta(days=1) for filed, decided in spans)
    if not days:
        return Delays(0)
    middle = len(days) // 2
    median = Decimal(days[middle]) if len(days) % 2 else Decimal(days[middle - 1] + days[middle]) / 2
    return Delays(len(days), days[0], median, days[-1])
