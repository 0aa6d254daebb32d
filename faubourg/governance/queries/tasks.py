"""What decisions gave to do: who sees it, whose it is, what is still open (GOV-2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.contracts.models import Contract, TeamMember
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES
from faubourg.directory.models import Organisation
from faubourg.governance.models import Body, Decision, Meeting, Task
from faubourg.governance.queries.meetings import bodies_for, meetings_for
from faubourg.governance.states import OPEN_TASKS, TaskState
from faubourg.toolkit.fields import read_key

OPEN, LATE = "ouvertes", "en-retard"
"""Values of the filter « état » that are not one state."""


@dataclass(frozen=True)
class TaskFilters:
    """What the address asks for; what it cannot ask for counts for nothing."""

    body: int | None = None
    contract: int | None = None
    state: str = OPEN
    words: str = ""
    is_mine: bool = False

    @classmethod
    def asked(cls, sent: Mapping[str, str]) -> "TaskFilters":
        state = sent.get("etat", OPEN)
        return cls(
            body=read_key(sent.get("instance")),
            contract=read_key(sent.get("contrat")),
            state=state if state in ("", OPEN, LATE, *TaskState.values) else OPEN,
            words=sent.get("q", "").strip()[:100],
            is_mine=sent.get("moi") == "1",
        )


def tasks_for(standing: Standing) -> QuerySet[Task]:
    """Those of the meetings one may read, and those one is in charge of; the first due first."""
    seen = Q(decision__meeting__in=meetings_for(standing).order_by().values("pk"))
    found = Task.objects.filter(seen | _entrusted_to(standing))
    return found.select_related(
        "decision__meeting__body", "decision__contract", "in_charge", "organisation", "document"
    ).order_by(F("due_on").asc(nulls_last=True), "pk")


def task_for(standing: Standing, pk: int) -> Task:
    """One of them, or 404."""
    found = tasks_for(standing).select_related("changed_by")
    return get_object_or_404(found.prefetch_related("decision__meeting__body__contracts"), pk=pk)


def tasks_of_mine(standing: Standing) -> QuerySet[Task]:
    """What waits for this person, for the page « À faire »."""
    mine = Task.objects.filter(_entrusted_to(standing), state__in=OPEN_TASKS)
    return mine.select_related("decision").order_by(F("due_on").asc(nulls_last=True), "pk")


def followed(standing: Standing, filters: TaskFilters, today: date) -> QuerySet[Task]:
    """The page and its exports."""
    found = tasks_for(standing)
    if filters.body:
        found = found.filter(decision__meeting__body=filters.body)
    if filters.contract:
        found = found.filter(decision__contract=filters.contract)
    if filters.state == OPEN:
        found = found.filter(state__in=OPEN_TASKS)
    elif filters.state == LATE:
        found = found.filter(state__in=OPEN_TASKS, due_on__lt=today)
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.is_mine:
        found = found.filter(_entrusted_to(standing))
    if filters.words:
        named = Q(in_charge__full_name__icontains=filters.words)
        named |= Q(organisation__name__icontains=filters.words)
        found = found.filter(named | Q(decision__text__icontains=filters.words))
    return found


def page_of_tasks(standing: Standing, filters: TaskFilters, today: date, number: str | None) -> "Page[Task]":
    return Paginator(followed(standing, filters, today), 50).get_page(number)


def task_choices(standing: Standing) -> tuple[list[Body], list[Contract]]:
    """(bodies, contracts) one may filter by: two queries."""
    contracts = Contract.objects.filter(pk__in=standing.contracts())
    return list(bodies_for(standing).prefetch_related(None)), list(contracts)


def decision_for(standing: Standing, pk: int) -> Decision:
    """A decision of a meeting one may read, with its task when it has one, or 404."""
    found = Decision.objects.filter(meeting__in=meetings_for(standing).values("pk"))
    found = found.select_related("meeting__body", "contract", "task")
    return get_object_or_404(found.prefetch_related("meeting__body__contracts"), pk=pk)


def organisations_to_charge(meeting: Meeting, seats: list[TeamMember]) -> list[Organisation]:
    """The GIP, those that sit, those the body names."""
    named = meeting.body.members.filter(organisation__isnull=False).values("organisation")
    sitting = {seat.organisation_id for seat in seats if seat.organisation_id}
    leading = meeting.body.contracts.filter(gip__isnull=False).values("gip")
    wanted = Q(pk__in=sitting) | Q(pk__in=named) | Q(pk__in=leading)
    return list(Organisation.objects.filter(wanted).order_by("name", "pk"))


def lock_task(task: Task) -> None:
    """Re-read under a row lock, inside the caller's transaction; what it hangs on is kept."""
    decision = task.decision
    task.refresh_from_db(from_queryset=Task.objects.select_for_update())
    task.decision = decision


def _entrusted_to(standing: Standing) -> Q:
    """The same as permissions.is_in_charge, for the database."""
    alone = Q(in_charge__isnull=True)
    theirs = Q(organisation__in=list(standing.memberships))
    for seat in standing.seats:
        if seat.organisation_id is not None:
            theirs |= Q(organisation=seat.organisation_id, decision__contract=seat.contract_id)
    of_gip = standing.contracts(*GIP_ROLES)
    if of_gip:
        theirs |= Q(organisation=F("decision__contract__gip"), decision__contract__in=of_gip)
    return Q(in_charge=standing.user_id) | (alone & theirs)
