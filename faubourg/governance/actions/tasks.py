"""What a decision gives to do: entrusted by the GIP, followed up by whoever is in charge (GOV-2)."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.directory.models import Organisation
from faubourg.documents.actions import store
from faubourg.governance.models import Decision, Task
from faubourg.governance.permissions import can_follow_up, can_run
from faubourg.governance.queries import lock, lock_task, organisations_to_charge, seats_of
from faubourg.governance.states import TASK_FLOW, TaskState
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

ENTRUSTED = ("in_charge", "organisation", "due_on")
FOLLOWED = ("state", "reason", "evidence", "document")


@transaction.atomic
def entrust(
    decision: Decision,
    *,
    actor: User,
    in_charge: User | None,
    organisation: Organisation | None,
    due_on: date | None,
    now: datetime,
) -> Task:
    """Say who is in charge and until when; said again, it is corrected. The record stays as it was frozen."""
    lock(decision.meeting)
    demand(can_run(standing(actor, localdate(now)), decision.meeting))
    refuse_if(wrong_charge(decision, in_charge, organisation, localdate(now)))
    task = Task.objects.select_for_update().filter(decision=decision).first() or Task(decision=decision)
    before = snapshot(task, ENTRUSTED)
    task.in_charge, task.organisation, task.due_on = in_charge, organisation, due_on
    changes = differences(before, snapshot(task, ENTRUSTED))
    if changes:
        _save(task, actor, "governance.entrust", changes, now)
    return task


@transaction.atomic
def follow_up(
    task: Task,
    *,
    actor: User,
    version: int,
    state: str,
    reason: str = "",
    evidence: str = "",
    upload: "UploadedFile[Any] | None" = None,
    now: datetime,
) -> None:
    """Say where it stands and what proves it. Two people at once: the second one is told."""
    lock_task(task)
    demand(can_follow_up(standing(actor, localdate(now)), task))
    if task.version != version:
        raise Refusal(
            f"{task.changed_by} a mis à jour cette suite pendant que vous écriviez : comparez, puis "
            "enregistrez."
        )
    before = snapshot(task, FOLLOWED)
    if state != task.state:
        ways = {step.target: step.name for step in TASK_FLOW.open_to(task.state)}
        refuse_if({"state": [] if state in ways else ["Choisissez un état de la liste."]})
        task.state = TASK_FLOW.after(ways[state], TaskState(task.state))
    task.reason, task.evidence = reason.strip(), evidence.strip()
    refuse_if(_what_lacks(task, has_file=upload is not None or task.document_id is not None))
    if upload is not None:
        task.document = store(upload, actor=actor, now=now, field="upload")
    changes = differences(before, snapshot(task, FOLLOWED))
    if changes:
        _save(task, actor, "governance.follow_up", changes, now)


def wrong_charge(
    decision: Decision, in_charge: User | None, organisation: Organisation | None, today: date
) -> dict[str, list[str]]:
    """What is wrong in who is named, by field."""
    seats = seats_of(decision.meeting, today)
    people = {seat.user_id for seat in seats}
    known = organisations_to_charge(decision.meeting, seats) if organisation else []
    return {
        "in_charge": [
            *(
                ["Dites qui s'en charge : une personne ou un organisme."]
                if not (in_charge or organisation)
                else []
            ),
            *(
                ["Cette personne n'a plus de rôle sur ce contrat."]
                if in_charge and in_charge.pk not in people
                else []
            ),
        ],
        "organisation": ["Cet organisme n'est pas de cette instance."]
        if organisation and organisation not in known
        else [],
    }


def _what_lacks(task: Task, *, has_file: bool) -> dict[str, list[str]]:
    is_dropped, is_done = task.state == TaskState.DROPPED, task.state == TaskState.DONE
    return {
        "reason": ["Dites pourquoi c'est abandonné : l'instance le lira."]
        if is_dropped and not task.reason
        else [],
        "evidence": ["Dites ce qui a été fait, ou joignez la pièce qui le montre."]
        if is_done and not task.evidence and not has_file
        else [],
    }


def _save(task: Task, actor: User, verb: str, changes: dict[str, list[Any]], now: datetime) -> None:
    task.version += 1
    task.changed_by, task.changed_at = actor, now
    task.save()
    write(actor, verb, task, contract_id=task.decision.contract_id, changes=changes)
