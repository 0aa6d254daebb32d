"""The directory of equipment: add, correct, archive (DAT-6)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.observation.models import Equipment
from faubourg.observation.permissions import can_keep_equipment
from faubourg.observation.states import Siting
from faubourg.territories.models import Commune
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = (
    "kind", "name", "commune", "address", "siting", "neighbourhood", "capacity", "capacity_unit",
    "manager", "remark", "source",
)  # fmt: skip


@transaction.atomic
def save_equipment(
    contract: Contract, equipment: Equipment | None, *, actor: User, now: datetime, **said: Any
) -> Equipment:
    """`said` gives FIELDS. What is listed already, in the same commune, is refused at its name."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_keep_equipment(standing(actor, localdate(now)), contract))
    known = Equipment.objects.get(pk=equipment.pk) if equipment else Equipment(contract=contract)
    before = snapshot(known, FIELDS)
    for name in FIELDS:
        setattr(known, name, said[name])
    _check(contract, known, said["commune"])
    changes = differences(before, snapshot(known, FIELDS))
    if not changes:
        return known
    known.save()
    verb = "observation.correct_equipment" if equipment else "observation.add_equipment"
    write(actor, verb, known, contract_id=contract.pk, changes=changes if equipment else None)
    return known


@transaction.atomic
def archive_equipment(equipment: Equipment, *, actor: User, now: datetime) -> None:
    """Closed or gone: no longer listed, never deleted. A second time changes nothing."""
    known = Equipment.objects.select_for_update(of=("self",)).select_related("contract").get(pk=equipment.pk)
    demand(can_keep_equipment(standing(actor, localdate(now)), known.contract))
    if known.archived_on is None:
        known.archived_on = localdate(now)
        known.save(update_fields=["archived_on"])
        write(actor, "observation.archive_equipment", known, contract_id=known.contract_id)


def _check(contract: Contract, known: Equipment, commune: Commune) -> None:
    twin = Equipment.objects.filter(contract=contract, name=known.name, commune=commune).exclude(pk=known.pk)
    found = twin.first()
    archived = " (il est archivé)" if found and found.archived_on else ""
    refuse_if(
        {
            "name": [f"« {known.name} » est déjà dans la liste pour {commune}{archived}."] if found else [],
            "neighbourhood": ["Dites dans quel quartier."]
            if known.siting == Siting.IN and known.neighbourhood is None
            else ["Un équipement hors quartier n'a pas de quartier : videz ce champ."]
            if known.siting == Siting.OUT and known.neighbourhood is not None
            else [],
        }
    )
