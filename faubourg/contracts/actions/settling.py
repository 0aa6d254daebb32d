"""Vouch for a figure of the contract; write down how an unclear point was settled."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.models import Clarification, Parameter
from faubourg.contracts.permissions.settling import can_settle_clarification, can_verify_parameter
from faubourg.contracts.queries import standing
from faubourg.contracts.states import ClarificationState
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand

VERIFICATION = ("verified_by", "verified_on")
SETTLEMENT = ("state", "decision", "decided_by", "decided_on")


@transaction.atomic
def verify_parameter(parameter: Parameter, *, actor: User, now: datetime) -> None:
    """Someone has read the text the figure comes from: a rule of general knowledge may then block."""
    parameter.refresh_from_db(from_queryset=Parameter.objects.select_for_update())
    demand(can_verify_parameter(standing(actor, localdate(now)), parameter.contract_id))
    if parameter.verified_on:
        raise Refusal("Ce paramètre est déjà vérifié : il n'y a rien à faire.")
    if parameter.value is None and not parameter.text_value:
        raise Refusal("Ce paramètre n'a pas de valeur : complétez d'abord le fichier du contrat.")
    before = snapshot(parameter, VERIFICATION)
    parameter.verified_by = actor
    parameter.verified_on = localdate(now)
    parameter.save(update_fields=VERIFICATION)
    _write(actor, "contracts.verify_parameter", parameter, before, VERIFICATION)


@transaction.atomic
def unverify_parameter(parameter: Parameter, *, actor: User, now: datetime) -> None:
    """Take back a verification given by mistake."""
    parameter.refresh_from_db(from_queryset=Parameter.objects.select_for_update())
    demand(can_verify_parameter(standing(actor, localdate(now)), parameter.contract_id))
    if not parameter.verified_on:
        raise Refusal("Ce paramètre n'est pas vérifié : il n'y a rien à retirer.")
    before = snapshot(parameter, VERIFICATION)
    parameter.verified_by = parameter.verified_on = None
    parameter.save(update_fields=VERIFICATION)
    _write(actor, "contracts.unverify_parameter", parameter, before, VERIFICATION)


@transaction.atomic
def settle_clarification(clarification: Clarification, *, actor: User, decision: str, now: datetime) -> None:
    """Write down what was decided; a second decision replaces the first, which stays in the journal."""
    clarification.refresh_from_db(from_queryset=Clarification.objects.select_for_update())
    demand(can_settle_clarification(standing(actor, localdate(now)), clarification.contract_id))
    if not decision.strip():
        raise Refusal({"decision": ["Écrivez ce qui a été décidé, et par qui."]})
    before = snapshot(clarification, SETTLEMENT)
    clarification.state = ClarificationState.SETTLED
    clarification.decision = decision.strip()
    clarification.decided_by = actor
    clarification.decided_on = localdate(now)
    clarification.save(update_fields=SETTLEMENT)
    _write(actor, "contracts.settle_clarification", clarification, before, SETTLEMENT)


def _write(
    actor: User,
    verb: str,
    thing: Parameter | Clarification,
    before: dict[str, object],
    names: tuple[str, ...],
) -> None:
    changes = differences(before, snapshot(thing, names))
    write(actor, verb, thing, contract_id=thing.contract_id, changes=changes)
