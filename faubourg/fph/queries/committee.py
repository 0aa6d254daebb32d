"""The committee of a fund: who sits, what waits for it, what it said (FPH-4)."""

from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.contracts.rules import Standing
from faubourg.fph.models import READERS, CommitteeMember, CommitteeSession, ExaminedRequest, Fund, Request
from faubourg.fph.queries.funds import lock_fund
from faubourg.fph.queries.requests import contact_of
from faubourg.fph.rules import tied_names
from faubourg.fph.states import Outcome, RequestState, SessionState

OF_A_SESSION = ("fund__contract", "fund__neighbourhood")


def members_of(fund: Fund) -> list[CommitteeMember]:
    """All, even those who left."""
    return list(fund.members.all())


def members_on(fund: Fund, day: date) -> QuerySet[CommitteeMember]:
    return fund.members.filter(joined_on__lte=day).exclude(left_on__lt=day)


def member_for(standing: Standing, pk: int) -> CommitteeMember:
    mine = CommitteeMember.objects.filter(fund__contract__in=standing.contracts(*READERS))
    return get_object_or_404(mine.select_related("fund__contract", "fund__neighbourhood"), pk=pk)


def waiting_requests(fund: Fund) -> QuerySet[Request]:
    """Filed, and before no session to come: the oldest first."""
    filed = fund.requests.filter(state=RequestState.FILED)
    return filed.exclude(examined__session__state=SessionState.PLANNED).order_by("filed_at", "pk")


def waiting_by_fund(contracts: frozenset[int]) -> QuerySet[Any]:
    """The funds where requests wait for a committee: `number` of them, the oldest `since`."""
    waiting = Request.objects.filter(state=RequestState.FILED).exclude(
        examined__session__state=SessionState.PLANNED
    )
    funds = Fund.objects.filter(contract__in=contracts, requests__in=waiting)
    counted = funds.annotate(number=Count("requests"), since=Min("requests__filed_at"))
    return counted.select_related("contract", "neighbourhood").order_by("since", "pk")


def sessions_of(standing: Standing, fund: Fund) -> QuerySet[CommitteeSession]:
    mine = CommitteeSession.objects.visible_to(standing).filter(fund=fund).select_related("fund")
    return mine.annotate(how_many=Count("examined")).order_by("-held_on", "-pk")


def session_for(standing: Standing, pk: int) -> CommitteeSession:
    mine = CommitteeSession.objects.visible_to(standing)
    return get_object_or_404(mine.select_related(*OF_A_SESSION), pk=pk)


def lock_session(session: CommitteeSession) -> CommitteeSession:
    """The fund first: two sessions of one fund never count its money at the same time."""
    lock_fund(session.fund)
    return CommitteeSession.objects.select_related(*OF_A_SESSION).get(pk=session.pk)


def present_at(session: CommitteeSession) -> list[CommitteeMember]:
    return list(session.present.order_by("full_name", "pk"))


def examined_at(session: CommitteeSession) -> list[ExaminedRequest]:
    """In the order of the session, with who stands aside of each."""
    found = session.examined.select_related("request__neighbourhood").prefetch_related("aside")
    return list(found.order_by("position", "pk"))


def examined_for(session: CommitteeSession, pk: int) -> ExaminedRequest:
    return get_object_or_404(session.examined.select_related("request__neighbourhood"), pk=pk)


def voters_on(examined: ExaminedRequest, present: list[CommitteeMember]) -> int:
    """The voters who are there and not tied to whoever asks."""
    aside = {member.pk for member in examined.aside.all()}
    return sum(member.is_voting and member.pk not in aside for member in present)


def likely_ties(examined: ExaminedRequest, present: list[CommitteeMember]) -> list[str]:
    contact = contact_of(examined.request)
    return tied_names(
        [(member.full_name, member.on_behalf_of) for member in present],
        holder=examined.request.holder_name,
        referent=contact.referent_name if contact else "",
    )


def session_before_which(request: Request) -> CommitteeSession | None:
    """The session to come that will examine it."""
    return CommitteeSession.objects.filter(state=SessionState.PLANNED, examined__request=request).first()


def last_adjournment(request: Request) -> ExaminedRequest | None:
    """What the committee said when it put the request off, once its session is closed."""
    said = ExaminedRequest.objects.filter(
        request=request, outcome=Outcome.ADJOURNED, session__state=SessionState.CLOSED
    )
    return said.select_related("session").order_by("-session__held_on", "-pk").first()


def session_that_decided(request: Request) -> CommitteeSession | None:
    decided = CommitteeSession.objects.filter(
        state=SessionState.CLOSED,
        examined__request=request,
        examined__outcome__in=(Outcome.GRANTED, Outcome.REFUSED),
    )
    return decided.select_related("fund").first()
