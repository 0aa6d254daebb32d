"""The form on paper, with the same questions in the same order; the minutes; the requests as a table."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.timezone import localdate

from faubourg.fph.models import CommitteeSession, Fund, Request
from faubourg.fph.queries import excluded_by, rules_of
from faubourg.fph.rules import MOST_LINES
from faubourg.fph.states import HolderKind, Purpose
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.tables import Sheet, harmless, workbook
from faubourg.toolkit.typeset import typeset


def paper_form_pdf(fund: Fund, *, ceiling: Decimal | None, now: datetime) -> bytes:
    """Two pages to fill with a pen; what the fund refuses is said before one writes."""
    most = format_euros(ceiling) if ceiling is not None else "un maximum à confirmer"
    places = [fund.neighbourhood] if fund.neighbourhood else list(fund.contract.neighbourhoods.qpvs())
    data = {
        "title": f"Demande au fonds de participation des habitants {fund.year}",
        "place": str(fund.neighbourhood or fund.contract),
        "most": most,
        "return_to": fund.where_to_ask or "à confirmer : demandez à l'équipe du contrat de ville",
        "holders": [str(label) for _, label in HolderKind.choices],
        "purposes": [one.label for one in (Purpose.CITIZEN, Purpose.SPORT, Purpose.CULTURE)],
        "refused": [one.label for one in excluded_by(rules_of(fund.contract_id, localdate(now)))],
        "places": [str(place) for place in places],
        "lines": MOST_LINES,
    }
    return typeset("fph/typst/form.typ", data, now=now)


def minutes_pdf(session: CommitteeSession) -> bytes:
    """The record of a closed session: the same bytes each time, from its frozen words."""
    words = session.words
    assert words is not None and session.closed_at is not None  # noqa: S101, PT018
    data = {
        "title": "Relevé du comité du fonds des habitants",
        "subtitle": f"Relevé n° {session.number}, séance du {format_day(session.held_on)}",
        "organisation": words["fund"],
        "mention": None,
        "sections": [
            {
                "title": "La séance",
                "facts": [
                    ["Jour", format_day(session.held_on)],
                    ["Lieu", words["place"] or "à confirmer"],
                    ["Quorum", words["quorum"]],
                    ["Reste dans le fonds", words["left"]],
                ],
            },
            {"title": "Présents", "items": words["present"] or ["Personne n'est noté présent."]},
            {"title": "Demandes examinées"},
            *(_point(point) for point in words["points"]),
        ],
    }
    return typeset("toolkit/typst/report.typ", data, now=session.closed_at)


def _point(point: dict[str, Any]) -> dict[str, Any]:
    facts = [
        ["Qui demande", point["holder"]],
        ["Demandé", point["asked"]],
        ["Décision", point["outcome"]],
        ["Accordé", point["granted"]],
        ["Déports", ", ".join(point["aside"])],
        ["Votants sur cette demande", point["quorum"]],
    ]
    return {
        "title": f"{point['number']} · {point['title']}",
        "level": 2,
        "facts": [pair for pair in facts if pair[1]],
        "paragraphs": [point["reason"]] if point["reason"] else [],
    }


COLUMNS = (
    "Numéro", "Action", "Objet", "Qui demande", "Première demande", "Quartier", "Reçue le",
    "Jour de l'action", "État", "Demandé", "Accordé", "Payé", "Dépensé", "Rendu au fonds", "Soldée le",
)  # fmt: skip
WIDTHS = (14, 36, 26, 26, 10, 24, 12, 12, 12, 12, 12, 12, 12, 12, 12)


def requests_xlsx(fund: Fund, requests: Iterable[Request], *, now: datetime) -> bytes:
    """One line per request; no name of a person, of a group, no telephone."""
    return workbook([Sheet("Demandes", COLUMNS, _rows(requests), WIDTHS)], title=str(fund), now=now)


def requests_csv(requests: Iterable[Request]) -> str:
    """The same, with semicolons and a mark, as French spreadsheets open them; no cell is a formula."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(requests):
        writer.writerow([_plain(value) for value in row])
    return "\ufeff" + text.getvalue()


def _rows(requests: Iterable[Request]) -> Iterator[list[Any]]:
    for one in requests:
        settled = getattr(one, "settlement", None)
        yield [
            one.number, one.title, one.get_purpose_display(), one.get_holder_kind_display(), one.is_first,
            str(one.neighbourhood), localdate(one.filed_at), one.planned_on, one.get_state_display(),
            one.asked_amount, one.granted_amount, one.paid,  # type: ignore[attr-defined]
            settled and settled.spent_amount, settled and settled.returned_amount,
            settled and settled.settled_on,
        ]  # fmt: skip


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case Decimal():
            return f"{value:.2f}".replace(".", ",")
    return harmless(str(value))
