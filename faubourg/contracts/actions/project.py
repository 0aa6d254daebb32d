"""Adjust the objectives: propose, then apply what the steering committee decided (PRJ-1 to PRJ-5)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract, Objective, ObjectiveChange, PrioritySheet, TreeVersion
from faubourg.contracts.permissions.project import can_adjust
from faubourg.contracts.queries import standing
from faubourg.contracts.rules import QUESTIONS
from faubourg.contracts.states import VERSION_FLOW, ChangeKind, ObjectiveLevel, VersionState
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

BELOW = {
    ObjectiveLevel.PRIORITY.value: ObjectiveLevel.STRATEGIC,
    ObjectiveLevel.STRATEGIC.value: ObjectiveLevel.OPERATIONAL,
}


@transaction.atomic
def propose_change(
    contract: Contract,
    *,
    actor: User,
    kind: str,
    reason: str,
    now: datetime,
    objective: Objective | None = None,
    parent: Objective | None = None,
    code: str = "",
    label: str = "",
) -> ObjectiveChange:
    """One more line of the proposed version; nothing changes before the steering committee (PRJ-2)."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_adjust(standing(actor, localdate(now)), contract.pk))
    code = code.strip() if kind == ChangeKind.ADD else objective.code if objective else ""
    version = _proposed(contract, localdate(now))
    refuse_if(_errors(contract, version, kind, objective, code, label, reason))
    change = ObjectiveChange.objects.create(
        version=version, kind=kind, objective=objective if kind != ChangeKind.ADD else None,
        parent=parent if kind == ChangeKind.ADD else None, code=code,
        before=objective.label if objective and kind != ChangeKind.ADD else "",
        after="" if kind == ChangeKind.ARCHIVE else label.strip(), reason=reason.strip(), proposed_by=actor,
    )  # fmt: skip
    changes = {"after": [change.before, change.after], "reason": change.reason}
    write(actor, "contracts.propose_change", change, contract_id=contract.pk, changes=changes)
    return change


@transaction.atomic
def withdraw_change(change: ObjectiveChange, *, actor: User, now: datetime) -> None:
    """Before the decision only: what was decided is history."""
    contract = Contract.objects.select_for_update().get(pk=change.version.contract_id)
    demand(can_adjust(standing(actor, localdate(now)), contract.pk))
    if TreeVersion.objects.get(pk=change.version_id).state != VersionState.PROPOSED:
        raise Refusal("Cet ajustement est validé : pour revenir dessus, proposez-en un autre.")
    write(actor, "contracts.withdraw_change", change, contract_id=contract.pk)
    ObjectiveChange.objects.filter(pk=change.pk).delete()


@transaction.atomic
def adopt_version(version: TreeVersion, *, actor: User, decided_on: date, record: str, now: datetime) -> None:
    """The steering committee has decided, on a day and in a record: everything proposed applies (PRJ-2)."""
    contract = Contract.objects.select_for_update().get(pk=version.contract_id)
    demand(can_adjust(standing(actor, localdate(now)), contract.pk))
    known = TreeVersion.objects.get(pk=version.pk)
    known.state = VERSION_FLOW.after("adopt_version", known.state)
    changes = list(known.changes.select_related("objective", "parent"))
    refuse_if(
        {
            "": [] if changes else ["Aucun ajustement n'est proposé : il n'y a rien à valider."],
            "record": [] if record.strip() else ["Nommez le compte rendu du comité de pilotage."],
            "decided_on": ["Cette date est à venir : notez la décision quand elle a eu lieu."]
            if decided_on > localdate(now)
            else [],
        }
    )
    known.decided_on, known.record = decided_on, record.strip()
    known.save()
    for change in changes:
        _apply(contract, change, decided_on)
    told = {"decided_on": [None, decided_on], "record": ["", known.record]}
    write(actor, "contracts.adopt_version", known, contract_id=contract.pk, changes=told)


@transaction.atomic
def write_priority(priority: Objective, *, actor: User, now: datetime, **answers: str) -> None:
    """The four answers of a priority, as far as they are known (PRJ-5)."""
    Contract.objects.select_for_update().get(pk=priority.contract_id)
    demand(can_adjust(standing(actor, localdate(now)), priority.contract_id))
    sheet = PrioritySheet.objects.filter(objective=priority).first() or PrioritySheet(objective=priority)
    before = snapshot(sheet, QUESTIONS)
    for name in QUESTIONS:
        setattr(sheet, name, answers[name].strip())
    changes = differences(before, snapshot(sheet, QUESTIONS))
    if not changes:
        return
    sheet.written_by, sheet.written_on = actor, localdate(now)
    sheet.save()
    write(actor, "contracts.write_priority", sheet, contract_id=priority.contract_id, changes=changes)


def _proposed(contract: Contract, today: date) -> TreeVersion:
    known = contract.versions.filter(state=VersionState.PROPOSED).first()
    last = contract.versions.aggregate(last=Max("number"))["last"] or 0
    return known or TreeVersion.objects.create(contract=contract, number=last + 1, proposed_on=today)


def _errors(
    contract: Contract,
    version: TreeVersion,
    kind: str,
    objective: Objective | None,
    code: str,
    label: str,
    reason: str,
) -> dict[str, list[str]]:
    is_new = kind == ChangeKind.ADD
    errors: dict[str, list[str]] = {
        "reason": [] if reason.strip() else ["Dites pourquoi : ce motif est imprimé dans l'historique."],
        "label": ["Écrivez le nouveau libellé."] if kind != ChangeKind.ARCHIVE and not label.strip() else [],
        "objective": ["Choisissez l'objectif."] if not is_new and objective is None else [],
        "code": ["Donnez un code, par exemple 1.6."] if is_new and not code else [],
    }
    if is_new and contract.objectives.filter(code=code).exists():
        errors["code"] = [
            "Ce code est déjà pris, peut-être par un objectif archivé : choisissez-en un autre."
        ]
    if code and version.changes.filter(code=code).exists():
        errors["code" if is_new else "objective"] = ["Un ajustement de cet objectif est déjà proposé."]
    if objective and kind == ChangeKind.ARCHIVE and objective.children.filter(archived_on=None).exists():
        errors["objective"] = ["Des objectifs en relèvent encore : archivez-les d'abord."]
    return errors


def _apply(contract: Contract, change: ObjectiveChange, decided_on: date) -> None:
    """Nothing is deleted: a dossier may answer to what is archived (PRJ-1)."""
    if change.kind == ChangeKind.ADD:
        parent = change.parent
        last = contract.objectives.aggregate(last=Max("position"))["last"] or 0
        Objective.objects.create(
            contract=contract, parent=parent, code=change.code, label=change.after, position=last + 1,
            level=BELOW.get(parent.level, ObjectiveLevel.OPERATIONAL) if parent else ObjectiveLevel.PRIORITY,
            themes=parent.themes if parent else [],
            themes_are_proposed=parent.themes_are_proposed if parent else True,
        )  # fmt: skip
        return
    objective = change.objective
    assert objective is not None  # noqa: S101
    if change.kind == ChangeKind.ARCHIVE:
        objective.archived_on = decided_on
    else:
        objective.label = change.after
    objective.save(update_fields=["archived_on", "label"])
