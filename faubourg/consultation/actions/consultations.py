"""A consultation: prepare, amend, publish, close (CON-1)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import Consultation
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.rules import modality_errors
from faubourg.consultation.states import CONSULTATION_FLOW, DIGITAL
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("title", "aim", "modalities", "starts_on", "ends_on", "perimeter")
SETS = ("neighbourhoods", "topics", "organisers")


@transaction.atomic
def prepare(
    contract: Contract, *, actor: User, now: datetime, is_fictitious: bool = False, **said: Any
) -> Consultation:
    """A draft that only the GIP sees. `said` gives FIELDS and SETS; a title is taken once in a contract."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_consult(standing(actor, localdate(now)), contract.pk))
    consultation = Consultation(contract=contract, is_fictitious=is_fictitious)
    _save(consultation, said)
    write(actor, "consultation.prepare", consultation, contract_id=contract.pk)
    return consultation


@transaction.atomic
def amend(consultation: Consultation, *, actor: User, now: datetime, **said: Any) -> None:
    known = lock_consultation(consultation)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    before = snapshot(known, FIELDS)
    _save(known, said)
    if known.state != CONSULTATION_FLOW.initial:
        refuse_if({"modalities": modality_errors(ways(known), DIGITAL)})
    changes = differences(before, snapshot(known, FIELDS))
    write(actor, "consultation.amend", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def publish(consultation: Consultation, *, actor: User, now: datetime) -> None:
    """Everyone may know of it; never when only a screen gives access to it (CON-1)."""
    known = lock_consultation(consultation)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    before = known.state
    known.state = CONSULTATION_FLOW.after("publish", known.state)
    refuse_if(
        {
            "modalities": modality_errors(ways(known), DIGITAL),
            "neighbourhoods": []
            if known.neighbourhoods.exists()
            else ["Dites quels quartiers sont consultés avant de publier."],
        }
    )
    known.published_on = localdate(now)
    known.save(update_fields=["state", "published_on"])
    changes = {"state": [before, known.state]}
    write(actor, "consultation.publish", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def close(consultation: Consultation, *, actor: User, now: datetime) -> None:
    known = lock_consultation(consultation)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    before = known.state
    known.state = CONSULTATION_FLOW.after("close", known.state)
    known.closed_on = localdate(now)
    known.save(update_fields=["state", "closed_on"])
    changes = {"state": [before, known.state]}
    write(actor, "consultation.close", known, contract_id=known.contract_id, changes=changes)


def lock_consultation(consultation: Consultation) -> Consultation:
    """Read again under a row lock, inside the caller's transaction."""
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


def ways(consultation: Consultation) -> Collection[str]:
    """The means that are ticked, and those of its gatherings."""
    held = consultation.gatherings.values_list("kind", flat=True)
    return {*consultation.modalities, *held}


def _save(consultation: Consultation, said: dict[str, Any]) -> None:
    for name in FIELDS:
        setattr(consultation, name, said[name])
    consultation.title = consultation.title.strip()
    twins = Consultation.objects.filter(contract=consultation.contract_id, title=consultation.title)
    starts_on, ends_on = consultation.starts_on, consultation.ends_on
    refuse_if(
        {
            "title": ["Une démarche de ce contrat porte déjà ce titre."]
            if twins.exclude(pk=consultation.pk).exists()
            else [],
            "ends_on": ["La fin doit venir après le début."]
            if starts_on and ends_on and ends_on < starts_on
            else [],
        }
    )
    consultation.save()
    for name in SETS:
        getattr(consultation, name).set(said[name])
