"""Load the citizen councils a contract names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.rows import Line, Outcome, bring, bring_one


@transaction.atomic
def bring_councils(contract: Contract, rows: Sequence[Mapping[str, Any]], lines: list[Line]) -> None:
    """Each council is an organisation of the directory and a place it speaks for (CIT-1, l. 900)."""
    names = [row["name"] for row in rows]
    kind = OrganisationKind.CITIZEN_COUNCIL
    known = {one.name: one for one in Organisation.objects.filter(kind=kind, name__in=names)}
    codes = [row["neighbourhood"] for row in rows if row["neighbourhood"]]
    places = {place.code: place for place in Neighbourhood.objects.filter(code__in=codes)}
    wanted = []
    for row in rows:
        values = {"name": row["name"], "kind": kind, "town": row["place"]}
        organisation = bring_one(known.get(row["name"]), values, Organisation, lines)
        council = {name: value for name, value in row.items() if name != "name"}
        council |= {"contract": contract, "organisation": organisation}
        wanted.append(council | {"neighbourhood": places.get(row["neighbourhood"])})
    into = contract.councils.select_related("organisation", "neighbourhood")
    brought = bring(wanted, into=into, key=("organisation",))
    lines += brought.lines
    lines += [Line(Outcome.ABSENT, council) for council in brought.absent]
