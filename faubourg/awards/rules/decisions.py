"""Who gets what: the outcome of a dossier, what an envelope holds, what a decision says. Plain values."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faubourg.awards.rules.axes import Axes
from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.toolkit.money import format_euros

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
    axes: Axes | None = None


@dataclass(frozen=True)
class Ruling:
    """What a funder wants to record; `charged_to` is the line of its own budget, free words (B7.1)."""

    outcome: str
    awarded_amount: Decimal | None = None
    act_kind: str = ""
    act_number: str = ""
    decided_on: date | None = None
    charged_to: str = ""
    covers_from: date | None = None
    covers_until: date | None = None
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
    if ruling.covers_from is None:
        errors["covers_from"].append("Indiquez le premier jour de la période que couvre la subvention.")
    if ruling.covers_until is None:
        errors["covers_until"].append("Indiquez le dernier jour de la période que couvre la subvention.")
    elif ruling.covers_from and ruling.covers_until < ruling.covers_from:
        errors["covers_until"].append("La période finit avant d'avoir commencé : corrigez une date.")
    if not ruling.awarded_amount or ruling.awarded_amount <= 0:
        errors["awarded_amount"].append("Indiquez le montant accordé.")
        return
    for sentence in _check_amount(ruling.awarded_amount, limits):
        errors["awarded_amount"].append(sentence)
    if limits.axes and limits.axes.missing:
        errors["outcome"].append(
            f"Il manque au dossier {' et '.join(limits.axes.missing)} : sans cela son argent ne se suit pas "
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
    if sentence := over_cost(awarded, limits.other_public, limits.eligible_cost):
        sentences.append(sentence)
    return sentences


def over_cost(awarded: Decimal, other_public: Decimal, cost: Decimal | None) -> str:
    """Public money may pay the whole action, never more (PRG-9); an unknown cost bounds nothing."""
    if cost is None or awarded + other_public <= cost:
        return ""
    return (
        f"Le total des aides publiques dépasserait le coût de l'action, qui est de {format_euros(cost)} : "
        f"vous pouvez accorder au plus {format_euros(max(cost - other_public, ZERO))}."
    )
