"""What makes a consultation fair and a reading reliable: plain values in, plain values out."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from faubourg.toolkit.money import format_euros

MOBILE_OR_FIXED = re.compile(r"(?<!\d)0[1-9](?:[ .-]?\d{2}){4}(?!\d)")
EMAIL = re.compile(r"\S+@\S+\.\w+")
TITLE = re.compile(r"\b(?:M\.|Mme|Mlle|Mr|Monsieur|Madame)\s+[A-ZÉÈÀ]")
NEAR_WORDS = re.compile(
    r"\b\d{1,4}(?: bis| ter)?,? (?:rue|avenue|impasse|chemin|place|montée)\b", re.IGNORECASE
)


def modality_errors(modalities: Collection[str], digital: Collection[str]) -> list[str]:
    """CON-1: whoever has no screen must be able to take part."""
    if not modalities:
        return ["Dites comment les habitants participent : cochez au moins un moyen."]
    if set(modalities) <= set(digital):
        return [
            "Cette démarche est seulement numérique : ajoutez au moins une modalité physique "
            "(réunion, atelier, questionnaire papier…) avant de la publier."
        ]
    return []


def attendance_errors(total: int | None, counts: Mapping[str, int | None]) -> list[str]:
    """The categories never add up to more people than came."""
    known = sum(count for count in counts.values() if count)
    if total is not None and known > total:
        return [
            f"Les catégories font {known} personnes, plus que les {total} venues : corrigez l'un ou l'autre."
        ]
    return []


def name_hints(text: str) -> list[str]:
    """What a reader should look at before these words are shown to everyone (CON-7). Only hints."""
    found = (
        (TITLE, "le nom d'une personne"),
        (MOBILE_OR_FIXED, "un numéro de téléphone"),
        (EMAIL, "une adresse électronique"),
        (NEAR_WORDS, "une adresse précise"),
    )
    return [words for pattern, words in found if pattern.search(text)]


MANDATE_NOTICE_DAYS = 90
"""How long before the end of a mandate the GIP is told: a habit of work, no law says it."""


@dataclass(frozen=True)
class Parity:
    """Women and men of a college (B4.1); who did not say counts on neither side."""

    women: int
    men: int
    unsaid: int

    @property
    def is_reached(self) -> bool | None:
        """As many women as men, give or take one; None while those who did not say could change it."""
        gap = abs(self.women - self.men)
        if gap > self.unsaid + 1:
            return False
        return None if self.unsaid or not self.women + self.men else True

    @property
    def sentence(self) -> str:
        """ "2 femmes, 1 homme, 0 non dit" """
        counted = ((self.women, "femme"), (self.men, "homme"))
        said = ", ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in counted)
        return f"{said}, {self.unsaid} non dit"


def parity(genders: Collection[str]) -> Parity:
    counts = Counter(genders)
    return Parity(counts["woman"], counts["man"], counts["unsaid"])


def vacant_seats(seats: int | None, held: int) -> int | None:
    """None while nobody has said how many seats the college has."""
    return None if seats is None else max(seats - held, 0)


def mandate_errors(from_on: date, to_on: date | None) -> list[str]:
    return ["Un mandat se termine après avoir commencé."] if to_on and to_on <= from_on else []


def lines_of(text: str) -> list[str]:
    """One thing per line, as somebody types a list; empty lines count for nothing."""
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


@dataclass(frozen=True)
class Agreement:
    """How far two readings agree: on how many contributions, and beyond chance (Cohen's kappa)."""

    read_twice: int
    agreed: int
    kappa: Decimal | None

    @property
    def percent(self) -> Decimal | None:
        if not self.read_twice:
            return None
        return (Decimal(self.agreed) * 100 / self.read_twice).quantize(Decimal("0.1"))

    @property
    def words(self) -> str:
        """How the usual scale calls this kappa (Landis and Koch, 1977): a custom, not a law."""
        if self.kappa is None:
            return "à confirmer : trop peu de paroles lues deux fois"
        scale = ((Decimal("0.8"), "très fort"), (Decimal("0.6"), "fort"), (Decimal("0.4"), "moyen"),
                 (Decimal("0.2"), "faible"))  # fmt: skip
        return next((word for floor, word in scale if self.kappa > floor), "très faible")


def agreement(pairs: Sequence[tuple[int | None, int | None]]) -> Agreement:
    """Each pair: the topic of the first reading, and of the second; None is « aucun thème », a choice too.

    kappa = (po - pe) / (1 - pe), with pe from each reading's own shares. Undefined when pe is 1.
    """
    count = len(pairs)
    agreed = sum(first == second for first, second in pairs)
    if not count:
        return Agreement(0, 0, None)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = Decimal(sum(firsts[topic] * seconds[topic] for topic in firsts)) / (count * count)
    if by_chance == 1:
        return Agreement(count, agreed, None)
    kappa = (Decimal(agreed) / count - by_chance) / (1 - by_chance)
    return Agreement(count, agreed, kappa.quantize(Decimal("0.01")))


def still_to_do(not_told: Sequence[str], *, is_on_agenda: bool) -> list[str]:
    """What a referral still asks before it may be closed (B4.3)."""
    found = []
    if not_told:
        found.append(f"Pas encore transmise à : {', '.join(not_told)}.")
    if not is_on_agenda:
        found.append("Pas encore inscrite à l'ordre du jour du comité de pilotage.")
    return found


def allowance_errors(amount: Decimal, left: Decimal | None) -> list[str]:
    """CIT-4: what is left may be spent to the cent, and not a cent more; unknown, it stops nothing."""
    if left is None or amount <= left:
        return []
    return [f"Il reste {format_euros(left)} sur la dotation de l'année : cette dépense la dépasse."]


def training_errors(
    audiences: Collection[str], counts: Mapping[str, int | None], *, is_to_come: bool
) -> dict[str, list[str]]:
    """For someone at least; people are counted once they have come."""
    too_soon = is_to_come and any(count is not None for count in counts.values())
    return {
        "audiences": [] if audiences else ["Dites pour qui est cette formation."],
        "held_on": ["Cette séance est à venir : comptez les présents après."] if too_soon else [],
    }


def median_days(days: Sequence[int]) -> Decimal | None:
    """Half of the answers took as long or less; None when there is none."""
    return Decimal(str(median(days))) if days else None


def plan_errors(state: str, reason: str) -> dict[str, list[str]]:
    """CIT-5: what is given up is given up for a reason that is written."""
    missing = state == "dropped" and not reason
    return {"reason": ["Dites pourquoi cette action est abandonnée."] if missing else []}
