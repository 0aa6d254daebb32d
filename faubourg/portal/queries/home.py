"""The home page: what moves and where the campaign stands (what waits is in `todos`).

The envelopes have a page of their own, which home asks for once it is shown: their sums read every request of
a call, and home must cost the same whatever the number of dossiers.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Q
from django.utils.timezone import localdate

from faubourg.applications.models import Application
from faubourg.applications.states import TRANSMITTED, State
from faubourg.calls.models import Call
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.journal.models import Entry
from faubourg.portal.queries.todos import StateCounts

SHOWN, READ = 8, 80
"""Lines of what moves, and the entries of the journal they are made of."""
TOLD = (*GIP_ROLES, Role.PREFECT_DELEGATE, Role.FUNDER_OFFICER, Role.FUNDER_DECIDER)
"""The roles that read what moves on a whole contract."""
TOLD_TO_APPLICANTS = (
    "applications.start",
    "applications.submit",
    "applications.extend",
    "applications.withdraw",
    "appraisal.declare_admissible",
    "appraisal.declare_inadmissible",
    "appraisal.ask_information",
    "appraisal.answer_information",
    "appraisal.table",
    "awards.notify",
)
"""What an applicant learns of the way of its dossiers; notes, opinions and amounts are not in it."""


@dataclass(frozen=True)
class Move:
    """One line of what moves: the latest thing a person did, and to how many others it was done that day."""

    entry: Entry
    others: int


@dataclass(frozen=True)
class Campaign:
    """Where a call stands: its dossiers step by step."""

    call: Call
    filed: int
    admissible: int
    appraised: int
    reviewed: int
    decided: int


def calls_of(held: Standing, today: date) -> list[Call]:
    """The calls of the years that matter: those of one's contracts, or the open ones for applicants."""
    recent = Call.objects.filter(year__gte=today.year - 1).select_related("contract").order_by("closes_on")
    if held.seats:
        return list(recent.filter(contract__in=held.contracts()))
    return list(recent.filter(state=CallState.OPEN, closes_on__gte=today))


def state_counts(calls: list[Call]) -> StateCounts:
    """{call: {state: number of filed dossiers}}."""
    rows = Application.objects.filed().filter(call__in=calls).values_list("call", "state")
    counts: StateCounts = defaultdict(dict)
    for call_id, state, number in rows.annotate(number=Count("id")).order_by():
        counts[call_id][state] = number
    return counts


def campaigns(held: Standing, calls: list[Call], counts: StateCounts) -> list[Campaign]:
    """For people who hold a seat: each call that has left its draft."""
    shown = [call for call in calls if call.state != CallState.DRAFT and held.sits_on(call.contract_id)]
    return [_campaign(call, counts.get(call.pk, {})) for call in shown]


def latest_moves(held: Standing) -> list[Move]:
    """What moved lately: on my contracts for the GIP and funders, on their own dossiers for applicants.

    What one person did in a row the same day is one line: thirty decisions do not hide the rest.
    """
    mine = Q(pk__in=())
    if held.memberships:
        own = Application.objects.filter(applicant__in=held.memberships).values("pk")
        mine |= Q(subject_type="applications.application", subject_id__in=own, verb__in=TOLD_TO_APPLICANTS)
    if contracts := held.contracts(*TOLD):
        mine |= Q(contract_id__in=contracts)
    latest = Entry.objects.filter(mine).order_by("-id")[:READ]
    rows = groupby(latest, lambda entry: (entry.actor_name, entry.verb, localdate(entry.written_at)))
    return [Move(*_first_and_others(entries)) for _, entries in rows][:SHOWN]


def _first_and_others(entries: Iterable[Entry]) -> tuple[Entry, int]:
    """The latest of a run, and how many other things it was done to."""
    first, *others = entries
    return first, len({(one.subject_type, one.subject_id) for one in (first, *others)}) - 1


def _campaign(call: Call, counts: dict[str, int]) -> Campaign:
    def number(*states: State) -> int:
        return sum(counts.get(state, 0) for state in states)

    filed = sum(counts.values())
    admissible = filed - number(State.INADMISSIBLE, State.WITHDRAWN, State.SUBMITTED, State.INCOMPLETE)
    reviewed = number(*TRANSMITTED)
    return Campaign(
        call=call,
        filed=filed,
        admissible=admissible,
        appraised=admissible - number(State.ADMISSIBLE),
        reviewed=reviewed,
        decided=reviewed - number(State.REVIEWED),
    )
