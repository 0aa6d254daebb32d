"""The steering committee validates, in one act, what the funders have decided (PRG-6, GOV-3)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import actions as applications
from faubourg.applications.states import State
from faubourg.awards.models import ValidatedApplication
from faubourg.awards.permissions import can_validate
from faubourg.awards.queries.validation import locked_for_validation
from faubourg.calls.models import Call
from faubourg.contracts.queries import standing
from faubourg.governance.actions.decisions import record_decision
from faubourg.governance.models import Decision, Meeting
from faubourg.governance.states import BodyKind
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@transaction.atomic
def validate(
    call: Call, meeting: Meeting | None, keys: Collection[int], *, actor: User, now: datetime
) -> Decision:
    """One numbered decision of the meeting, attached to the contract, for all the dossiers chosen."""
    held = standing(actor, localdate(now))
    demand(can_validate(held, call.contract_id))
    if meeting is None or meeting.body.kind != BodyKind.STEERING:
        raise Refusal({"meeting": ["Choisissez la séance du comité de pilotage qui valide."]})
    if not meeting.body.contracts.filter(pk=call.contract_id).exists():
        raise Refusal(
            {
                "meeting": [
                    f"Ce comité de pilotage ne couvre pas « {call.contract} » : une décision se rattache "
                    "à un contrat (contrat, l. 970)."
                ]
            }
        )
    chosen = locked_for_validation(call, keys)
    late = [str(one) for one in chosen if one.state != State.DECIDED]
    if not chosen or late or len(chosen) != len(set(keys)):
        raise Refusal({"applications": [_what_is_wrong(late)]})
    tied = [str(one) for one in chosen if held.is_tied_to(one.applicant_id)]
    if tied:
        raise Refusal(
            {
                "applications": [
                    "Vous êtes lié aux structures de ces dossiers : décochez-les, une autre personne du GIP "
                    "les enregistre (déport). " + " ; ".join(tied)
                ]
            }
        )
    decision = record_decision(
        meeting, actor=actor, contract=call.contract, text=_text(len(chosen), call), now=now
    )
    for application in chosen:
        ValidatedApplication.objects.create(application=application, decision=decision)
        applications.advance(
            application,
            "validate",
            verb="awards.validate",
            actor=actor,
            changes={"décision du COPIL": str(decision)},
        )
    return decision


def _what_is_wrong(late: list[str]) -> str:
    if late:
        return "Ces dossiers n'attendent plus de validation, ou pas encore : " + " ; ".join(late) + "."
    return "Cochez au moins un dossier décidé par tous ses financeurs."


def _text(count: int, call: Call) -> str:
    which = "du dossier présenté" if count == 1 else f"des {count} dossiers présentés"
    return f"Le comité de pilotage valide la programmation {which} au titre de « {call} »."
