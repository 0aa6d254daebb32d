"""Load the bodies a contract names (GOV-1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.governance.models import Body
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.rows import Line, Outcome, bring, bring_one


@transaction.atomic
def bring_bodies(
    contract: Contract,
    rows: Sequence[Mapping[str, Any]],
    directory: Mapping[str, Organisation],
    lines: list[Line],
) -> None:
    """Bodies with their members. One may serve several contracts (l. 970): the file says « partagee »."""
    codes = [row["code"] for row in rows]
    known = {body.code: body for body in Body.objects.filter(code__in=codes).prefetch_related("contracts")}
    for position, row in enumerate(rows, start=1):
        body = known.get(row["code"])
        served = list(body.contracts.all()) if body else []
        _refuse_a_foreign_body(contract, served, row)
        values = {name: row[name] for name in row if name not in ("is_shared", "members")}
        values |= {
            "position": position,
            "contracts": list({one.pk: one for one in (*served, contract)}.values()),
        }
        body = bring_one(body, values, Body, lines)
        _bring_members(body, row["members"], directory, lines)
    absent = contract.bodies.exclude(code__in=codes)
    lines += [Line(Outcome.ABSENT, body) for body in absent]


def _refuse_a_foreign_body(contract: Contract, served: list[Contract], row: Mapping[str, Any]) -> None:
    if served and contract not in served and not row["is_shared"]:
        raise Refusal(
            f"Le code d'instance « {row['code']} » est déjà celui d'une instance de « {served[0]} » : "
            "donnez-lui un autre code, ou écrivez « partagee: oui » si c'est la même."
        )


def _bring_members(
    body: Body, rows: Sequence[Mapping[str, Any]], directory: Mapping[str, Organisation], lines: list[Line]
) -> None:
    wanted = [
        {
            "body": body,
            "position": position,
            "label": row["label"],
            "organisation": directory[row["organisation"]] if row["organisation"] else None,
        }
        for position, row in enumerate(rows, start=1)
    ]
    into = body.members.select_related("organisation")
    lines += bring(wanted, into=into, key=("position",), remove=True).lines
