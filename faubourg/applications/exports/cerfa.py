"""A dossier as a tagged PDF in the order of the Cerfa 12156*06, in our words and without the State's emblem.

Amounts are rounded to the euro in this document only (B3.13); the cents stay in the dossier. What the Cerfa
asks and this product does not is said to be in the papers joined, never filled with a guess.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from faubourg.applications import rules
from faubourg.applications.queries import ApplicationDetail
from faubourg.applications.states import Side, State
from faubourg.directory.models import BankDetails
from faubourg.toolkit.days import format_day, format_moment
from faubourg.toolkit.money import format_euros, format_rate
from faubourg.toolkit.typeset import typeset

UNKNOWN = "non renseigné"
Fact = tuple[str, Any]


def cerfa_pdf(detail: ApplicationDetail, bank: BankDetails | None, *, now: datetime) -> bytes:
    """`bank` is None when there is none, or when whoever reads may not read it."""
    application, is_draft = detail.application, detail.application.state == State.DRAFT
    return typeset(
        "applications/typst/cerfa.typ",
        {
            "title": f"Demande de subvention : {application.title or 'action sans titre'}",
            "organisation": application.applicant.name,
            "running": f"{application.number or 'Brouillon'} · {application.applicant}",
            "subtitle": f"{application.call} · dans l'ordre du formulaire Cerfa 12156*06",
            "mention": "Brouillon" if is_draft else None,
            "mention_words": f"Brouillon édité le {format_moment(now)} : ce dossier n'est pas déposé.",
            "sections": list(_sections(detail, bank)),
        },
        now=now,
    )


def _sections(detail: ApplicationDetail, bank: BankDetails | None) -> Iterable[dict[str, Any]]:
    yield {"title": "La demande", "facts": _facts(_request(detail))}
    yield {"title": "1. Identification de la structure", "facts": _facts(_identity(detail))}
    yield {
        "title": "2 et 3. Relations avec l'administration et avec d'autres associations",
        "paragraphs": ["Agréments et affiliations : voir les statuts et les pièces jointes."],
    }
    yield {"title": "4. Moyens humains", "facts": _facts(_people(detail))}
    yield {
        "title": "5. Budget de la structure",
        "paragraphs": ["Voir les comptes et le budget annuel, dans les pièces jointes."],
    }
    yield {"title": "6. Projet, objet de la demande", "facts": _facts(_project(detail))}
    yield from _budget(detail)
    yield {"title": "7. Attestations", "facts": _facts(_attestations(detail))}
    if bank is not None:
        yield {"title": "Coordonnées bancaires", "facts": _facts(_bank(bank))}
    names = [str(paper.document) for paper in detail.papers]
    yield {"title": "Pièces jointes", "items": names, "paragraphs": [] if names else ["Aucune."]}


def _request(detail: ApplicationDetail) -> list[Fact]:
    application = detail.application
    return [
        ("Numéro", application.number or "pas encore déposé"),
        ("Forme", "en numéraire"),
        ("Fréquence", application.get_recurrence_display()),
        ("Objet", "projet, action"),
        ("Période", "pluriannuelle" if application.is_multi_year else "annuelle"),
        ("Adressée à", "\n".join(f"{one.funder} : {_euros(one.amount)}" for one in detail.budget.asked)),
        ("Contrat de ville", str(application.call.contract)),
    ]


def _identity(detail: ApplicationDetail) -> list[Fact]:
    one = detail.application.applicant
    title = f", {one.legal_representative_title}" if one.legal_representative_title else ""
    return [
        ("Nom", one.name),
        ("Sigle", one.short_name),
        ("Nature", one.get_kind_display()),
        ("SIRET", one.siret),
        ("Numéro RNA", one.rna),
        ("Adresse", " ".join(filter(None, (one.address, one.postcode, one.town)))),
        ("Courriel", one.email),
        ("Téléphone", one.phone),
        ("Site", one.website),
        ("Objet", one.purpose),
        ("Représentant légal", f"{one.legal_representative}{title}" if one.legal_representative else ""),
    ]


def _people(detail: ApplicationDetail) -> list[Fact]:
    one = detail.application.applicant
    counts = (
        ("Bénévoles", one.volunteers_count),
        ("Salariés", one.employees_count),
        ("Adhérents", one.members_count),
    )
    return [(label, None if count is None else str(count)) for label, count in counts]


def _project(detail: ApplicationDetail) -> list[Fact]:
    one = detail.application
    places = [
        f"{aim.neighbourhood.name} ({aim.neighbourhood.get_kind_display()}) : "
        f"{aim.residents_count} habitants visés"
        for aim in one.territories.all()
    ]
    days = (
        f"du {format_day(one.starts_on)} au {format_day(one.ends_on)}"
        if one.starts_on and one.ends_on
        else ""
    )
    return [
        ("Intitulé", one.title),
        ("Objectifs du contrat", "\n".join(str(objective) for objective in one.objectives.all())),
        ("Besoin", one.need),
        ("Description", one.description),
        ("Résultats attendus", one.expected_results),
        ("Bénéficiaires", one.audience),
        ("Participants", None if one.participants_count is None else str(one.participants_count)),
        ("Territoire", "\n".join(places)),
        ("Lieu", one.place),
        ("Moyens humains et matériels", one.staff),
        ("Partenaires", one.partners),
        ("Dates", days),
        ("Déroulement", one.schedule),
        ("Indicateurs", "\n".join(f"{row.label} : {row.target}" for row in one.indicators.all())),
        ("Droit commun demandé", one.mainstream_sought),
        ("Relais par le droit commun", one.relay_plan),
    ]


def _budget(detail: ApplicationDetail) -> Iterable[dict[str, Any]]:
    budget, year = detail.budget, detail.application.call.year
    asked = [("74", f"{one.funder} (demandé)", one.amount) for one in budget.asked]
    yield {
        "title": f"Budget du projet, exercice {year}",
        "level": 2,
        "paragraphs": ["Montants arrondis à l'euro dans cette édition ; le dossier garde les centimes."],
        "table": _table("Charges", _rows(budget, Side.EXPENSE), budget.expenses),
    }
    yield {
        "title": "Produits",
        "level": 3,
        "table": _table("Produits", [*asked, *_rows(budget, Side.INCOME)], budget.incomes),
    }
    sides = ((Side.IN_KIND_USE, budget.in_kind_uses), (Side.IN_KIND_RESOURCE, budget.in_kind_resources))
    for side, total in sides:
        if total:
            yield {"title": f"{side.label}, hors du total", "level": 3,
                   "table": _table(str(side.label), _rows(budget, side), total)}  # fmt: skip
    shares = [f"{one.funder} : {format_rate(one.amount, budget.incomes)}" for one in budget.asked]
    yield {"title": "Part de chaque financeur dans les produits", "level": 3, "items": shares}
    if budget.problems:
        yield {"title": "À équilibrer", "level": 3, "items": list(budget.problems)}


def _rows(budget: rules.Budget, side: Side) -> list[tuple[str, str, Decimal]]:
    return [
        (section.account.code, " · ".join(filter(None, (section.account.label, line.label))), line.amount)
        for section in budget.sections(side)
        for line in section.lines
    ]


def _table(name: str, rows: Sequence[tuple[str, str, Decimal]], total: Decimal) -> dict[str, Any]:
    return {
        "caption": name,
        "header": ["Compte", "Intitulé", "Montant"],
        "rows": [[code, label, _euros(amount)] for code, label, amount in rows],
        "numeric": [2],
        "widths": [1, 6, None],
        "total": ["", f"Total des {name.lower()}", _euros(total)],
    }


def _attestations(detail: ApplicationDetail) -> list[Fact]:
    one = detail.application
    signed_on = (
        f", le {format_day(one.republican_pledge_signed_on)}" if one.republican_pledge_signed_on else ""
    )
    filed = (
        f"{one.submitted_by}, le {format_moment(one.submitted_at)}"
        if one.submitted_at
        else "pas encore déposé"
    )
    return [
        (
            "Contrat d'engagement républicain",
            f"souscrit{signed_on}" if one.republican_pledge else "non souscrit",
        ),
        ("À jour de ses obligations sociales, fiscales et comptables", _yes(one.is_up_to_date)),
        ("Informations exactes, y compris les autres demandes", _yes(one.is_accurate)),
        ("Déposé par", filed),
    ]


def _bank(bank: BankDetails) -> list[Fact]:
    return [("Titulaire", bank.holder), ("IBAN", bank.grouped), ("BIC", bank.bic)]


def _facts(pairs: Iterable[Fact]) -> list[list[str]]:
    return [[label, value or UNKNOWN] for label, value in pairs]


def _yes(attested: bool) -> str:
    return "attesté" if attested else "non attesté"


def _euros(amount: Decimal) -> str:
    return format_euros(amount.quantize(Decimal(1), ROUND_HALF_UP))
