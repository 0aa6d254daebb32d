"""What the residents' fund may pay for: plain values in, sentences out (FPH-1 to FPH-4)."""

import hashlib
import re
import secrets
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, pairwise
from statistics import median_low

from faubourg.fph.states import PaymentMeans
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import CENT, format_euros

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


@dataclass(frozen=True)
class Paying:
    """A payment or a purchase about to be recorded, as the rules look at it."""

    means: str
    amount: Decimal
    paid_on: date
    supplier: str
    bought: str
    has_signed: bool


def payment_errors(
    said: Paying, *, granted: Decimal, paid: Decimal, decided_on: date | None, today: date
) -> dict[str, list[str]]:
    """{field: sentences}: never more than what is granted, in one or several times (FPH-4)."""
    is_purchase, is_cash = said.means == PaymentMeans.PURCHASE, said.means == PaymentMeans.CASH
    return {
        "amount": _paid_amount_errors(said.amount, granted - paid),
        "paid_on": _paid_day_errors(said.paid_on, decided_on, today),
        "supplier": ["Écrivez chez qui l'achat est fait."] if is_purchase and not said.supplier else [],
        "bought": ["Écrivez ce qui est acheté."] if is_purchase and not said.bought else [],
        "signed": ["Joignez le reçu signé par la personne qui a reçu les espèces."]
        if is_cash and not said.has_signed
        else [],
    }


def _paid_amount_errors(amount: Decimal, left: Decimal) -> list[str]:
    if amount <= 0:
        return ["Écrivez la somme payée, par exemple 350,00."]
    if amount > left:
        return [f"Il reste {format_euros(left)} à payer sur ce qui est accordé : payez moins."]
    return []


def _paid_day_errors(paid_on: date, decided_on: date | None, today: date) -> list[str]:
    if paid_on > today:
        return ["Ce jour n'est pas encore venu : enregistrez le paiement quand il est fait."]
    if decided_on is not None and paid_on < decided_on:
        return [f"La demande a été accordée le {format_day(decided_on)} : on ne paie pas avant."]
    return []


def receipts_due_on(*, paid_on: date, planned_on: date, days: Decimal | None) -> date | None:
    """So many days after the payment or the action, whichever is later; None while the delay is unknown."""
    return None if days is None else max(paid_on, planned_on) + timedelta(days=int(days))


def settlement_errors(
    spent: Decimal, *, granted: Decimal, paid: Decimal, has_receipt: bool, returned_on: date | None,
    today: date,
) -> dict[str, list[str]]:  # fmt: skip
    """What is spent is proved, within what is granted and paid; what is not comes back, and one says when."""
    found: dict[str, list[str]] = {"spent_amount": [], "returned_on": []}
    if spent > granted:
        found["spent_amount"] = [f"Le fonds a accordé {format_euros(granted)} : le reste n'est pas à lui."]
    elif spent > paid:
        found["spent_amount"] = [
            f"{format_euros(paid)} sont payés : enregistrez d'abord le paiement qui manque, ou écrivez moins."
        ]
    elif spent > 0 and not has_receipt:
        found["spent_amount"] = ["Aucun ticket ni facture n'est reçu : ajoutez-le d'abord."]
    elif spent < paid and returned_on is None:
        found["returned_on"] = [f"Écrivez quel jour {format_euros(paid - spent)} sont revenus au fonds."]
    if returned_on is not None and returned_on > today:
        found["returned_on"] = ["Ce jour n'est pas encore venu : soldez quand l'argent est revenu."]
    return found


def shared_out(amount: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """The part of each share, in proportion and to the cent: together they make exactly the amount."""
    whole = sum(shares, Decimal())
    if not whole:
        return [Decimal() for _ in shares]
    ends = [(amount * sum_ / whole).quantize(CENT) for sum_ in accumulate(shares, initial=Decimal())]
    return [after - before for before, after in pairwise(ends)]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month when it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
