"""The home page: what waits for me, soonest first; then what moves and where the campaign stands.

One reading per table, whatever the role and the number of dossiers: each function below is one query.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Count, DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import make_aware

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import TRANSMITTED, State
from faubourg.appraisal.models import InformationRequest
from faubourg.awards.models import FundingDecision
from faubourg.calls.models import Call, CouncilConsultation, Envelope
from faubourg.calls.states import CallState
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES, Role
from faubourg.governance.models import Meeting
from faubourg.governance.states import MeetingState
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.messaging.states import MessageState

EUROS = DecimalField(max_digits=14, decimal_places=2)
OFFICERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)


@dataclass(frozen=True)
class Todo:
    """One thing that waits for this person, one click from the act."""

    label: str
    url: str
    due_on: date | None = None


@dataclass(frozen=True)
class Campaign:
    """Where a call stands: dossiers by state, and each envelope."""

    call: Call
    filed: int
    admissible: int
    appraised: int
    reviewed: int
    decided: int
    envelopes: list[Envelope]


def todos(held: Standing, today: date, calls: list[Call], counts: "StateCounts") -> list[Todo]:
    """Everything that waits for this person, by deadline, what has none last."""
    found = [
        *_for_applicants(held, today),
        *_for_officers(held, calls, counts),
        *_for_deciders(held),
        *_for_councillors(held, calls),
        *_meetings(held, today),
    ]
    return sorted(found, key=lambda todo: (todo.due_on is None, todo.due_on or date.max, todo.label))


def calls_of(held: Standing, today: date) -> list[Call]:
    """The calls of the years that matter: those of one's contracts, or the open ones for applicants."""
    recent = Call.objects.filter(year__gte=today.year - 1).select_related("contract").order_by("closes_on")
    if held.seats:
        return list(recent.filter(contract__in=held.contracts()))
    return list(recent.filter(state=CallState.OPEN, closes_on__gte=today))


StateCounts = dict[int, dict[str, int]]


def state_counts(calls: list[Call]) -> StateCounts:
    """{call: {state: number of filed dossiers}}."""
    rows = Application.objects.filed().filter(call__in=calls).values_list("call", "state")
    counts: StateCounts = defaultdict(dict)
    for call_id, state, number in rows.annotate(number=Count("id")).order_by():
        counts[call_id][state] = number
    return counts


def campaigns(held: Standing, calls: list[Call], counts: StateCounts) -> list[Campaign]:
    """For people who hold a seat: each call that has left its draft, with its envelopes, in one query."""
    shown = [call for call in calls if call.state != CallState.DRAFT and held.sits_on(call.contract_id)]
    envelopes = defaultdict(list)
    for envelope in _envelopes(shown) if shown else ():
        envelopes[envelope.call_id].append(envelope)
    return [_campaign(call, counts.get(call.pk, {}), envelopes[call.pk]) for call in shown]


def _campaign(call: Call, counts: dict[str, int], envelopes: list[Envelope]) -> Campaign:
    filed = sum(counts.values())
    left_aside = counts.get(State.INADMISSIBLE, 0) + counts.get(State.WITHDRAWN, 0)
    waiting = counts.get(State.SUBMITTED, 0) + counts.get(State.INCOMPLETE, 0)
    admissible = filed - left_aside - waiting
    appraised = admissible - counts.get(State.ADMISSIBLE, 0)
    reviewed = sum(counts.get(state, 0) for state in TRANSMITTED)
    return Campaign(
        call, filed, admissible, appraised, reviewed, reviewed - counts.get(State.REVIEWED, 0), envelopes
    )


def _envelopes(calls: list[Call]) -> QuerySet[Envelope]:
    """Envelopes with `asked` and `decided`, each the sum over filed dossiers."""
    requests = FundingRequest.objects.filter(
        envelope=OuterRef("pk"), application__submitted_at__isnull=False
    ).exclude(application__state__in=(State.WITHDRAWN, State.INADMISSIBLE))
    decisions = FundingDecision.objects.filter(funding_request__envelope=OuterRef("pk"))
    return (
        Envelope.objects.filter(call__in=calls)
        .select_related("funder")
        .annotate(
            asked=_total(requests, "envelope", "requested_amount"),
            decided=_total(decisions, "funding_request__envelope", "awarded_amount"),
        )
    )


def _total(rows: QuerySet[FundingRequest] | QuerySet[FundingDecision], group: str, amount: str) -> Coalesce:
    summed = rows.order_by().values(group).annotate(total=Sum(amount)).values("total")
    return Coalesce(Subquery(summed, output_field=EUROS), Decimal(0), output_field=EUROS)


def _for_applicants(held: Standing, today: date) -> Iterator[Todo]:
    if not held.memberships:
        return
    due_on = InformationRequest.objects.filter(application=OuterRef("pk"), answered_at__isnull=True).values(
        "due_on"
    )
    mine = Application.objects.filter(applicant__in=held.memberships).select_related("call")
    waiting = mine.filter(Q(state=State.INCOMPLETE) | Q(state=State.DRAFT, call__state=CallState.OPEN))
    for application in waiting.annotate(due_on=Subquery(due_on[:1]))[:50]:
        if application.state == State.INCOMPLETE:
            url = reverse("appraisal:answer_information", args=[application.pk])
            yield Todo(
                f"« {application.title} » : répondre à la demande de complément", url, application.due_on
            )
        elif application.call.closes_on >= today:
            url = reverse("applications:edit", args=[application.pk, "projet"])
            yield Todo(f"« {application.title} » : terminer et déposer", url, application.call.closes_on)


