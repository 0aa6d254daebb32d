"""Load what a contract file says: one section per function, told line by line.

References between sections are keys of the file, already checked. Nothing is deleted that anything rests on.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from faubourg.contracts.models import Contract, Objective, Parameter, Signatory, TreeVersion
from faubourg.contracts.states import ObjectiveLevel, VersionState
from faubourg.directory.models import Organisation
from faubourg.territories.models import Epci, Neighbourhood
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.rows import Brought, Line, Outcome, bring, bring_one

Rows = Sequence[Mapping[str, Any]]
Directory = Mapping[str, Organisation]


@transaction.atomic
def bring_organisations(rows: Rows, lines: list[Line]) -> dict[str, Organisation]:
    """The organisations of the file, by their key; found by SIRET first, then by one of their names."""
    names = [name for row in rows for name in (row["name"], *row["other_names"])]
    sirets = [row["siret"] for row in rows if row["siret"]]
    known = list(Organisation.objects.filter(Q(name__in=names) | Q(siret__in=sirets)).order_by("pk"))
    by_siret = {one.siret: one for one in known if one.siret}
    by_name = {one.name: one for one in reversed(known)}
    directory = {}
    for row in rows:
        values = {name: value for name, value in row.items() if name not in ("key", "other_names")}
        found = by_siret.get(row["siret"]) if row["siret"] else None
        for name in (row["name"], *row["other_names"]):
            found = found or by_name.get(name)
        directory[row["key"]] = bring_one(found, values, Organisation, lines)
    return directory


@transaction.atomic
def bring_contract(
    values: Mapping[str, Any], directory: Directory, neighbourhoods: Sequence[str], lines: list[Line]
) -> Contract:
    """The contract itself, found by its slug; locked while it is loaded."""
    row = dict(values) | {
        "epci": Epci.objects.get(siren=values["epci"]),
        "gip": directory[values["gip"]] if values["gip"] else None,
        "neighbourhoods": list(Neighbourhood.objects.filter(code__in=neighbourhoods)),
    }
    known = Contract.objects.select_for_update(of=("self",)).filter(slug=values["slug"]).first()
    return bring_one(known, row, Contract, lines)


@transaction.atomic
def bring_objectives(
    contract: Contract, rows: Rows, *, today: date, lines: list[Line]
) -> dict[str, Objective]:
    """The tree, parents first. An objective that left the file is archived, never deleted (PRJ-1)."""
    known = {one.code: one for one in contract.objectives.select_related("parent")}
    if TreeVersion.objects.filter(contract=contract, state=VersionState.IN_FORCE).exists():
        return _as_decided(known, rows)
    tree: dict[str, Objective] = {}
    for position, row in enumerate(rows, start=1):
        values = dict(row) | {"contract": contract, "position": position, "parent": tree.get(row["parent"])}
        found = known.pop(row["code"], None)
        restored = found is not None and found.archived_on is not None
        tree[row["code"]] = objective = bring_one(found, values, Objective, lines)
        if restored:
            objective.archived_on = None
            objective.save(update_fields=["archived_on"])
            lines.append(Line(Outcome.RESTORED, objective))
    for objective in known.values():
        if objective.archived_on is None:
            objective.archived_on = today
            objective.save(update_fields=["archived_on"])
            lines.append(Line(Outcome.ARCHIVED, objective))
    return tree


def _as_decided(known: dict[str, Objective], rows: Rows) -> dict[str, Objective]:
    """The steering committee has changed the objectives since: the file says the past, it no longer rules."""
    new = [row["code"] for row in rows if row["code"] not in known]
    if new:
        raise Refusal(
            f"Les objectifs ont été ajustés en comité de pilotage : le fichier n'en ajoute plus "
            f"({', '.join(new)}). Proposez un ajustement depuis la page des objectifs."
        )
    return known


def objective_rows(priorities: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The tree of the file, flat, parents first; themes not given are those of the priority."""
    rows: list[dict[str, Any]] = []
    for priority in priorities:
        shared = {"themes": priority["themes"], "themes_are_proposed": priority["themes_are_proposed"]}
        rows.append(_objective_row(priority, ObjectiveLevel.PRIORITY, "", shared))
        for strategic in priority["children"]:
            rows.append(_objective_row(strategic, ObjectiveLevel.STRATEGIC, priority["code"], shared))
            rows += [
                _objective_row(operational, ObjectiveLevel.OPERATIONAL, strategic["code"], shared)
                for operational in strategic["children"]
            ]
    return rows


