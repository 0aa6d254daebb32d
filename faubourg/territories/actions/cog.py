"""Bring the official geographic code: whole, or only what a file of neighbourhoods names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from faubourg.accounts.models import User
from faubourg.journal.actions import write
from faubourg.territories.models import Commune, Department, Epci, Region, Source
from faubourg.territories.rules.cog import Cog
from faubourg.territories.states import SourceKind

BATCH = 2000


@dataclass
class Counted:
    """How many rows were added, changed."""

    added: int = 0
    changed: int = 0


@transaction.atomic
def bring_cog(cog: Cog, *, actor: User | None, now: datetime) -> Counted:
    """Every region, department, intercommunality and commune; a second time changes nothing.

    A commune that is no longer in the code is kept, with its successor when the code names one.
    """
    counted = Counted()
    _bring_places(cog, counted, communes=set(cog.communes), update=True)
    _bring_former(cog, counted)
    if counted.added or counted.changed:
        source = Source.objects.create(
            name=cog.name,
            sha256=cog.sha256,
            kind=SourceKind.COG,
            vintage=cog.year,
            publisher="Insee, par Etalab",
            received_at=now,
            imported_at=now,
            imported_by=actor,
        )
        changes = {"ajoutés": counted.added, "modifiés": counted.changed}
        write(actor, "territories.bring_cog", source, changes=changes)
    return counted


def bring_communes(cog: Cog, codes: Collection[str]) -> None:
    """Only these communes and what holds them, when the database does not know them; nothing is changed."""
    known = set(Commune.objects.filter(insee_code__in=codes).values_list("insee_code", flat=True))
    missing = {code for code in codes if code in cog.communes} - known
    if missing:
        _bring_places(cog, Counted(), communes=missing, update=False)


def _bring_places(cog: Cog, counted: Counted, *, communes: set[str], update: bool) -> None:
    named = [cog.communes[code] for code in sorted(communes)]
    sirens = {one.epci for one in named if one.epci}
    departments = {one.department for one in named} | {cog.epcis[siren][1] for siren in sirens}
    regions = {cog.departments[code][1] for code in departments}
    region = _bring(
        Region, "code", {code: {"name": cog.regions[code]} for code in regions}, counted, update=update
    )
    department = _bring(
        Department,
        "code",
        {
            code: {"name": cog.departments[code][0], "region_id": region[cog.departments[code][1]]}
            for code in departments
        },
        counted,
        update=update,
    )
    # The department of an intercommunality is worked out, not official: what is there stays.
    epci = _bring(
        Epci,
        "siren",
        {
            siren: {"name": cog.epcis[siren][0], "department_id": department[cog.epcis[siren][1]]}
            for siren in sirens
        },
        counted,
        update=update,
        kept=("department_id",),
    )
    _bring(
        Commune,
        "insee_code",
        {
            one.code: {
                "name": one.name,
                "department_id": department[one.department],
                "epci_id": epci[one.epci] if one.epci else None,
                "population": one.population,
                "successor_id": None,
            }
            for one in named
        },
        counted,
        update=update,
    )


def _bring_former(cog: Cog, counted: Counted) -> None:
    """Communes that have merged: kept under their code, with the one that carries it on."""
    department = dict(Department.objects.values_list("code", "pk"))
    commune = dict(Commune.objects.values_list("insee_code", "pk"))
    _bring(
        Commune,
        "insee_code",
        {
            code: {"name": name, "department_id": department[where], "successor_id": commune[new]}
            for code, (name, where, new) in cog.former.items()
        },
        counted,
        update=True,
    )


def _bring(
    model: type[Model],
    key: str,
    wanted: Mapping[str, Mapping[str, Any]],
    counted: Counted,
    *,
    update: bool,
    kept: Collection[str] = (),
) -> dict[str, int]:
    """Create the rows that are missing, change the others when `update`; {code: primary key}."""
    rows = model._default_manager.all() if update else model._default_manager.filter(**{f"{key}__in": wanted})
    known = {getattr(row, key): row for row in rows}
    new = [model(**{key: code}, **values) for code, values in wanted.items() if code not in known]
    model._default_manager.bulk_create(new, batch_size=BATCH)
    counted.added += len(new)
    changed, fields = [], set()
    for code, values in wanted.items() if update else ():
        row = known.get(code)
        different = [
            name for name in values if row and name not in kept and getattr(row, name) != values[name]
        ]
        for name in different:
            setattr(row, name, values[name])
            fields.add(name.removesuffix("_id"))
        if row and different:
            changed.append(row)
    if changed:
        model._default_manager.bulk_update(changed, sorted(fields), batch_size=500)
    counted.changed += len(changed)
    return {code: row.pk for code, row in known.items()} | {getattr(row, key): row.pk for row in new}
