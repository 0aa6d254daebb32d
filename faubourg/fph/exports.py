"""The form on paper, with the same questions in the same order."""

from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localdate

from faubourg.fph.models import Fund
from faubourg.fph.queries import excluded_by, rules_of
from faubourg.fph.rules import MOST_LINES
from faubourg.fph.states import HolderKind, Purpose
from faubourg.toolkit.money import format_euros
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
