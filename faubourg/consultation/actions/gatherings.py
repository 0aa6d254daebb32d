"""A gathering: its questions, its tables, who came (CON-4)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions.consultations import lock_consultation
from faubourg.consultation.models import (
    AttendeeCount,
    Consultation,
    Contribution,
    Gathering,
    GatheringQuestion,
    GatheringTable,
)
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.rules import attendance_errors
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("kind", "title", "held_on", "hour", "place", "neighbourhood", "facilitators")


@transaction.atomic
def add_gathering(
    consultation: Consultation,
    *,
    actor: User,
    now: datetime,
    questions: Sequence[str] = (),
    tables: Sequence[str] = (),
    **said: Any,
) -> Gathering:
    """`said` gives FIELDS; the same title on the same day is a second click."""
    known = lock_consultation(consultation)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    twin = known.gatherings.filter(title=said["title"], held_on=said["held_on"]).first()
    if twin is not None:
        return twin
    gathering = Gathering.objects.create(consultation=known, **{name: said[name] for name in FIELDS})
    _set_rows(gathering, GatheringQuestion, "text", questions, "questions")
    _set_rows(gathering, GatheringTable, "name", tables, "tables")
    write(actor, "consultation.add_gathering", gathering, contract_id=known.contract_id)
    return gathering


@transaction.atomic
def amend_gathering(
    gathering: Gathering,
    *,
    actor: User,
    now: datetime,
    questions: Sequence[str] = (),
    tables: Sequence[str] = (),
    **said: Any,
) -> None:
    """A question or a table that people have already spoken to keeps its place."""
    known = lock_gathering(gathering)
    contract_id = known.consultation.contract_id
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    before = snapshot(known, FIELDS)
    for name in FIELDS:
        setattr(known, name, said[name])
    twins = known.consultation.gatherings.filter(title=known.title, held_on=known.held_on)
    refuse_if(
        {
            "title": ["Une rencontre de ce jour porte déjà ce titre."]
            if twins.exclude(pk=known.pk).exists()
            else []
        }
    )
    known.save()
    _set_rows(known, GatheringQuestion, "text", questions, "questions")
    _set_rows(known, GatheringTable, "name", tables, "tables")
    changes = differences(before, snapshot(known, FIELDS))
    write(actor, "consultation.amend_gathering", known, contract_id=contract_id, changes=changes)


@transaction.atomic
def count_attendees(
    gathering: Gathering,
    *,
    actor: User,
    attendees: int | None,
    counts: Mapping[str, int | None],
    now: datetime,
) -> None:
    """How many came, by category and without a name; a category left empty is unknown, not zero."""
    known = lock_gathering(gathering)
    contract_id = known.consultation.contract_id
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    refuse_if({"attendees": attendance_errors(attendees, counts)})
    before = known.attendees
    known.attendees = attendees
    known.save(update_fields=["attendees"])
    for category, count in counts.items():
        if count is None:
            known.counts.filter(category=category).delete()
        else:
            AttendeeCount.objects.update_or_create(
                gathering=known, category=category, defaults={"count": count}
            )
    changes = {"attendees": [before, attendees]}
    write(actor, "consultation.count_attendees", known, contract_id=contract_id, changes=changes)


def lock_gathering(gathering: Gathering) -> Gathering:
    """Read again under a row lock, inside the caller's transaction."""
    rows = Gathering.objects.select_for_update(of=("self",)).select_related("consultation")
    return rows.get(pk=gathering.pk)


def _set_rows(gathering: Gathering, model: Any, name: str, wanted: Sequence[str], field: str) -> None:
    """The first line is number 1. A line taken off the end goes, unless something was said to it."""
    rows = {row.position: row for row in model.objects.filter(gathering=gathering)}
    for position, text in enumerate(wanted, start=1):
        row = rows.pop(position, None) or model(gathering=gathering, position=position)
        if getattr(row, name) != text:
            setattr(row, name, text)
            row.save()
    gone = list(rows.values())
    link = "question" if model is GatheringQuestion else "table"
    spoken = Contribution.objects.filter(**{f"{link}__in": gone}).exists()
    refuse_if(
        {field: ["Des paroles sont déjà saisies pour une ligne retirée : remettez-la."] if spoken else []}
    )
    for row in gone:
        row.delete()
