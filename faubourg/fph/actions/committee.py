"""Who sits on the committee of a fund, when it meets, what it is to examine (FPH-4)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.fph.models import CommitteeMember, CommitteeSession, ExaminedRequest, Fund, Request
from faubourg.fph.permissions import can_keep_fund
from faubourg.fph.queries import lock_fund, lock_session, waiting_requests
from faubourg.fph.states import SESSION_FLOW, MemberKind, SessionState
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def add_member(
    fund: Fund, *, full_name: str, kind: str, on_behalf_of: str, is_voting: bool, joined_on: date,
    actor: User, now: datetime,
) -> CommitteeMember:  # fmt: skip
    """The journal says a member came, not who: it never forgets a name."""
    known = lock_fund(fund)
    demand(can_keep_fund(standing(actor, localdate(now)), known.contract_id))
    twin = known.members.filter(full_name__iexact=full_name, left_on=None).first()
    taken = f"{full_name} est déjà au comité."
    is_other = twin is not None and (twin.kind, twin.joined_on) != (kind, joined_on)
    refuse_if({"full_name": [taken] if is_other else []})
    if twin is not None:
        return twin
    member = CommitteeMember.objects.create(
        fund=known, full_name=full_name, kind=kind, on_behalf_of=on_behalf_of, is_voting=is_voting,
        joined_on=joined_on,
    )  # fmt: skip
    changes = {"kind": ["", MemberKind(kind).label], "joined_on": [None, joined_on]}
    write(actor, "fph.add_member", known, contract_id=known.contract_id, changes=changes)
    return member


@transaction.atomic
def end_member(member: CommitteeMember, *, left_on: date, actor: User, now: datetime) -> None:
    """The last day is counted: that day one still sits."""
    fund = lock_fund(member.fund)
    demand(can_keep_fund(standing(actor, localdate(now)), fund.contract_id))
    refuse_if(
        {"left_on": ["Cette date est avant son arrivée au comité."] if left_on < member.joined_on else []}
    )
    changes = {"kind": ["", member.get_kind_display()], "left_on": [member.left_on, left_on]}
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    write(actor, "fph.end_member", fund, contract_id=fund.contract_id, changes=changes)


@transaction.atomic
def plan_session(
    fund: Fund, *, held_on: date, place: str, requests: Iterable[Request], actor: User, now: datetime
) -> CommitteeSession:
    """A day, a place, the requests to examine; the same day again is a second click."""
    known = lock_fund(fund)
    demand(can_keep_fund(standing(actor, localdate(now)), known.contract_id))
    twin = known.sessions.filter(held_on=held_on, state=SessionState.PLANNED).first()
    if twin is not None:
        return twin
    session = CommitteeSession.objects.create(fund=known, held_on=held_on, place=place)
    _place(session, requests)
    write(
        actor, "fph.plan_session", session, contract_id=known.contract_id,
        changes={"held_on": [None, held_on], "place": ["", place]},
    )  # fmt: skip
    return session


@transaction.atomic
def place_requests(
    session: CommitteeSession, *, requests: Iterable[Request], actor: User, now: datetime
) -> None:
    """Add requests to a session to come; one already there, or elsewhere, is left where it is."""
    known = hold(session, actor=actor, now=now)
    _place(known, requests)
    write(actor, "fph.place_requests", known, contract_id=known.fund.contract_id)


@transaction.atomic
def remove_request(examined: ExaminedRequest, *, actor: User, now: datetime) -> None:
    """Off the list: the request waits for another session, what was said of it here is erased."""
    known = hold(examined.session, actor=actor, now=now)
    number = examined.request.number
    examined.delete()
    changes = {"demande": [number, ""]}
    write(actor, "fph.remove_request", known, contract_id=known.fund.contract_id, changes=changes)


@transaction.atomic
def record_presence(
    session: CommitteeSession, *, present: Collection[CommitteeMember], actor: User, now: datetime
) -> None:
    """Who is there: it may change until the closing, which counts the quorum again."""
    known = hold(session, actor=actor, now=now)
    before = known.present.count()
    known.present.set([member for member in present if member.fund_id == known.fund_id])
    changes = {"présents": [before, known.present.count()]}
    write(actor, "fph.record_presence", known, contract_id=known.fund.contract_id, changes=changes)


@transaction.atomic
def cancel_session(session: CommitteeSession, *, actor: User, now: datetime) -> None:
    """Its requests wait for another one; impossible once the committee has said something."""
    known = hold(session, actor=actor, now=now)
    if known.examined.exclude(outcome="").exists():
        raise Refusal("Le comité a déjà parlé d'une demande : effacez sa décision en la retirant, ou closez.")
    before = known.state
    known.state = SESSION_FLOW.after("cancel_session", SessionState(before))
    known.save(update_fields=["state"])
    known.examined.all().delete()
    changes = {"state": [before, known.state]}
    write(actor, "fph.cancel_session", known, contract_id=known.fund.contract_id, changes=changes)


def hold(session: CommitteeSession, *, actor: User, now: datetime) -> CommitteeSession:
    """Lock a session about to change: the right first, then that its record is not frozen."""
    known = lock_session(session)
    demand(can_keep_fund(standing(actor, localdate(now)), known.fund.contract_id))
    if known.state != SessionState.PLANNED:
        raise Refusal("La séance est close ou annulée : elle ne change plus. Prévoyez-en une autre.")
    return known


def _place(session: CommitteeSession, requests: Iterable[Request]) -> None:
    asked = [one.pk for one in requests]
    last = session.examined.aggregate(last=Max("position"))["last"] or 0
    ExaminedRequest.objects.bulk_create(
        ExaminedRequest(session=session, request=one, position=rank)
        for rank, one in enumerate(waiting_requests(session.fund).filter(pk__in=asked), start=last + 1)
    )
