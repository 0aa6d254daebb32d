"""What a resident said: taken down, reviewed for names, answered (CON-5, CON-7)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import (
    Consultation,
    Contribution,
    Gathering,
    GatheringQuestion,
    GatheringTable,
)
from faubourg.consultation.permissions import can_consult
from faubourg.consultation.states import CONTRIBUTION_FLOW, Origin
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.twice import TWICE
from faubourg.toolkit.verdict import demand


@transaction.atomic
def record_contribution(
    contract: Contract,
    *,
    actor: User,
    origin: Origin,
    text: str,
    said_on: date,
    now: datetime,
    consultation: Consultation | None = None,
    neighbourhood: Neighbourhood | None = None,
    reference: str = "",
    is_fictitious: bool = False,
) -> Contribution:
    """Words that come from a questionnaire, a council, the residents' fund or a letter.

    The same `reference` of the same contract is the same contribution: nothing is taken down twice.
    """
    Contract.objects.select_for_update().get(pk=contract.pk)
    demand(can_consult(standing(actor, localdate(now)), contract.pk))
    refuse_if({"text": _text_errors(text), "said_on": _day_errors(said_on, now)})
    if reference:
        known = Contribution.objects.filter(contract=contract, reference=reference).first()
        if known is not None:
            return known
    contribution = Contribution.objects.create(
        contract=contract, origin=origin, text=text.strip(), said_on=said_on, consultation=consultation,
        neighbourhood=neighbourhood, reference=reference, typed_by=actor, typed_at=now,
        is_fictitious=is_fictitious,
    )  # fmt: skip
    write(actor, "consultation.record_contribution", contribution, contract_id=contract.pk)
    return contribution


@transaction.atomic
def take_down(
    gathering: Gathering,
    *,
    actor: User,
    text: str,
    now: datetime,
    question: GatheringQuestion | None = None,
    table: GatheringTable | None = None,
    is_fictitious: bool = False,
) -> Contribution:
    """One line of a table, typed as it is said. The same words so soon are a second click."""
    known = (
        Gathering.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=gathering.pk)
    )
    contract_id = known.consultation.contract_id
    demand(can_consult(standing(actor, localdate(now)), contract_id))
    refuse_if({"text": _text_errors(text)})
    place = {"gathering": known, "question": question, "table": table}
    twin = Contribution.objects.filter(
        **place, text=text.strip(), typed_by=actor, typed_at__gt=now - TWICE
    ).first()
    if twin is not None:
        return twin
    contribution = Contribution.objects.create(
        **place, contract_id=contract_id, consultation=known.consultation, origin=Origin.GATHERING,
        text=text.strip(), said_on=known.held_on, neighbourhood_id=known.neighbourhood_id, typed_by=actor,
        typed_at=now, is_fictitious=is_fictitious,
    )  # fmt: skip
    write(actor, "consultation.take_down", contribution, contract_id=contract_id)
    return contribution


@transaction.atomic
def correct_contribution(contribution: Contribution, *, actor: User, text: str, now: datetime) -> None:
    """A slip of the keyboard; once reviewed, what was said no longer changes."""
    known = lock_contribution(contribution)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    settled = ["Cette parole est relue : ce qui a été dit ne change plus."]
    refuse_if({"text": settled if known.is_reviewed else _text_errors(text)})
    before, known.text = known.text, text.strip()
    if before == known.text:
        return
    known.save(update_fields=["text"])
    changes = {"text": [before, known.text]}
    write(actor, "consultation.correct_contribution", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def review_contribution(contribution: Contribution, *, actor: User, public_text: str, now: datetime) -> None:
    """The words everyone may read: no name, no address, nothing that says who spoke (CON-7)."""
    known = lock_contribution(contribution)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    refuse_if({"public_text": _text_errors(public_text)})
    before = known.public_text
    known.public_text, known.reviewed_by, known.reviewed_on = public_text.strip(), actor, localdate(now)
    known.save(update_fields=["public_text", "reviewed_by", "reviewed_on"])
    changes = {"public_text": [before, known.public_text]}
    write(actor, "consultation.review_contribution", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def keep_contribution(contribution: Contribution, *, actor: User, now: datetime, reason: str = "") -> None:
    """The contract answers it: the links say by which objective."""
    _answer(contribution, "keep_contribution", actor=actor, reason=reason, now=now)


@transaction.atomic
def set_aside_contribution(contribution: Contribution, *, actor: User, reason: str, now: datetime) -> None:
    """Not kept, with a reason that whoever said it may read (CON-5)."""
    refuse_if({"reason": [] if reason.strip() else ["Dites pourquoi : cette réponse est publiée."]})
    _answer(contribution, "set_aside_contribution", actor=actor, reason=reason, now=now)


def lock_contribution(contribution: Contribution) -> Contribution:
    """Read again under a row lock, inside the caller's transaction."""
    return Contribution.objects.select_for_update().get(pk=contribution.pk)


def _answer(contribution: Contribution, step: str, *, actor: User, reason: str, now: datetime) -> None:
    known = lock_contribution(contribution)
    demand(can_consult(standing(actor, localdate(now)), known.contract_id))
    before = known.state
    known.state = CONTRIBUTION_FLOW.after(step, known.state)
    known.reason, known.answered_on = reason.strip(), localdate(now)
    known.save(update_fields=["state", "reason", "answered_on"])
    changes = {"state": [before, known.state], "reason": known.reason}
    write(actor, f"consultation.{step}", known, contract_id=known.contract_id, changes=changes)


def _text_errors(text: str) -> list[str]:
    return [] if text.strip() else ["Écrivez ce qui a été dit."]


def _day_errors(said_on: date, now: datetime) -> list[str]:
    return ["Cette date est à venir."] if said_on > localdate(now) else []
