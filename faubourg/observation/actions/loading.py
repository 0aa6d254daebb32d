"""Load the figures a contract gives, its checks and its equipment: all or nothing, told line by line (A2)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.journal.actions import write
from faubourg.observation.models import Datum, Equipment, FigureCheck, Statistic
from faubourg.territories.models import Commune
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.rows import Line, Outcome, bring

Rows = Sequence[Mapping[str, Any]]
DATUM_KEY = ("statistic", "scale", "place_code", "generation", "vintage")


@transaction.atomic
def bring_figures(
    slug: str, *, statistics: Rows, figures: Rows, checks: Rows, equipment: Rows, actor: User | None
) -> list[Line]:
    """Loading twice changes nothing the second time; what the team has typed of an equipment is kept."""
    contract = Contract.objects.select_for_update(of=("self",)).filter(slug=slug).first()
    if contract is None:
        raise Refusal(f"Le contrat « {slug} » n'est pas chargé : lancez d'abord « faubourg load_contract ».")
    lines: list[Line] = []
    known = bring_statistics(statistics, lines)
    data = _bring_data(contract, figures, known, lines)
    _bring_checks(contract, checks, data, lines)
    _bring_equipment(contract, equipment, lines)
    _journal(contract, lines, actor)
    return lines


def bring_statistics(rows: Rows, lines: list[Line]) -> dict[str, Statistic]:
    """What is counted, by its code."""
    codes = [row["code"] for row in rows]
    brought = bring(rows, into=Statistic.objects.filter(code__in=codes), key=("code",))
    lines += brought.lines
    return {one.code: one for one in brought.rows}


def _bring_data(
    contract: Contract, rows: Rows, known: Mapping[str, Statistic], lines: list[Line]
) -> dict[str, Datum]:
    keys = [row["key"] for row in rows]
    wanted = [
        {name: value for name, value in row.items() if name != "key"}
        | {"statistic": known[row["statistic"]], "contract": contract}
        for row in rows
    ]
    into = Datum.objects.filter(contract=contract).select_related("statistic", "contract")
    brought = bring(wanted, into=into, key=DATUM_KEY)
    lines += brought.lines
    lines += [Line(Outcome.ABSENT, datum) for datum in brought.absent]
    return dict(zip(keys, brought.rows, strict=True))


def _bring_checks(contract: Contract, rows: Rows, data: Mapping[str, Datum], lines: list[Line]) -> None:
    wanted = [
        {name: value for name, value in row.items() if name not in ("first", "second", "stated")}
        | {name: data[row[name]] if row[name] else None for name in ("first", "second", "stated")}
        | {"contract": contract, "position": position}
        for position, row in enumerate(rows, start=1)
    ]
    into = FigureCheck.objects.filter(contract=contract).select_related("contract")
    lines += bring(wanted, into=into, key=("code",), remove=True).lines


def _bring_equipment(contract: Contract, rows: Rows, lines: list[Line]) -> None:
    """Only what is not listed yet: the team knows more of its equipment than the text does."""
    codes = {row["commune"] for row in rows}
    communes = {one.insee_code: one for one in Commune.objects.filter(insee_code__in=codes)}
    if missing := sorted(codes - communes.keys()):
        raise Refusal(f"La commune {missing[0]} d'un équipement n'est pas dans les territoires chargés.")
    listed = set(Equipment.objects.filter(contract=contract).values_list("name", "commune__insee_code"))
    wanted = [
        row | {"commune": communes[row["commune"]], "contract": contract}
        for row in map(dict, rows)
        if (row["name"], row["commune"]) not in listed
    ]
    lines += bring(wanted, into=Equipment.objects.none(), key=("name", "commune")).lines


def _journal(contract: Contract, lines: list[Line], actor: User | None) -> None:
    written = [line for line in lines if line.writes]
    counts = {
        outcome.value: count
        for outcome in Outcome
        if (count := sum(line.outcome == outcome for line in written))
    }
    if counts:
        write(actor, "observation.load_figures", contract, contract_id=contract.pk, changes=counts)
