"""What a council writes is acknowledged, answered with reasons, followed until it is closed (CIT-3, B4.3)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import (
    CitizenCouncil,
    CouncilLetter,
    ReferralCopy,
    ReferralStep,
    own_councils,
)
from faubourg.consultation.permissions import can_answer_letter, can_write_letter
from faubourg.consultation.queries import ANSWER_DAYS, left_to_do, not_told_of
from faubourg.consultation.states import LETTER_FLOW, FollowUpKind, LetterKind
from faubourg.contracts.queries import figures, standing
from faubourg.directory.models import Organisation
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.twice import TWICE
from faubourg.toolkit.verdict import demand

TO_COME = ["Cette date est à venir."]


@transaction.atomic
def write_letter(
    council: CitizenCouncil,
    *,
    actor: User,
    kind: LetterKind | str,
    subject: str,
    text: str,
    now: datetime,
    received_on: date | None = None,
    is_fictitious: bool = False,
) -> CouncilLetter:
    """Numbered the day it comes, and due an answer some days later; what comes on paper says its own day."""
    known = CitizenCouncil.objects.select_for_update().get(pk=council.pk)
    today = localdate(now)
    held = standing(actor, today)
    demand(can_write_letter(held, known))
    day = received_on or today
    refuse_if(
        {
            "subject": [] if subject.strip() else ["Dites de quoi il s'agit, en une ligne."],
            "text": [] if text.strip() else ["Écrivez ce que dit le conseil."],
            "received_on": TO_COME if day > today else [],
        }
    )
    same = {"written_by": actor, "kind": kind, "subject": subject.strip(), "text": text.strip()}
    twin = known.letters.filter(**same, written_at__gte=now - TWICE).first()
    if twin is not None:
        return twin
    last = known.letters.filter(year=day.year).aggregate(last=Max("rank"))["last"] or 0
    letter = CouncilLetter.objects.create(
        council=known, year=day.year, rank=last + 1, received_on=day, due_on=_due_on(known, day),
        is_typed_by_team=known.organisation_id not in own_councils(held), written_at=now,
        is_fictitious=is_fictitious, **same,
    )  # fmt: skip
    write(actor, "consultation.write_letter", letter, contract_id=known.contract_id)
    return letter


@transaction.atomic
def answer_letter(
    letter: CouncilLetter, *, actor: User, answer: str, answered_for: str, answered_on: date, now: datetime
) -> None:
    """The reasoned answer, published to the council and to those who sit on the contract."""
    known = _lock(letter, actor, now)
    state = LETTER_FLOW.after("answer_letter", known.state)
    refuse_if(
        {
            "answer": [] if answer.strip() else ["Écrivez la réponse, et ses raisons."],
            "answered_for": [] if answered_for.strip() else ["Dites qui répond."],
            "answered_on": _day_errors(answered_on, known, now),
        }
    )
    known.state, known.answer, known.answered_for = state, answer.strip(), answered_for.strip()
    known.answered_by, known.answered_on = actor, answered_on
    _keep(known, actor, "answer_letter", answer=known.answer)


@transaction.atomic
def pass_on_referral(
    letter: CouncilLetter,
    *,
    actor: User,
    organisations: Collection[Organisation],
    sent_on: date,
    now: datetime,
) -> None:
    """Given to the mayor, to the intercommunality, to the other signatories: each has its day."""
    known = _lock_referral(letter, actor, now)
    refuse_if({"sent_on": _day_errors(sent_on, known, now)})
    told = set(known.copies.values_list("organisation", flat=True))
    fresh = [one for one in organisations if one.pk not in told]
    for organisation in fresh:
        ReferralCopy.objects.create(letter=known, organisation=organisation, sent_on=sent_on)
    if fresh:
        changes = {"organisation": [None, ", ".join(map(str, fresh))]}
        write(
            actor,
            "consultation.pass_on_referral",
            known,
            contract_id=known.council.contract_id,
            changes=changes,
        )


@transaction.atomic
def follow_referral(
    letter: CouncilLetter,
    *,
    actor: User,
    kind: FollowUpKind | str,
    happens_on: date,
    text: str,
    now: datetime,
    link: str = "",
) -> ReferralStep:
    """What it leads to, done or planned: a meeting to come may be noted."""
    known = _lock_referral(letter, actor, now)
    too_early = happens_on < known.received_on
    refuse_if(
        {
            "text": [] if text.strip() else ["Dites ce qui est prévu ou décidé."],
            "happens_on": ["Cette date est avant l'arrivée de la saisine."] if too_early else [],
        }
    )
    said: dict[str, Any] = {"kind": kind, "happens_on": happens_on, "text": text.strip(), "link": link}
    twin = known.steps.filter(**said).first()
    if twin is not None:
        return twin
    step = ReferralStep.objects.create(letter=known, recorded_by=actor, recorded_at=now, **said)
    changes = {"kind": [None, step.kind], "happens_on": [None, happens_on]}
    write(
        actor, "consultation.follow_referral", known, contract_id=known.council.contract_id, changes=changes
    )
    return step


@transaction.atomic
def close_referral(letter: CouncilLetter, *, actor: User, conclusion: str, now: datetime) -> None:
    """Once it was passed on to all, put before the steering committee, and answered."""
    known = _lock_referral(letter, actor, now)
    if gaps := left_to_do(known, not_told_of(known)):
        raise Refusal({"": gaps})
    refuse_if({"conclusion": [] if conclusion.strip() else ["Dites au conseil ce qu'il en est résulté."]})
    known.state = LETTER_FLOW.after("close_referral", known.state)
    known.conclusion, known.closed_on = conclusion.strip(), localdate(now)
    _keep(known, actor, "close_referral", conclusion=known.conclusion)


def _lock(letter: CouncilLetter, actor: User, now: datetime) -> CouncilLetter:
    """Read again under a row lock, for someone who answers it."""
    rows = CouncilLetter.objects.select_for_update(of=("self",)).select_related("council__contract")
    known = rows.get(pk=letter.pk)
    demand(can_answer_letter(standing(actor, localdate(now)), known))
    return known


def _lock_referral(letter: CouncilLetter, actor: User, now: datetime) -> CouncilLetter:
    known = _lock(letter, actor, now)
    if not known.is_referral:
        raise Refusal("Seule une saisine du préfet est transmise, suivie et close.")
    if known.closed_on:
        raise Refusal("Cette saisine est close.")
    return known


def _day_errors(day: date, letter: CouncilLetter, now: datetime) -> list[str]:
    if day > localdate(now):
        return TO_COME
    return ["Cette date est avant l'arrivée de l'écrit."] if day < letter.received_on else []


def _due_on(council: CitizenCouncil, day: date) -> date | None:
    found = figures(council.contract_id, [ANSWER_DAYS], day).get(ANSWER_DAYS)
    return None if found is None else day + timedelta(days=int(found))


def _keep(letter: CouncilLetter, actor: User, step: str, **changes: Any) -> None:
    letter.save()
    write(
        actor, f"consultation.{step}", letter, contract_id=letter.council.contract_id,
        changes={name: [None, value] for name, value in changes.items()},
    )  # fmt: skip
