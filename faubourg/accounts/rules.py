"""What the floors under the contracts need to know of a person, and how long an invitation lives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

INVITATION_LASTS = timedelta(days=14)
EMAIL_LINK_LASTS = timedelta(days=1)


@dataclass(frozen=True)
class EmailChange:
    """A new address asked for, until a moment, as long as the former one is still the account's."""

    user_id: int
    old: str
    new: str
    until: datetime


@dataclass(frozen=True)
class Office:
    """La charge d'une personne, un jour donné: what the directory and the journal may know of her seats.

    They sit below `contracts` and cannot read its tables: `contracts.queries.office` answers (one wire, named
    by the setting OFFICE_OF).
    """

    user_id: int
    is_technical_admin: bool = False
    memberships: Mapping[int, frozenset[str]] = field(default_factory=dict)
    directs: frozenset[int] = frozenset()
    """The contracts whose GIP this person directs."""
    leads: frozenset[int] = frozenset()
    """The contracts followed as GIP director or officer."""
    pays: frozenset[int] = frozenset()
    """The contracts followed as GIP director or finance."""
    gip: frozenset[int] = frozenset()
    """The contracts followed in any role of the GIP."""
    contracts: frozenset[int] = frozenset()
    """The contracts followed in any role."""
    ties: frozenset[int] = frozenset()
    """The organisations this person stands aside from (B2.5, PRG-7)."""

    @property
    def is_gip(self) -> bool:
        """Holds a role of the GIP, on whichever contract."""
        return bool(self.gip)

    def acts_for(self, organisation_id: int, *roles: str) -> bool:
        """Is a member of this organisation, in one of these roles when some are named."""
        held = self.memberships.get(organisation_id, frozenset())
        return bool(held & set(roles)) if roles else bool(held)


@dataclass(frozen=True)
class HeldRole:
    """One role of a person, in words, for the page « Mon compte »."""

    label: str
    place: str
    on_behalf_of: str = ""
    from_on: date | None = None
    to_on: date | None = None
    is_current: bool = True


def invitation_letter(
    *, full_name: str, place: str, roles: str, invited_by: str, link: str
) -> tuple[str, str]:
    """(subject, body) of the letter that opens an account."""
    return (
        "Votre invitation à Faubourg",
        f"Bonjour {full_name},\n\n{invited_by} vous invite à rejoindre {place} dans Faubourg, "
        f"le site du contrat de ville. Votre rôle : {roles}.\n\n"
        f"Pour choisir votre mot de passe et entrer, ouvrez ce lien dans les quatorze jours :\n\n{link}\n\n"
        "Ce lien est pour vous seul : ne le transmettez pas.\n\nFaubourg, le contrat de ville\n",
    )


def second_factor_letter(*, full_name: str, removed_by: str) -> tuple[str, str]:
    """(subject, body) of the letter to somebody whose second factor was taken off for them."""
    return (
        "Votre second facteur est retiré",
        f"Bonjour {full_name},\n\n{removed_by} a retiré le second facteur de votre compte Faubourg : votre "
        "mot de passe, ou un code par courriel, suffit pour entrer. Si votre rôle en demande un, vous en "
        "activerez un nouveau à la prochaine connexion.\n\n"
        "Vous n'avez rien demandé ? Prévenez tout de suite votre administrateur technique.\n\n"
        "Faubourg, le contrat de ville\n",
    )


def new_role_letter(*, full_name: str, place: str, roles: str, invited_by: str, link: str) -> tuple[str, str]:
    """(subject, body) of the letter to somebody who already has an account."""
    return (
        f"Un nouveau rôle pour vous : {place}",
        f"Bonjour {full_name},\n\n{invited_by} vous a donné un rôle dans Faubourg : {roles}, {place}.\n\n"
        f"Vous le verrez en vous connectant comme d'habitude :\n\n{link}\n\n"
        "Faubourg, le contrat de ville\n",
    )


def email_link_letter(*, full_name: str, link: str) -> tuple[str, str]:
    """(subject, body) of the letter that proves a new address."""
    return (
        "Confirmez votre nouvelle adresse",
        f"Bonjour {full_name},\n\nPour entrer dans Faubourg avec cette adresse, ouvrez ce lien aujourd'hui :"
        f"\n\n{link}\n\nVous n'avez rien demandé ? Ne faites rien : rien ne change.\n\n"
        "Faubourg, le contrat de ville\n",
    )


def email_changed_letter(*, full_name: str, new: str) -> tuple[str, str]:
    """(subject, body) of the letter to the former address."""
    return (
        "Votre adresse a changé",
        f"Bonjour {full_name},\n\nVotre compte Faubourg s'ouvre désormais avec {new} ; vos rôles et vos "
        "dossiers n'ont pas bougé.\n\nVous n'avez rien demandé ? Prévenez tout de suite votre administrateur "
        "technique.\n\nFaubourg, le contrat de ville\n",
    )
