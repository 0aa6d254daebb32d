"""The plan for taking part: written action by action, followed, annexed to the contract (CIT-5)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import PlanAction, PlanAdoption
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.rules import plan_errors
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def add_plan_action(
    contract: Contract,
    *,
    theme: str,
    what: str,
    in_charge: str,
    due_on: date | None,
    actor: User,
    now: datetime,
) -> PlanAction:
    """The same action on the same theme is a second click."""
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_consult(standing(actor, localdate(now)), contract.pk))
    said = {"in_charge": in_charge.strip(), "due_on": due_on}
    action, is_new = PlanAction.objects.get_or_create(
        contract=contract, theme=theme, what=what.strip(), defaults=said
    )
    if is_new:
        write(actor, "consultation.add_plan_action", action, contract_id=contract.pk)
    return action


@transaction.atomic
def follow_plan_action(action: PlanAction, *, state: str, reason: str, actor: User, now: datetime) -> None:
    known = PlanAction.objects.select_for_update().get(pk=action.pk)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    refuse_if(plan_errors(state, reason.strip()))
    before = snapshot(known, ("state", "reason"))
    known.state, known.reason = state, reason.strip()
    known.save()
    changes = differences(before, snapshot(known, ("state", "reason")))
    write(actor, "consultation.follow_plan_action", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def adopt_plan(
    contract: Contract, *, decided_on: date, reference: str, actor: User, now: datetime
) -> PlanAdoption:
    """The steering committee has decided: the plan is annexed. The same again is a second click.

    Raises Refusal at its field for an empty plan, a day to come, another decision of the same day.
    """
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_consult(standing(actor, localdate(now)), contract.pk))
    is_empty = not PlanAction.objects.filter(contract=contract).exists()
    said = PlanAdoption.objects.filter(contract=contract, decided_on=decided_on).first()
    is_other = said is not None and said.reference != reference.strip()
    noted = f"Une décision de ce jour est déjà notée : {said}. Vérifiez la date ou la référence."
    refuse_if(
        {
            "reference": ["Ce plan n'a encore aucune action."] if is_empty else [noted] if is_other else [],
            "decided_on": ["Cette décision est à venir."] if decided_on > localdate(now) else [],
        }
    )
    if said is not None:
        return said
    adoption = PlanAdoption.objects.create(
        contract=contract, decided_on=decided_on, reference=reference.strip()
    )
    write(actor, "consultation.adopt_plan", adoption, contract_id=contract.pk)
    return adoption
