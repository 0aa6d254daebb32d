"""Tell residents what came of it; photograph the thread."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.thread.models import Feedback, Snapshot
from faubourg.thread.permissions import can_tell_back
from faubourg.thread.queries import frozen_rows
from faubourg.thread.states import Moment
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.twice import TWICE
from faubourg.toolkit.verdict import demand

FIELDS = ("objective", "application", "neighbourhood", "outcome", "text", "told_on", "told_where")


@transaction.atomic
def tell_back(
    contract: Contract,
    *,
    actor: User,
    outcome: str,
    text: str,
    told_on: date,
    told_where: str,
    now: datetime,
    objective: Objective | None = None,
    application: Application | None = None,
    neighbourhood: Neighbourhood | None = None,
    known: Feedback | None = None,
    is_fictitious: bool = False,
) -> Feedback:
    """Note what residents were told; `known`: correct it. The same words so soon are a second click."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_tell_back(standing(actor, localdate(now)), contract.pk))
    refuse_if(
        {
            "": [] if objective or application else ["Dites de quel objectif ou de quelle action il s'agit."],
            "text": [] if text.strip() else ["Écrivez ce qui a été dit aux habitants."],
            "told_on": ["Cette date est à venir : notez la restitution quand elle a eu lieu."]
            if told_on > localdate(now)
            else [],
        }
    )
    same = Feedback.objects.filter(
        contract=contract, text=text.strip(), told_on=told_on, recorded_by=actor, recorded_at__gt=now - TWICE
    )
    if known is None and (twin := same.first()) is not None:
        return twin
    feedback = known or Feedback(contract=contract, is_fictitious=is_fictitious)
    before = snapshot(feedback, FIELDS)
    feedback.objective, feedback.application, feedback.neighbourhood = objective, application, neighbourhood
    feedback.outcome, feedback.text, feedback.told_where = outcome, text.strip(), told_where.strip()
    feedback.told_on, feedback.recorded_by, feedback.recorded_at = told_on, actor, now
    feedback.save()
    changes = differences(before, snapshot(feedback, FIELDS)) if known else None
    write(actor, "thread.tell_back", feedback, contract_id=contract.pk, changes=changes)
    return feedback


@transaction.atomic
def take_snapshot(
    contract: Contract, *, actor: User, moment: Moment, now: datetime, note: str = ""
) -> Snapshot:
    """The thread as it stands today, kept as it is: the same moment on the same day is taken once."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    held = standing(actor, localdate(now))
    demand(can_tell_back(held, contract.pk))
    known = Snapshot.objects.filter(contract=contract, moment=moment, taken_on=localdate(now)).first()
    if known is not None:
        return known
    taken = Snapshot.objects.create(
        contract=contract, moment=moment, note=note.strip(), rows=frozen_rows(contract.pk, held),
        taken_on=localdate(now), taken_by=actor,
    )  # fmt: skip
    write(actor, "thread.take_snapshot", taken, contract_id=contract.pk)
    return taken
