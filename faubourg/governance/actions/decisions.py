"""Numbered decisions, each tied to one contract (GOV-3, l. 970, 1007)."""

from datetime import date, datetime

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.governance.actions.meetings import hold
from faubourg.governance.actions.tasks import entrust
from faubourg.governance.models import Decision, Meeting
from faubourg.governance.permissions import covered
from faubourg.governance.queries import next_decision_number, voices_of
from faubourg.governance.rules import Votes
from faubourg.governance.states import MeetingState
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.twice import TWICE


@transaction.atomic
def record_decision(
    meeting: Meeting,
    *,
    actor: User,
    contract: Contract | None,
    text: str,
    in_charge: User | None = None,
    organisation: Organisation | None = None,
    due_on: date | None = None,
    votes: Votes | None = None,
    now: datetime,
) -> Decision:
    """Write down what the meeting decided, and who does it until when; without a contract it is refused.

    A second click adds nothing.
    """
    hold(meeting, actor=actor, now=now)
    same = meeting.decisions.filter(contract=contract, text=text.strip(), recorded_by=actor)
    if (twin := same.filter(recorded_at__gt=now - TWICE).first()) is not None:
        return twin
    votes = votes or Votes()
    refuse_if({"manner": votes.problems(voices_of(meeting))})
    decision = number_decision(meeting, actor=actor, contract=contract, text=text, now=now)
    if votes.manner:
        decision.manner, decision.votes_for = votes.manner, votes.in_favour
        decision.votes_against, decision.abstentions = votes.against, votes.abstentions
        decision.save(update_fields=["manner", "votes_for", "votes_against", "abstentions"])
    if in_charge or organisation or due_on:
        entrust(decision, actor=actor, in_charge=in_charge, organisation=organisation, due_on=due_on, now=now)
    return decision


@transaction.atomic
def number_decision(
    meeting: Meeting, *, actor: User, contract: Contract | None, text: str, now: datetime
) -> Decision:
    """The next decision of the meeting, for an app further along the spine, which knows what it validates."""
    hold(meeting, actor=actor, now=now)
    refuse_if(
        {
            "": []
            if meeting.state == MeetingState.OPEN
            else ["Une décision se prend en séance : ouvrez d'abord la séance."],
            "contract": []
            if contract and contract.pk in covered(meeting.body)
            else ["Choisissez le contrat que la décision concerne, parmi ceux de l'instance."],
            "text": [] if text.strip() else ["Écrivez la décision."],
        }
    )
    assert contract is not None  # noqa: S101  (refused above)
    decision = Decision.objects.create(
        meeting=meeting,
        contract=contract,
        number=next_decision_number(meeting),
        text=text.strip(),
        recorded_by=actor,
        recorded_at=now,
    )
    write(
        actor,
        "governance.record_decision",
        meeting,
        contract_id=contract.pk,
        changes={f"décision {decision.number}": [None, decision.text]},
    )
    return decision
