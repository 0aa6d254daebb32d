"""The people of the demonstration: one per role, with an address that says it, and one password for all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.contracts.states import Role
from faubourg.demo.story import DOMAIN
from faubourg.directory.models import Organisation
from faubourg.directory.states import MembershipRole

PASSWORD = "demonstration-2027"  # noqa: S105  (printed on purpose: the demonstration is open to all)
HERS = "jardins"
"""The association of the demonstration treasurer."""


@dataclass(frozen=True)
class Login:
    """A person one may log in as, what she is there for, and the seats she holds."""

    name: str
    full_name: str
    what: str
    seats: tuple[tuple[Role, str], ...] = ()
    memberships: tuple[MembershipRole, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ADMINISTRATOR, EDITOR, SIGNATORY = MembershipRole
LOGINS = (
    Login("tresoriere", "Awa Cissokho", "trésorière des Jardins de la Tour carrée, signe par délégation",
          memberships=(EDITOR, SIGNATORY)),
    Login("presidente", "Samira Belkacem", "présidente des Jardins de la Tour carrée, signataire",
          memberships=(ADMINISTRATOR, SIGNATORY)),
    Login("direction", "Claire Fabrègues", "directrice du GIP", ((Role.GIP_DIRECTOR, ""),)),
    Login("mission", "Omar Lakhdari", "chargé de mission du GIP", ((Role.GIP_OFFICER, ""),)),
    Login("finance", "Fanny Roqueplan", "gestion financière du GIP", ((Role.GIP_FINANCE, ""),)),
    Login("deleguee", "Nathalie Cazalis", "déléguée du préfet", ((Role.PREFECT_DELEGATE, ""),)),
    Login("etat", "Régis Malbosc", "référent de l'État (P147)", ((Role.FUNDER_OFFICER, "etat"),)),
    Login("prefet", "Diane Auriol-Sentenac", "décide pour l'État", ((Role.FUNDER_DECIDER, "etat"),)),
    Login("departement", "Gaston Bedos-Vigne", "décide pour le Département du Gard",
          ((Role.FUNDER_DECIDER, "departement"),)),
    Login("region", "Inès Combaluzier", "décide pour la Région Occitanie",
          ((Role.FUNDER_DECIDER, "region"),)),
    Login("cc", "Étienne Dautheville", "décide pour la CC De Cèze Cévennes", ((Role.FUNDER_DECIDER, "cc"),)),
    Login("caf", "Maud Peyrebrune", "décide pour la CAF du Gard", ((Role.FUNDER_DECIDER, "caf"),)),
    Login("ville", "Josiane Teulon", "décide pour la Ville de Saint-Ambroix",
          ((Role.FUNDER_DECIDER, "ville"),)),
    Login("experte", "Elsa Vidalenc", "experte de comité technique, au bureau d'un club (déport)",
          ((Role.EXPERT, ""),)),
    Login("conseilliere", "Nadia Bouziane", "conseillère citoyenne de Saint-Ambroix",
          ((Role.COUNCILLOR, "council"),)),
    Login("lecteur", "Luc Vielfaure", "lecteur", ((Role.READER, ""),)),
    Login("technique", "Théo Garrigou", "administrateur technique"),
)  # fmt: skip

FUNDERS: Mapping[str, tuple[str, str]] = {
    "etat": ("state", "État"),
    "departement": ("department", "Gard"),
    "region": ("region", "Occitanie"),
    "cc": ("epci", "Cèze Cévennes"),
    "caf": ("social_body", "llocations familiales"),
    "ville": ("commune", "Saint-Ambroix"),
}
"""Where to find each funder among the organisations of the contract: its kind, and words of its name."""


@dataclass
class Cast:
    """Who and what the story needs at hand; people are read again for each day, so that their rights are."""

    contract: Contract
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def person(self, name: str) -> User:
        """Someone with a login, or the signatory of an association (by its key)."""
        return User.objects.get(email=f"{name}@{DOMAIN}")

    def organisation(self, key: str) -> Organisation:
        return self.organisations[key]


def funders() -> dict[str, Organisation]:
    """The funders of the story, as the contract names them."""
    return {
        key: Organisation.objects.filter(kind=kind, name__contains=words).order_by("pk")[0]
        for key, (kind, words) in FUNDERS.items()
    }
