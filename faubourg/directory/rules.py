"""What an identity must hold, and how a bank account is shown to those who may not read it."""

import re
from collections.abc import Mapping
from datetime import date

from faubourg.accounts.rules import Office

IDENTITY = {
    "siret": "le SIRET",
    "address": "l'adresse",
    "postcode": "le code postal",
    "town": "la commune",
    "email": "le courriel",
    "phone": "le téléphone",
    "purpose": "l'objet de la structure",
    "legal_representative": "le représentant légal",
    "legal_representative_title": "sa qualité",
}
"""Said once, reused by every application (ASS-1)."""


def sees_every_organisation(office: Office) -> bool:
    """The GIP helps every organisation; the technical administrator keeps their members."""
    return office.is_gip or office.is_technical_admin


def speaks_for(office: Office, user_id: int) -> bool:
    """Everyone for oneself; the GIP director for anyone (PRG-7, B2.5)."""
    return office.user_id == user_id or bool(office.directs)


def missing_identity(values: Mapping[str, object], *, is_association: bool) -> list[str]:
    """What a funder will ask for and the organisation has not written yet, in words."""
    asked = {**IDENTITY, "rna": "le numéro RNA"} if is_association else IDENTITY
    return [label for name, label in asked.items() if not str(values.get(name) or "").strip()]


def identity_errors(values: Mapping[str, object]) -> dict[str, list[str]]:
    """What is wrong in an identity, by field."""
    errors: dict[str, list[str]] = {}
    if not str(values.get("name") or "").strip():
        errors["name"] = ["Écrivez le nom de la structure."]
    postcode = str(values.get("postcode") or "")
    if postcode and not re.fullmatch(r"\d{5}", postcode, re.ASCII):
        errors["postcode"] = ["Un code postal a cinq chiffres, par exemple 30500."]
    code = str(values.get("insee_code") or "")
    if code and not re.fullmatch(r"(\d{2}|2[AB])\d{3}", code, re.ASCII):
        errors["insee_code"] = ["Un code INSEE de commune a cinq caractères, par exemple 30227."]
    return errors


REMIND_BEFORE = (60, 30)
"""Days before a paper expires when its keepers are told, once each. A choice of the product (ASS-1)."""


def paper_errors(
    *,
    is_kept_apart: bool,
    needs_year: bool,
    year: int | None,
    first: date | None,
    last: date | None,
    today: date,
) -> dict[str, list[str]]:
    """What is wrong in a paper of the organisation, by field."""
    errors: dict[str, list[str]] = {}
    if is_kept_apart:
        errors["kind"] = ["Le RIB se saisit dans sa propre rubrique."]
    if needs_year and year is None:
        errors["year"] = ["Dites de quel exercice, par exemple 2025."]
    if year is not None and not 1990 <= year <= today.year:
        errors["year"] = [f"Un exercice est une année passée ou en cours : {today.year} au plus."]
    if first and last and last < first:
        errors["valid_until"] = ["Cette pièce finit avant de commencer : corrigez une date."]
    elif last and last < today:
        errors["valid_until"] = ["Cette pièce est déjà périmée : joignez celle qui vaut aujourd'hui."]
    return errors


def reminder_due(valid_until: date, today: date, reminded: int | None) -> int | None:
    """The reminder to send now, in days before the end: the nearest that has come and was not sent."""
    left = (valid_until - today).days
    come = min((days for days in REMIND_BEFORE if left <= days), default=None)
    if left < 0 or come is None or (reminded is not None and reminded <= come):
        return None
    return come


def expiry_letter(*, organisation: str, paper: str, valid_until: str, link: str) -> tuple[str, str]:
    """(subject, body) of the reminder before a paper expires."""
    return (
        f"À renouveler : {paper}, {organisation}"[:200],
        f"Bonjour,\n\n« {paper} » de {organisation} est valable jusqu'au {valid_until}. Joignez la suivante "
        f"à la fiche de la structure : vos dossiers la reprendront.\n\n{link}\n",
    )


def siret_is_taken(name: str) -> str:
    return (
        f"Ce SIRET est déjà celui de « {name} ». Demandez à son administrateur ou au GIP de vous y inviter : "
        "une structure n'a qu'une fiche."
    )


def rna_is_taken(name: str) -> str:
    return (
        f"Ce numéro RNA est déjà celui de « {name} ». Demandez à son administrateur ou au GIP de vous y "
        "inviter : une structure n'a qu'une fiche."
    )


def mask_iban(iban: str) -> str:
    """ "FR14 •••• 2606": enough to recognise an account, not to use it."""
    return f"{iban[:4]} •••• {iban[-4:]}" if iban else ""


def group_iban(iban: str) -> str:
    """By four, as on a cheque book."""
    return "\u00a0".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def bank_letter(
    verb: str, *, organisation: str, masked: str, recorded_by: str, decided_by: str, reason: str, link: str
) -> tuple[str, str]:
    """(subject, body) of the letter about a change of account; the number is never whole in it."""
    what = {
        "record": f"{recorded_by} a saisi un nouveau RIB pour {organisation} : {masked}.\n\n"
        "Il attend qu'une autre personne le confirme : un autre administrateur ou signataire de la "
        "structure, ou la gestion du GIP. D'ici là, l'ancien RIB reste en vigueur.",
        "confirm": f"{decided_by} a confirmé le RIB saisi par {recorded_by} pour {organisation} : "
        f"{masked}.\n\nLes prochains paiements iront sur ce compte.",
        "reject": f"{decided_by} a refusé le RIB saisi par {recorded_by} pour {organisation} : {masked}.\n"
        f"Motif : {reason}\n\nL'ancien RIB, s'il y en a un, reste en vigueur.",
    }
    subject = {"record": "RIB à confirmer", "confirm": "RIB confirmé", "reject": "RIB refusé"}
    return (
        f"{subject[verb]} : {organisation}",
        f"Bonjour,\n\n{what[verb]}\n\n{link}\n\n"
        "Vous n'y reconnaissez rien ? Prévenez tout de suite le GIP : c'est peut-être une fraude.\n\n"
        "Faubourg, le contrat de ville\n",
    )


def left_letter(*, full_name: str, organisation: str, ended_by: str) -> tuple[str, str]:
    """(subject, body) of the letter to somebody who no longer acts for an organisation."""
    return (
        f"Vous n'agissez plus pour {organisation}"[:200],
        f"Bonjour {full_name},\n\n{ended_by} a mis fin à votre rôle pour {organisation} : vous n'ouvrez plus "
        "ses dossiers. Ce que vous y avez écrit reste, sous votre nom.\n\nUne erreur ? Écrivez à la "
        "structure ou au GIP.\n\nFaubourg, le contrat de ville\n",
    )


def handed_over_letter(*, organisation: str, changed_by: str, did: str, link: str) -> tuple[str, str]:
    """(subject, body) of the letter to those who administer an organisation whose members another changed."""
    return (
        f"Membres de {organisation}"[:200],
        f"Bonjour,\n\n{changed_by}, qui n'est pas membre de {organisation}, {did}.\n\n{link}\n\n"
        "Vous n'étiez pas au courant ? Appelez le GIP.\n\nFaubourg, le contrat de ville\n",
    )
