"""The account plan of an application's budget, on the accounts of the Cerfa 12156 (domaine C2).

The wording is ours; the accounts are those of the associations' chart. Account 74 is detailed by kind of
funder (74E, 74R …: codes of ours) because "one local authority pays too" is a rule (GEO-6). What the funders
of the call are asked is not a line: it is a FundingRequest, shown under account 74.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from faubourg.applications.states import Side

INDIRECT = "CI"


@dataclass(frozen=True)
class Account:
    """One account: its code, its name, what people usually write on its lines."""

    side: Side
    code: str
    label: str
    examples: tuple[str, ...] = ()
    is_public: bool = False
    is_local_authority: bool = False

    @property
    def is_unusual(self) -> bool:
        """Seldom used by an association: shown aside until something is written there."""
        return self.code in _UNUSUAL


def _expense(code: str, label: str, *examples: str) -> Account:
    return Account(Side.EXPENSE, code, label, examples)


def _income(code: str, label: str, *examples: str, public: bool = False, local: bool = False) -> Account:
    return Account(Side.INCOME, code, label, examples, is_public=public, is_local_authority=local)


ACCOUNTS: tuple[Account, ...] = (
    _expense("60", "Achats", "Prestations de services", "Matières et fournitures", "Autres fournitures"),
    _expense(
        "61", "Services extérieurs", "Locations", "Entretien et réparation", "Assurance", "Documentation"
    ),
    _expense(
        "62",
        "Autres services extérieurs",
        "Honoraires et intermédiaires",
        "Publicité, publications",
        "Déplacements, missions",
        "Frais bancaires, autres",
    ),
    _expense("63", "Impôts et taxes", "Taxes sur les salaires", "Autres impôts et taxes"),
    _expense("64", "Charges de personnel", "Salaires", "Charges sociales", "Autres charges de personnel"),
    _expense("65", "Autres charges de gestion courante"),
    _expense("66", "Charges financières"),
    _expense("67", "Charges exceptionnelles"),
    _expense("68", "Dotations aux amortissements et provisions"),
    _expense("69", "Impôt sur les bénéfices, participation des salariés"),
    _expense(
        INDIRECT,
        "Charges indirectes affectées à l'action",
        "Charges fixes de fonctionnement",
        "Frais financiers",
    ),
    _income("70", "Ventes, prestations de services", "Participation des usagers", "Billetterie"),
    _income("73", "Dotations et produits de tarification"),
    _income("74", "Autres subventions", public=True),
    _income("74E", "État, hors des financeurs de l'appel", "Ministère ou service", public=True),
    _income("74R", "Région", public=True, local=True),
    _income("74D", "Département", public=True, local=True),
    _income("74C", "Commune, intercommunalité", public=True, local=True),
    _income("74S", "Organismes sociaux", "CAF", "MSA", public=True),
    _income("74U", "Fonds européens", "FSE+", "FEDER", public=True),
    _income("74A", "Emplois aidés", "Agence de services et de paiement", public=True),
    _income("74P", "Autres organismes publics", public=True),
    _income("74F", "Aides privées", "Fondation", "Mécénat d'entreprise"),
    _income("75", "Autres produits de gestion courante", "Cotisations", "Dons"),
    _income("76", "Produits financiers"),
    _income("77", "Produits exceptionnels"),
    _income("78", "Reprises sur amortissements et provisions"),
    _income("79", "Transferts de charges"),
    _income("RP", "Ressources propres affectées à l'action"),
    Account(Side.IN_KIND_USE, "86", "Emplois des contributions volontaires"),
    Account(Side.IN_KIND_USE, "860", "Secours en nature"),
    Account(Side.IN_KIND_USE, "861", "Mise à disposition gratuite de biens et services"),
    Account(Side.IN_KIND_USE, "862", "Prestations"),
    Account(Side.IN_KIND_USE, "864", "Personnel bénévole"),
    Account(Side.IN_KIND_RESOURCE, "87", "Contributions volontaires en nature"),
    Account(Side.IN_KIND_RESOURCE, "870", "Bénévolat"),
    Account(Side.IN_KIND_RESOURCE, "871", "Prestations en nature"),
    Account(Side.IN_KIND_RESOURCE, "875", "Dons en nature"),
)

SIDES: tuple[Side, ...] = (Side.EXPENSE, Side.INCOME, Side.IN_KIND_USE, Side.IN_KIND_RESOURCE)

_UNUSUAL = frozenset(
    {"66", "67", "68", "69", "73", "74U", "74A", "74P", "76", "77", "78", "79", "862", "871"}
)
_BY_CODE = {account.code: account for account in ACCOUNTS}
_CATCH_ALL = frozenset({"74", "86", "87"})
"""Kept to read what was written without saying more; nobody is offered to write there."""


def account_named(code: str) -> Account | None:
    return _BY_CODE.get(code)


def accounts_of(side: str) -> Iterator[Account]:
    """The accounts one is offered on this side, in the order of the plan."""
    return (account for account in ACCOUNTS if account.side == side and account.code not in _CATCH_ALL)