_OFFICER_WORK = (
    (
        State.SUBMITTED,
        "dossier à vérifier (recevabilité)",
        "dossiers à vérifier (recevabilité)",
        "appraisal:index",
    ),
    (State.ADMISSIBLE, "dossier à instruire", "dossiers à instruire", "appraisal:index"),
    (State.APPRAISED, "dossier à inscrire en comité", "dossiers à inscrire en comité", "appraisal:index"),
    (State.DECIDED, "dossier à valider en COPIL", "dossiers à valider en COPIL", "awards:validate"),
    (State.VALIDATED, "lettre à préparer", "lettres à préparer", "awards:notices"),
)


def _for_officers(held: Standing, calls: list[Call], counts: StateCounts) -> Iterator[Todo]:
    contracts = held.contracts(*OFFICERS)
    if not contracts:
        return
    for call in calls:
        if call.contract_id not in contracts:
            continue
        if call.state == CallState.DRAFT:
            yield Todo(f"{call} : préparer l'ouverture", reverse("calls:show", args=[call.pk]), call.opens_on)
        for state, one, many, name in _OFFICER_WORK:
            if number := counts.get(call.pk, {}).get(state, 0):
                url = (
                    reverse(name) + f"?appel={call.pk}&etat={state}"
                    if name == "appraisal:index"
                    else reverse(name, args=[call.pk])
                )
                yield Todo(f"{number} {many if number > 1 else one} · {call}", url)
    waiting = Message.objects.filter(
        contract_id__in=contracts, state__in=(MessageState.TO_REVIEW, MessageState.FAILED)
    )
    by_state = dict(waiting.values_list("state").annotate(number=Count("id")).order_by())
    if number := by_state.get(MessageState.TO_REVIEW):
        yield Todo(f"{number} courriel{'s' * (number > 1)} à relire et à envoyer", reverse("awards:outbox"))
    if number := by_state.get(MessageState.FAILED):
        yield Todo(f"{number} envoi{'s' * (number > 1)} en échec", reverse("awards:outbox") + "?etat=failed")


def _for_deciders(held: Standing) -> Iterator[Todo]:
    seats = [seat for seat in held.seats if seat.role == Role.FUNDER_DECIDER]
    if not seats:
        return
    mine = Q()
    for seat in seats:
        mine |= Q(envelope__funder=seat.organisation_id, envelope__call__contract=seat.contract_id)
    final = FundingDecision.objects.filter(funding_request=OuterRef("pk")).exclude(outcome="deferred")
    waiting = FundingRequest.objects.filter(mine, ~Exists(final), application__state=State.REVIEWED)
    waiting = waiting.exclude(application__applicant__in=[*held.memberships, *held.interests])
    rows = waiting.values_list("envelope__call", "envelope__call__title", "envelope__funder__name")
    for call_id, title, funder, number in rows.annotate(number=Count("id")).order_by("envelope__call"):
        plural = "s" if number > 1 else ""
        url = reverse("awards:programme", args=[call_id])
        yield Todo(f"{number} décision{plural} à prendre pour {funder} · {title}", url)


def _for_councillors(held: Standing, calls: list[Call]) -> Iterator[Todo]:
    drafts = [
        call
        for call in calls
        if call.state == CallState.DRAFT and held.holds(call.contract_id, Role.COUNCILLOR)
    ]
    if not drafts:
        return
    councils = {seat.organisation_id for seat in held.seats if seat.role == Role.COUNCILLOR}
    asked = CouncilConsultation.objects.filter(call__in=drafts, council__organisation__in=councils, answer="")
    for consultation in asked.select_related("call"):
        url = reverse("calls:show", args=[consultation.call_id])
        yield Todo(
            f"{consultation.call} : dire ce qu'en pense le conseil citoyen", url, consultation.call.opens_on
        )


def _meetings(held: Standing, today: date) -> Iterator[Todo]:
    if not held.seats:
        return
    start = make_aware(datetime.combine(today, time.min))
    meetings = Meeting.objects.filter(body__contracts__in=held.contracts()).filter(
        Q(state=MeetingState.OPEN) | Q(state=MeetingState.PLANNED, starts_at__gte=start)
    )
    for meeting in meetings.order_by("starts_at").distinct()[:5]:
        url = reverse("governance:meeting", args=[meeting.pk])
        yield Todo(f"Séance : {meeting.title}", url, meeting.starts_at.date())


def latest_moves(held: Standing) -> QuerySet[Entry]:
    """What moved lately: on my contracts for the GIP and funders, on their own dossiers for applicants."""
    own = Application.objects.filter(applicant__in=held.memberships).values("pk")
    mine = (
        Q(subject_type="applications.application", subject_id__in=own) if held.memberships else Q(pk__in=())
    )
    staff = held.contracts(*GIP_ROLES, Role.PREFECT_DELEGATE, Role.FUNDER_OFFICER, Role.FUNDER_DECIDER)
    theirs = Q(contract_id__in=staff) if staff else Q(pk__in=())
    return Entry.objects.filter(mine | theirs).order_by("-id")[:8]