def _objective_row(
    part: Mapping[str, Any], level: ObjectiveLevel, parent: str, shared: Mapping[str, Any]
) -> dict[str, Any]:
    row = {"code": part["code"], "label": part["label"], "level": level, "parent": parent}
    row |= {"source_lines": part["source_lines"], **shared}
    if part["themes"] is not None:
        row["themes"] = part["themes"]
    return row


@transaction.atomic
def bring_orientations(
    contract: Contract, rows: Rows, directory: Directory, tree: Mapping[str, Objective], lines: list[Line]
) -> None:
    """What the partners expect, and the objectives it answers to (PAR-1, PRJ-7)."""
    wanted = [
        dict(row)
        | {
            "contract": contract,
            "position": position,
            "partner": directory[row["partner"]],
            "objectives": [tree[code] for code in row["objectives"]],
        }
        for position, row in enumerate(rows, start=1)
    ]
    known = contract.orientations.select_related("partner").prefetch_related("objectives")
    _tell(bring(wanted, into=known, key=("code",)), lines)


@transaction.atomic
def bring_signatories(contract: Contract, rows: Rows, directory: Directory, lines: list[Line]) -> None:
    """Who signs, and who represents them since when; a past representative stays (SIG-1)."""
    wanted = [
        {
            "contract": contract,
            "organisation": directory[row["organisation"]],
            "position": position,
            "status": row["status"],
            "signed_on": row["signed_on"],
            "source_lines": row["source_lines"],
        }
        for position, row in enumerate(rows, start=1)
    ]
    brought = bring(wanted, into=contract.signatories.select_related("organisation"), key=("organisation",))
    _tell(brought, lines)
    for signatory, row in zip(brought.rows, rows, strict=True):
        _bring_representatives(signatory, row["representatives"], lines)


def _bring_representatives(signatory: Signatory, rows: Rows, lines: list[Line]) -> None:
    wanted = [dict(row) | {"signatory": signatory} for row in rows]
    _tell(bring(wanted, into=signatory.representatives.all(), key=("full_name",)), lines)


@transaction.atomic
def bring_papers(
    contract: Contract,
    *,
    visas: Rows,
    resolutions: Rows,
    annexes: Rows,
    directory: Directory,
    lines: list[Line],
) -> None:
    """Visas, resolutions, annexes (SIG-2, SIG-3). A visa is only text: one that left the file goes."""
    wanted = [
        dict(row) | {"contract": contract, "position": position}
        for position, row in enumerate(visas, start=1)
    ]
    lines += bring(wanted, into=contract.visas.all(), key=("position",), remove=True).lines
    wanted = [
        dict(row) | {"contract": contract, "organisation": directory[row["organisation"]]}
        for row in resolutions
    ]
    known = contract.resolutions.select_related("organisation")
    _tell(bring(wanted, into=known, key=("organisation", "subject")), lines)
    wanted = [dict(row) | {"contract": contract} for row in annexes]
    _tell(bring(wanted, into=contract.annexes.all(), key=("number",)), lines)


@transaction.atomic
def bring_parameters(contract: Contract, rows: Rows, lines: list[Line]) -> None:
    """The dated figures. One that changes is to be verified again: nobody verified the new value."""
    wanted = [dict(row) | {"contract": contract} for row in rows]
    values = {one.pk: (one.value, one.text_value) for one in contract.parameters.all()}
    brought = bring(wanted, into=contract.parameters.all(), key=("code", "from_on"))
    _tell(brought, lines)
    for parameter in brought.rows:
        if parameter.verified_on and values[parameter.pk] != (parameter.value, parameter.text_value):
            _forget_verification(parameter)


def _forget_verification(parameter: Parameter) -> None:
    parameter.verified_by = None
    parameter.verified_on = None
    parameter.save(update_fields=["verified_by", "verified_on"])


@transaction.atomic
def bring_clarifications(contract: Contract, rows: Rows, lines: list[Line]) -> None:
    """The register of what the contract leaves unclear (A20); decisions already recorded stay."""
    wanted = [dict(row) | {"contract": contract} for row in rows]
    _tell(bring(wanted, into=contract.clarifications.all(), key=("number",)), lines)


def _tell(brought: "Brought[Any]", lines: list[Line]) -> None:
    lines += brought.lines
    lines += [Line(Outcome.ABSENT, thing) for thing in brought.absent]
