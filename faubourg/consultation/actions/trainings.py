"""Training sessions: announced, held, counted without a name (CIT-6)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import TrainingSession
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.rules import training_errors
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = (
    "held_on", "theme", "audiences", "facilitator", "place", "residents", "elected", "professionals",
)  # fmt: skip


@transaction.atomic
def note_training(
    contract: Contract, *, actor: User, now: datetime, is_fictitious: bool = False, **said: object
) -> TrainingSession:
    """`said` gives FIELDS; the same theme on the same day is a second click."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_consult(standing(actor, localdate(now)), contract.pk))
    session = TrainingSession(contract=contract, is_fictitious=is_fictitious)
    _set(session, now, said)
    twin = TrainingSession.objects.filter(
        contract=contract, held_on=session.held_on, theme=session.theme
    ).first()
    if twin is not None:
        return twin
    session.save()
    write(actor, "consultation.note_training", session, contract_id=contract.pk)
    return session


@transaction.atomic
def amend_training(session: TrainingSession, *, actor: User, now: datetime, **said: object) -> None:
    """Moved, renamed, or counted once it was held."""
    known = TrainingSession.objects.select_for_update().get(pk=session.pk)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    before = snapshot(known, FIELDS)
    _set(known, now, said)
    twins = TrainingSession.objects.filter(
        contract=known.contract_id, held_on=known.held_on, theme=known.theme
    )
    taken = twins.exclude(pk=known.pk).exists()
    refuse_if({"theme": ["Une formation de ce jour porte déjà ce thème."] if taken else []})
    known.save()
    changes = differences(before, snapshot(known, FIELDS))
    write(actor, "consultation.amend_training", known, contract_id=known.contract_id, changes=changes)


def _twins(session: TrainingSession) -> QuerySet[TrainingSession]:
    same_day = TrainingSession.objects.filter(contract=session.contract_id, held_on=session.held_on)
    return same_day.filter(theme=session.theme)


def _set(session: TrainingSession, now: datetime, said: dict[str, object]) -> None:
    for name in FIELDS:
        value = said.get(name)
        setattr(session, name, value.strip() if isinstance(value, str) else value)
    audiences: Sequence[str] = session.audiences or []
    day: date = session.held_on
    counts = {name: getattr(session, name) for name in ("residents", "elected", "professionals")}
    refuse_if(training_errors(audiences, counts, is_to_come=day > localdate(now)))
