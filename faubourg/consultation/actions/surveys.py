"""A walking survey: what is seen at each stop, who takes charge, what came of it."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions.gatherings import lock_gathering
from faubourg.consultation.models import Gathering, SurveyPoint
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.states import POINT_FLOW
from faubourg.contracts.queries import standing
from faubourg.directory.models import Organisation
from faubourg.documents.actions import store_picture
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("place", "finding", "is_positive", "proposal", "responsible", "due_on")


@transaction.atomic
def note_point(
    gathering: Gathering,
    *,
    actor: User,
    place: str,
    finding: str,
    now: datetime,
    is_positive: bool = False,
    proposal: str = "",
    responsible: Organisation | None = None,
    due_on: date | None = None,
    photo: "UploadedFile[Any] | None" = None,
    is_fictitious: bool = False,
) -> SurveyPoint:
    """One stop of the walk. The same words at the same place are a second click."""
    known = lock_gathering(gathering)
    demand(can_consult(standing(actor, localdate(now)), known.consultation.contract_id))
    twin = known.points.filter(place=place.strip(), finding=finding.strip()).first()
    if twin is not None:
        return twin
    last = known.points.aggregate(last=Max("position"))["last"] or 0
    point = SurveyPoint(gathering=known, position=last + 1, is_fictitious=is_fictitious)
    _set(
        point, place=place, finding=finding, is_positive=is_positive, proposal=proposal,
        responsible=responsible, due_on=due_on,
    )  # fmt: skip
    if photo is not None:
        point.photo = store_picture(photo, actor=actor, now=now)
    point.save()
    write(actor, "consultation.note_point", point, contract_id=known.consultation.contract_id)
    return point


@transaction.atomic
def amend_point(
    point: SurveyPoint,
    *,
    actor: User,
    now: datetime,
    photo: "UploadedFile[Any] | None" = None,
    **said: Any,
) -> None:
    """Who takes charge, for when; another photograph replaces the first."""
    known, contract_id = lock_point(point)
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    before = snapshot(known, FIELDS)
    _set(known, **said)
    if photo is not None:
        known.photo = store_picture(photo, actor=actor, now=now)
    known.save()
    changes = differences(before, snapshot(known, FIELDS))
    write(actor, "consultation.amend_point", known, contract_id=contract_id, changes=changes)


@transaction.atomic
def resolve_point(point: SurveyPoint, *, actor: User, outcome: str, ended_on: date, now: datetime) -> None:
    """What was done, and when: residents read it."""
    _end(point, "resolve_point", actor=actor, outcome=outcome, ended_on=ended_on, now=now)


@transaction.atomic
def drop_point(point: SurveyPoint, *, actor: User, outcome: str, ended_on: date, now: datetime) -> None:
    """Why nothing will be done, and since when."""
    _end(point, "drop_point", actor=actor, outcome=outcome, ended_on=ended_on, now=now)


@transaction.atomic
def reopen_point(point: SurveyPoint, *, actor: User, now: datetime) -> None:
    """It came back: what had been said of it stays in the journal."""
    known, contract_id = lock_point(point)
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    known.state = POINT_FLOW.after("reopen_point", known.state)
    changes = {"outcome": [known.outcome, ""]}
    known.outcome, known.ended_on = "", None
    known.save()
    write(actor, "consultation.reopen_point", known, contract_id=contract_id, changes=changes)


def lock_point(point: SurveyPoint) -> tuple[SurveyPoint, int]:
    """Read again under a row lock, with the contract it belongs to."""
    rows = SurveyPoint.objects.select_for_update(of=("self",)).select_related("gathering__consultation")
    known = rows.get(pk=point.pk)
    return known, known.gathering.consultation.contract_id


def _end(point: SurveyPoint, step: str, *, actor: User, outcome: str, ended_on: date, now: datetime) -> None:
    known, contract_id = lock_point(point)
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    too_early = ended_on < known.gathering.held_on
    refuse_if(
        {
            "outcome": [] if outcome.strip() else ["Dites ce qui a été fait, ou pourquoi rien ne le sera."],
            "ended_on": ["Cette date est à venir."]
            if ended_on > localdate(now)
            else ["Cette date est avant la marche."]
            if too_early
            else [],
        }
    )
    before = known.state
    known.state = POINT_FLOW.after(step, known.state)
    known.outcome, known.ended_on = outcome.strip(), ended_on
    known.save()
    changes = {"state": [before, known.state], "outcome": known.outcome}
    write(actor, f"consultation.{step}", known, contract_id=contract_id, changes=changes)


def _set(point: SurveyPoint, **said: Any) -> None:
    refuse_if(
        {
            name: [] if said[name].strip() else ["Écrivez-le en quelques mots."]
            for name in ("place", "finding")
        }
    )
    for name in FIELDS:
        value = said[name]
        setattr(point, name, value.strip() if isinstance(value, str) else value)
