"""What the residents' fund may pay for: plain values in, sentences out (FPH-1 to FPH-4)."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median_low

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


def quorum_words(voters: int, needed: int | None) -> str:
    """ "4 votants ; il en faut 3 : quorum atteint." """
    here = f"{voters} votant{'s' if voters > 1 else ''}"
    if needed is None:
        return f"{here} ; quorum à confirmer : le règlement n'en dit rien."
    return f"{here} ; il en faut {needed} : quorum {'atteint' if voters >= needed else 'pas atteint'}."


def quorum_errors(voters: int, needed: int | None) -> list[str]:
    """Without a quorum in the rules one voter is enough, and the screen says it is to be confirmed."""
    if voters >= (needed or 1):
        return []
    if not voters:
        return ["Personne ne peut voter sur cette demande : notez les présents, ou remettez-la."]
    return [f"Quorum pas atteint : {voters} votants sur {needed}. Remettez la demande à une autre séance."]


def grant_errors(
    amount: Decimal | None, *, asked: Decimal, ceiling: Decimal | None, left: Decimal
) -> list[str]:
    """Within what is asked, the maximum of an action and what the fund still has (FPH-1, FPH-2)."""
    if amount is None or amount <= 0:
        return ["Écrivez la somme accordée, par exemple 350,00."]
    if amount > asked:
        return [f"La demande est de {format_euros(asked)} : le fonds ne donne pas plus."]
    if ceiling is not None and amount > ceiling:
        return [f"Le fonds donne au maximum {format_euros(ceiling)} par action."]
    if amount > left:
        return [f"Il reste {format_euros(max(left, Decimal()))} dans le fonds : accordez moins, ou refusez."]
    return []


def reason_errors(outcome: str, reason: str) -> list[str]:
    """Whoever is not given what she asked is told why."""
    if outcome == "granted" or reason:
        return []
    return ["Dites pourquoi, en mots simples : la personne qui a demandé lira cette phrase."]


def days_for_half(delays: Sequence[int]) -> int | None:
    """Half of the requests, at least, had their answer within so many days; None before the first."""
    return median_low(delays) if delays else None


def tied_names(members: Iterable[tuple[str, str]], *, holder: str, referent: str) -> list[str]:
    """The members, (name, structure), who bear the name of who asks: to be asked whether they stand aside."""
    asking = [words for words in (fold_words(holder), fold_words(referent)) if words]
    return [name for name, structure in members if {fold_words(name), fold_words(structure)} & {*asking}]


def share_errors(shares: Sequence[Decimal], engaged: Decimal) -> list[str]:
    """An envelope never goes under what has been granted."""
    if sum(shares, Decimal()) < engaged:
        return [f"{format_euros(engaged)} sont déjà accordés : l'enveloppe ne peut pas descendre au-dessous."]
    return []
