"""What the residents' fund may pay for: plain values in, sentences out (FPH-1 to FPH-4)."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from faubourg.toolkit.money import format_euros

MOST_LINES = 10
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Neither O nor 0, neither I, L nor 1: a secret number is read aloud and copied by hand."""
SECRET_LENGTH = 12
_WORD = re.compile(r"\w{4,}")


def new_secret() -> str:
    """ "K7PM-4TQX-9RWD": what gives back a request to whoever filed it, and to nobody else."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(SECRET_LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, SECRET_LENGTH, 4))


def read_secret(typed: str) -> str | None:
    """The secret number as it is kept, whatever the case and the spaces; None when it cannot be one."""
    signs = [sign for sign in typed[:60].upper() if sign not in " -\u00a0\u202f"]
    if len(signs) != SECRET_LENGTH or not set(signs) <= set(SIGNS):
        return None
    whole = "".join(signs)
    return "-".join(whole[start : start + 4] for start in range(0, SECRET_LENGTH, 4))


def digest(secret: str) -> str:
    """What the database keeps of a secret number: whoever reads the database cannot use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class Asked:
    """What a request asks for, as the rules look at it."""

    amount: Decimal
    lines: Sequence[tuple[str, Decimal]]
    purpose: str
    purpose_label: str
    is_inside: bool
    is_adult: bool


def asking_errors(
    asked: Asked, *, ceiling: Decimal | None, excluded: Collection[str]
) -> dict[str, list[str]]:
    """{field: sentences} (FPH-1, FPH-3). A ceiling nobody has confirmed blocks nothing."""
    total = sum((amount for _, amount in asked.lines), Decimal())
    return {
        "asked_amount": amount_errors(asked.amount, ceiling, total),
        "lines": line_errors(asked.lines),
        "purpose": purpose_errors(asked.purpose, asked.purpose_label, excluded),
        "neighbourhood": [] if asked.is_inside else [
            "Le fonds ne paie que des actions faites dans le quartier. Choisissez un lieu du quartier, "
            "ou appelez l'équipe : elle vous dira qui peut vous aider ailleurs."
        ],
        "is_adult": [] if asked.is_adult else [
            "Une personne de 18 ans ou plus doit porter la demande. Demandez à un adulte."
        ],
    }  # fmt: skip


def amount_errors(amount: Decimal, ceiling: Decimal | None, total: Decimal) -> list[str]:
    if amount <= 0:
        return ["Écrivez combien vous demandez, par exemple 350,00."]
    if ceiling is not None and amount > ceiling:
        return [
            f"Le fonds donne au maximum {format_euros(ceiling)} par action. Demandez moins, et dites qui "
            "paie le reste."
        ]
    if total and amount > total:
        return [f"Vous demandez plus que la dépense, {format_euros(total)}. Corrigez l'un ou l'autre."]
    return []


def line_errors(lines: Sequence[tuple[str, Decimal]]) -> list[str]:
    if not lines:
        return ["Écrivez au moins une dépense et son montant."]
    if len(lines) > MOST_LINES:
        return [f"Dix dépenses au plus : regroupez-en. Vous en avez {len(lines)}."]
    return []


def purpose_errors(purpose: str, label: str, excluded: Collection[str]) -> list[str]:
    if purpose not in excluded:
        return []
    return [
        f"Le fonds ne paie pas cela : « {label.lower()} ». Il paie des initiatives d'habitants, de sport, de "
        "culture ou de vie de quartier. Appelez l'équipe si vous hésitez."
    ]


def fold_words(text: str) -> frozenset[str]:
    """The words of four letters or more, without accents, capitals or final s."""
    plain = unicodedata.normalize("NFD", text.lower())
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return frozenset(word.rstrip("s") for word in _WORD.findall(kept))


@dataclass(frozen=True)
class Told:
    """A request among those of the same year, for whoever looks for one action cut in several."""

    pk: int
    holder: str
    phone: str
    title: str
    amount: Decimal


def is_same_holder(one: Told, other: Told) -> bool:
    same_phone = bool(one.phone) and one.phone == other.phone
    return same_phone or (bool(one.holder) and fold_words(one.holder) == fold_words(other.holder))


def is_near(one: str, other: str) -> bool:
    """Two titles share half of the words of the shorter."""
    first, second = fold_words(one), fold_words(other)
    least = min(len(first), len(second))
    return bool(least) and len(first & second) * 2 >= least


def split_with(one: Told, others: Iterable[Told], ceiling: Decimal | None) -> list[Told]:
    """Those that, with this one, look like one action above the ceiling (FPH-3): an alert, never a block."""
    kin = [
        other
        for other in others
        if other.pk != one.pk and is_same_holder(one, other) and is_near(one.title, other.title)
    ]
    whole = one.amount + sum((other.amount for other in kin), Decimal())
    return kin if ceiling is not None and whole > ceiling else []


def share_errors(shares: Sequence[Decimal], engaged: Decimal) -> list[str]:
    """An envelope never goes under what has been granted."""
    if sum(shares, Decimal()) < engaged:
        return [f"{format_euros(engaged)} sont déjà accordés : l'enveloppe ne peut pas descendre au-dessous."]
    return []
