"""What the committee says of each request; the closing makes it known and freezes the record (FPH-4)."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.fph.actions.committee import hold
from faubourg.fph.models import CommitteeMember, CommitteeSession, ExaminedRequest
from faubourg.fph.queries import (
    ceiling_of,
    contact_of,
    examined_at,
    lock_request,
    money_of,
    present_at,
    rules_of,
    voters_on,
)
from faubourg.fph.rules import grant_errors, quorum_errors, quorum_words, reason_errors
from faubourg.fph.states import REQUEST_FLOW, SESSION_FLOW, Outcome, RequestState, SessionState
from faubourg.journal.actions import write
from faubourg.messaging.actions import send
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import refuse_if

STEPS = {Outcome.GRANTED: "grant", Outcome.REFUSED: "refuse"}


@transaction.atomic
def decide(
    examined: ExaminedRequest, *, outcome: str, granted_amount: Decimal | None, reason: str,
    aside: Collection[CommitteeMember], actor: User, now: datetime,
) -> None:  # fmt: skip
    """Typed in session, mended until the closing. The sum is taken from the fund at once, under its lock."""
    session = hold(examined.session, actor=actor, now=now)
    request = lock_request(examined.request)
    known = ExaminedRequest.objects.get(pk=examined.pk)
    known.session, known.request = session, request
    before = [known.get_outcome_display(), known.granted_amount]
    known.aside.set(member for member in aside if member.fund_id == session.fund_id)
    amount = granted_amount if outcome == Outcome.GRANTED else None
    refuse_if(_decision_errors(known, outcome, amount, reason, now))
    known.outcome, known.granted_amount, known.reason = outcome, amount, reason
    known.save(update_fields=["outcome", "granted_amount", "reason"])
    changes = {"décision": [before[0], known.get_outcome_display()], "granted_amount": [before[1], amount]}
    write(actor, "fph.decide", request, contract_id=session.fund.contract_id, changes=changes)


@transaction.atomic
def close_session(session: CommitteeSession, *, actor: User, now: datetime) -> CommitteeSession:
    """Each request takes its state, whoever asked is told, the record has its number and changes no more."""
    known = hold(session, actor=actor, now=now)
    examined, present = examined_at(known), present_at(known)
    for one in examined:
        one.session, one.request = known, lock_request(one.request)
    heard = [one for one in examined if one.request.state == RequestState.FILED]
    refuse_if({"": _closing_errors(known, heard, present, now)})
    for one in heard:
        _apply(one, now)
    before, last = known.state, known.fund.sessions.aggregate(last=Max("rank"))["last"]
    known.state = SESSION_FLOW.after("close_session", SessionState(before))
    known.rank, known.closed_at = (last or 0) + 1, now
    known.words = _record(known, heard, present)
    known.save(update_fields=["state", "rank", "closed_at", "words"])
    changes = {"state": [before, known.state], "numéro": ["", known.number]}
    write(actor, "fph.close_session", known, contract_id=known.fund.contract_id, changes=changes)
    return known


# --------------------------------------------------------------------------------------------------


def _decision_errors(
    examined: ExaminedRequest, outcome: str, amount: Decimal | None, reason: str, now: datetime
) -> dict[str, list[str]]:
    session, request = examined.session, examined.request
    if request.state != RequestState.FILED:
        return {"": [f"Cette demande est {request.get_state_display().lower()} : elle ne se décide plus."]}
    errors = {"": _too_early(session, now), "reason": reason_errors(outcome, reason)}
    if outcome != Outcome.ADJOURNED:
        errors["outcome"] = _quorum_errors(examined, present_at(session))
    if outcome == Outcome.GRANTED:
        left = money_of(session.fund).left + (examined.granted_amount or Decimal())
        ceiling = ceiling_of(session.fund, session.held_on)
        errors["granted_amount"] = grant_errors(
            amount, asked=request.asked_amount, ceiling=ceiling, left=left
        )
    return errors


def _too_early(session: CommitteeSession, now: datetime) -> list[str]:
    is_early = session.held_on > localdate(now)
    day = format_day(session.held_on)
    return [f"La séance est le {day} : les décisions se notent à partir de ce jour."] if is_early else []


def _quorum_errors(examined: ExaminedRequest, present: list[CommitteeMember]) -> list[str]:
    rules = rules_of(examined.session.fund.contract_id, examined.session.held_on)
    return quorum_errors(voters_on(examined, present), rules.quorum if rules else None)


def _closing_errors(
    session: CommitteeSession, heard: list[ExaminedRequest], present: list[CommitteeMember], now: datetime
) -> list[str]:
    if early := _too_early(session, now):
        return early
    if not heard:
        return ["Aucune demande n'est à cette séance : annulez-la, ou inscrivez des demandes."]
    undecided = ", ".join(one.request.number for one in heard if not one.outcome)
    if undecided:
        return [f"Il reste à décider ou à remettre : {undecided}."]
    return [
        f"{one.request.number} : {sentence}"
        for one in heard
        if one.outcome != Outcome.ADJOURNED
        for sentence in _quorum_errors(one, present)
    ]


def _apply(examined: ExaminedRequest, now: datetime) -> None:
    """What was said becomes the state of the request, decided the day of the session."""
    request, step = examined.request, STEPS.get(Outcome(examined.outcome))
    if step is not None:
        request.state = REQUEST_FLOW.after(step, RequestState(request.state))
        request.granted_amount, request.decision_reason = examined.granted_amount, examined.reason
        request.decided_on = examined.session.held_on
        request.save(update_fields=["state", "granted_amount", "decision_reason", "decided_on"])
    _tell(examined, now)


def _tell(examined: ExaminedRequest, now: datetime) -> None:
    """By e-mail when an address was given; the follow-up page says it in all cases."""
    request, contact = examined.request, contact_of(examined.request)
    if contact is None or not contact.email:
        return
    said = {
        Outcome.GRANTED: f"Le comité accorde {format_euros(examined.granted_amount)} à votre demande",
        Outcome.REFUSED: "Le comité ne retient pas votre demande",
        Outcome.ADJOURNED: "Le comité remet sa décision à une autre séance pour votre demande",
    }[Outcome(examined.outcome)]
    reason = f"{examined.reason}\n\n" if examined.reason else ""
    send(
        key=f"fph.decision:{examined.pk}",
        recipient=contact.email,
        subject=f"Votre demande {request.number} : la réponse du comité",
        body=f"Bonjour,\n\n{said} « {request.title} », le {format_day(examined.session.held_on)}.\n\n"
        f"{reason}La suite se lit avec votre numéro secret : "
        f"{settings.PUBLIC_URL}{reverse('fph:find')}\n",
        now=now,
        contract_id=examined.session.fund.contract_id,
    )


def _record(
    session: CommitteeSession, heard: list[ExaminedRequest], present: list[CommitteeMember]
) -> dict[str, Any]:
    """All that the minutes say, as words: nothing that changes later changes them."""
    rules = rules_of(session.fund.contract_id, session.held_on)
    money, needed = money_of(session.fund), rules.quorum if rules else None
    return {
        "fund": str(session.fund),
        "place": session.place,
        "present": [str(one) + ("" if one.is_voting else " (sans voix)") for one in present],
        "quorum": quorum_words(sum(one.is_voting for one in present), needed),
        "points": [
            {
                "number": one.request.number,
                "title": one.request.title,
                "holder": one.request.holder,
                "asked": format_euros(one.request.asked_amount),
                "outcome": one.request.get_state_display() if one.outcome in STEPS else "Remise",
                "granted": format_euros(one.granted_amount) if one.granted_amount else "",
                "reason": one.reason,
                "aside": [member.full_name for member in one.aside.all()],
                "quorum": quorum_words(voters_on(one, present), needed) if one.aside.all() else "",
            }
            for one in heard
        ],
        "left": f"{format_euros(money.left)} sur {format_euros(money.envelope)}",
    }
