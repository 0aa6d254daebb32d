"""For the applicant: where its dossier stands, what is asked, by when, whom to call."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.applications import rules
from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.appraisal.models import InformationRequest
from faubourg.calls.rules import is_open
from faubourg.contracts.rules import Standing
from faubourg.journal.models import Entry
from faubourg.portal.queries.application import JOURNEY, STOPPED, Officer

GOING_ON = [state for state in State if state not in (*STOPPED, State.NOTIFIED)]
MOST = 5


@dataclass(frozen=True)
class Passed:
    """A step the dossier has been through, and the day."""

    label: str
    day: date | None


@dataclass(frozen=True)
class Asked:
    """What the GIP asks, by when, and the page where one answers."""

    question: str
    due_on: date
    url: str


@dataclass(frozen=True)
class Contact:
    """Somebody to call: the person who follows the dossier, else the team."""

    name: str
    phone: str = ""
    email: str = ""
    role: str = ""


@dataclass(frozen=True)
class FollowUp:
    """Template: portal/_follow_up.html."""

    next_thing: str
    is_mine_to_do: bool
    steps: list[Passed]
    asked: list[Asked]
    contacts: list[Contact]


@dataclass(frozen=True)
class Going:
    """A dossier of the home page of its applicant: its next step, and nothing else."""

    application: Application
    next_thing: str
    is_mine_to_do: bool


def follow_up(
    application: Application, officer: Officer | None, requests: Iterable[InformationRequest], now: datetime
) -> FollowUp:
    """For its applicant only; decisions are not in it: they come by the letter (B2.5). One query."""
    words, is_mine = _next_thing(application, now)
    return FollowUp(
        next_thing=words,
        is_mine_to_do=is_mine,
        steps=passed(application),
        asked=list(_asked(application, requests)),
        contacts=list(contacts(application, officer)),
    )


def passed(application: Application) -> list[Passed]:
    """The steps already made, each with its day: the first for the filing, the last time for the others."""
    if application.submitted_at is None:
        return []
    moves = Entry.objects.filter(
        subject_type="applications.application", subject_id=application.pk, changes__has_key="state"
    )
    reached = {
        changes["state"][1]: localdate(written_at)
        for changes, written_at in moves.order_by("pk").values_list("changes", "written_at")
    }
    days = {"Déposé": localdate(application.submitted_at)}
    for label, states in JOURNEY[1:]:
        if made := [reached[one] for one in states if one in reached]:
            days[label] = max(made)
    if application.state in STOPPED:
        stopped = Passed(application.get_state_display(), reached.get(application.state))
        return [Passed("Déposé", days["Déposé"]), stopped]
    return [Passed(label, days.get(label)) for label, _ in JOURNEY[: _done(application.state)]]


def contacts(application: Application, officer: Officer | None) -> Iterator[Contact]:
    """Who follows the dossier, as soon as somebody does; then the person of the call; then the GIP."""
    call = application.call
    if officer is not None:
        yield Contact(officer.name, officer.phone, officer.email, "suit votre dossier au GIP")
    if call.contact:
        yield Contact(call.contact, role="pour cet appel à projets")
    gip = call.contract.gip
    if gip is not None and (gip.phone or gip.email):
        yield Contact(str(gip), gip.phone, gip.email, "le GIP")


def going_on(held: Standing, now: datetime) -> list[Going]:
    """The dossiers of one's organisations that are not over, what is to be done first: one query."""
    own = (
        Application.objects.filter(applicant__in=held.memberships, state__in=GOING_ON)
        .select_related("call")
        .only("title", "number", "state", "late_until", "call__state", "call__opens_on", "call__closes_on",
              "call__title", "call__year")
        .order_by("-id")
    )  # fmt: skip
    rows = [Going(one, *_next_thing(one, now)) for one in own[:30]]
    alive = [row for row in rows if row.application.state != State.DRAFT or row.is_mine_to_do]
    return sorted(alive, key=lambda row: not row.is_mine_to_do)[:MOST]


# --------------------------------------------------------------------------------------------------


def _done(state: str) -> int:
    return next((rank for rank, (_, states) in enumerate(JOURNEY, start=1) if state in states), 0)


def _next_thing(application: Application, now: datetime) -> tuple[str, bool]:
    call, late = application.call, application.late_until
    late = late if late is not None and now <= late else None
    opened = late is not None or is_open(call.state, call.opens_on, call.closes_on, localdate(now))
    return rules.next_thing(application.state, is_open=opened, closes_on=call.closes_on, late_until=late)


def _asked(application: Application, requests: Iterable[InformationRequest]) -> Iterator[Asked]:
    waiting = [one for one in requests if one.answered_at is None]
    for one in waiting if application.state == State.INCOMPLETE else ():
        yield Asked(one.question, one.due_on, reverse("appraisal:answer_information", args=[application.pk]))
