"""« À faire »: what waits for a person, soonest first. Each family of tasks is one query at most."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate, make_aware

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import State
from faubourg.appraisal.models import InformationRequest
from faubourg.awards.models import AwardNotice, FundingDecision, ReducedPlan
from faubourg.awards.queries.plans import COUNTED, short_of_money
from faubourg.awards.states import FundingOutcome, Outcome
from faubourg.calls.models import Call, CouncilConsultation, Envelope
from faubourg.calls.states import CallState
from faubourg.consultation.models import READERS
from faubourg.consultation.queries import letters_to_answer, mandates_ending, waiting_to_code
from faubourg.consultation.rules import MANDATE_NOTICE_DAYS
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.conversations.queries import unread
from faubourg.directory.models import BankDetails
from faubourg.directory.queries import papers_ending
from faubourg.directory.rules import REMIND_BEFORE
from faubourg.directory.states import BankState, MembershipRole
from faubourg.fph.queries import overdue_requests, waiting_by_fund
from faubourg.governance.models import Meeting
from faubourg.governance.queries import tasks_of_mine
from faubourg.governance.states import MeetingState
from faubourg.messaging.models import Message
from faubourg.messaging.states import MessageState

BANK_KEEPERS = (MembershipRole.ADMINISTRATOR, MembershipRole.SIGNATORY)
WORDS, FUND, MANDATES = "words:", "fund:", "mandates:"
PAPER_KEEPERS = (MembershipRole.ADMINISTRATOR, MembershipRole.EDITOR)
OFFICERS = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
READ = 300
"""Decisions to take are counted up to this many over all calls; past it, each line says « ou plus »."""
StateCounts = dict[int, dict[str, int]]
"""{call: {state of a dossier: how many}}."""


@dataclass(frozen=True)
class Todo:
    """One thing that waits for this person, one click from the act."""

    label: str
    url: str
    due_on: date | None = None
    is_event: bool = False


def todos(held: Standing, today: date, calls: list[Call], counts: StateCounts) -> list[Todo]:
    """Everything that waits for this person, by deadline, what has none last."""
    found = [
        *_for_applicants(held, today),
        *_messages_to_read(held),
        *_accounts_to_confirm(held),
        *_papers_to_renew(held, today),
        *_campaign_work(held, calls, counts),
        *_letters_and_words(held, today),
        *_reduced_plans(held),
        *_residents_fund(held, today),
        *_for_deciders(held),
        *_for_councillors(held, calls),
        *_tasks(held, today),
        *_meetings(held, today),
    ]
    return sorted(found, key=lambda todo: (todo.due_on is None, todo.due_on or date.max, todo.label))


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"


def _for_applicants(held: Standing, today: date) -> Iterator[Todo]:
    if not held.memberships:
        return
    asked = InformationRequest.objects.filter(application=OuterRef("pk"), answered_at__isnull=True)
    waiting = Application.objects.filter(
        Q(state=State.INCOMPLETE) | Q(state=State.DRAFT, call__state=CallState.OPEN),
        applicant__in=held.memberships,
    ).annotate(due_on=Subquery(asked.values("due_on")[:1]))
    for pk, title, state, due_on, closes_on in waiting.values_list(
        "pk", "title", "state", "due_on", "call__closes_on"
    )[:50]:
        if state == State.INCOMPLETE:
            url = reverse("appraisal:answer_information", args=[pk])
            yield Todo(f"« {title} » : répondre à la demande de complément", url, due_on)
        elif closes_on >= today:
            yield Todo(
                f"« {title} » : terminer et déposer",
                reverse("applications:edit", args=[pk, "projet"]),
                closes_on,
            )


def _messages_to_read(held: Standing) -> Iterator[Todo]:
    if held.memberships or held.contracts(*OFFICERS, Role.FUNDER_OFFICER):
        for one in unread(held):
            label = _count(one.number, "message à lire", "messages à lire")
            url = reverse("conversations:conversation", args=[one.application_id])
            yield Todo(f"« {one.title} » : {label}", url)


def _accounts_to_confirm(held: Standing) -> Iterator[Todo]:
    """Each new RIB waits for a second person: of the organisation, or of the GIP that pays (B7.3)."""
    keepers = [pk for pk in held.memberships if held.acts_for(pk, *BANK_KEEPERS)]
    pays = held.contracts(Role.GIP_DIRECTOR, Role.GIP_FINANCE)
    if not keepers and not pays:
        return
    known = Application.objects.filter(call__contract__in=pays).exclude(applicant__in=held.ties)
    mine = Q(organisation__in=keepers) | Q(organisation__in=known.order_by().values("applicant"))
    waiting = BankDetails.objects.filter(mine, state=BankState.TO_CONFIRM).exclude(recorded_by=held.user_id)
    for pk, organisation_id, name in waiting.values_list("pk", "organisation", "organisation__name")[:20]:
        url = reverse("directory:confirm_bank_details", args=[organisation_id, pk])
        yield Todo(f"{name} : confirmer ou refuser le nouveau RIB", url)


def _papers_to_renew(held: Standing, today: date) -> Iterator[Todo]:
    """What a dossier takes from the page of the organisation, and will soon no longer find there (ASS-1)."""
    kept = [pk for pk in held.memberships if held.acts_for(pk, *PAPER_KEEPERS)]
    if not kept:
        return
    ending = papers_ending(today + timedelta(days=max(REMIND_BEFORE))).filter(organisation__in=kept)
    for paper in ending[:20]:
        url = f"{reverse('directory:show', args=[paper.organisation_id])}#pieces"
        yield Todo(f"{paper.organisation} : renouveler « {paper} »", url, paper.valid_until)


def _reduced_plans(held: Standing) -> Iterator[Todo]:
    """Budgets that no longer hold: the applicant confirms one, the GIP asks for one."""
    if held.memberships:
        asked = ReducedPlan.objects.filter(
            application__applicant__in=held.memberships, confirmed_at__isnull=True
        ).exclude(application__state=State.WITHDRAWN)
        for pk, title in asked.values_list("application", "application__title"):
            url = reverse("awards:save_reduced_plan", args=[pk])
            yield Todo(f"« {title} » : vos financeurs ont donné moins, confirmez le budget", url)
    if contracts := held.contracts(*OFFICERS):
        short = short_of_money(contracts, held.ties)
        for (call_id, title), number in short.items():
            label = _count(number, "budget ne tient plus", "budgets ne tiennent plus")
            if short.total() == COUNTED:
                label = _count(number, "budget ou plus ne tient plus", "budgets ou plus ne tiennent plus")
            url = f"{reverse('awards:programme', args=[call_id])}?decision={Outcome.PARTLY_GRANTED}"
            yield Todo(f"{label}, les financeurs ont donné moins · {title}", url)


def _by(field: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    counted: QuerySet[Any] = rows.order_by().values_list(field).annotate(number=Count("id"))
    return counted


_WORK = (
    (State.SUBMITTED, "dossier à vérifier (recevabilité)", "dossiers à vérifier (recevabilité)"),
    (State.ADMISSIBLE, "dossier à instruire", "dossiers à instruire"),
    (State.APPRAISED, "dossier à inscrire en comité", "dossiers à inscrire en comité"),
    (State.DECIDED, "dossier à valider en COPIL", "dossiers à valider en COPIL"),
)


def _campaign_work(held: Standing, calls: list[Call], counts: StateCounts) -> Iterator[Todo]:
    for call in calls:
        if not held.holds(call.contract_id, *OFFICERS):
            continue
        if call.state == CallState.DRAFT:
            yield Todo(f"{call} : préparer l'ouverture", reverse("calls:show", args=[call.pk]), call.opens_on)
        for state, one, many in _WORK:
            if number := counts.get(call.pk, {}).get(state, 0):
                yield Todo(f"{_count(number, one, many)} · {call}", _where(call, state))


def _where(call: Call, state: State) -> str:
    if state == State.DECIDED:
        return reverse("awards:validate", args=[call.pk])
    return f"{reverse('appraisal:index')}?appel={call.pk}&etat={state}"


def _letters_and_words(held: Standing, today: date) -> Iterator[Todo]:
    """Letters to prepare, to read over, that did not leave, that councils wrote; mandates that end (CIT-1);
    what residents said and this person has not read yet (CON-5): one query for all the counts."""
    if not held.contracts(*READERS):
        return
    contracts = held.contracts(*OFFICERS)
    waiting = Message.objects.filter(
        contract_id__in=contracts, state__in=(MessageState.TO_REVIEW, MessageState.FAILED)
    )
    written = AwardNotice.objects.exclude(message__state=MessageState.DISCARDED)
    without_letter = Application.objects.filter(
        ~Exists(written.filter(application=OuterRef("pk"))),
        state=State.VALIDATED,
        call__contract__in=contracts,
    )
    key = Concat(Value(WORDS), "contract__slug", output_field=CharField())
    unread_words = waiting_to_code(held).annotate(key=key)
    key = Concat(Value(FUND), Cast("fund", CharField()), output_field=CharField())
    unproved = overdue_requests(contracts, today).annotate(key=key)
    seats = mandates_ending(contracts, today + timedelta(days=MANDATE_NOTICE_DAYS))
    key = Concat(Value(MANDATES), "council__contract__slug", output_field=CharField())
    counts: dict[str, int] = dict(
        _by("key", unread_words).union(
            _by("key", unproved),
            _by("state", waiting),
            _by("state", without_letter),
            _by("key", seats.annotate(key=key)),
            letters_to_answer(held, today),
            all=True,
        )
    )
    for slug in (told.removeprefix(MANDATES) for told in counts if told.startswith(MANDATES)):
        label = _count(counts[MANDATES + slug], "mandat se termine", "mandats se terminent")
        yield Todo(f"Conseils citoyens : {label}", reverse("consultation:councils", args=[slug]))
    for slug in (told.removeprefix(WORDS) for told in counts if told.startswith(WORDS)):
        label = _count(counts[WORDS + slug], "parole à classer", "paroles à classer")
        yield Todo(label, reverse("consultation:code_contribution", args=[slug]))
    for fund in (told.removeprefix(FUND) for told in counts if told.startswith(FUND)):
        label = _count(counts[FUND + fund], "demande aidée à solder", "demandes aidées à solder")
        url = f"{reverse('fph:requests', args=[int(fund)])}?justificatifs=retard"
        yield Todo(f"{label} au fonds des habitants, le délai des tickets est passé", url)
    if number := counts.get(State.VALIDATED):
        yield Todo(_count(number, "lettre à préparer", "lettres à préparer"), reverse("awards:index"))
    if number := counts.get(MessageState.TO_REVIEW):
        label = _count(number, "courriel à relire et à envoyer", "courriels à relire et à envoyer")
        yield Todo(label, reverse("awards:outbox"))
    if number := counts.get(MessageState.FAILED):
        label = _count(number, "envoi en échec", "envois en échec")
        yield Todo(label, f"{reverse('awards:outbox')}?etat={MessageState.FAILED}")
    for when, words, asked in (
        ("late", "en retard de réponse", "retard=oui"),
        ("received", "à répondre", "etat=received"),
    ):
        if number := counts.get(when):
            label = _count(number, "écrit de conseil citoyen", "écrits de conseils citoyens")
            yield Todo(f"{label} {words}", f"{reverse('consultation:letters')}?{asked}")


def _residents_fund(held: Standing, today: date) -> Iterator[Todo]:
    """The requests no session is to examine yet, and since when: for the officer, who holds the sessions."""
    contracts = held.contracts(Role.GIP_OFFICER)
    if not contracts:
        return
    for fund in waiting_by_fund(contracts)[:5]:
        label = _count(fund.number, "demande attend un comité", "demandes attendent un comité")
        days = (today - localdate(fund.since)).days
        age = f"depuis {_count(days, 'jour', 'jours')}" if days else "depuis aujourd'hui"
        yield Todo(f"{fund} : {label}, {age}", reverse("fph:committee", args=[fund.pk]))


def _for_deciders(held: Standing) -> Iterator[Todo]:
    mine = Q(pk__in=())
    for seat in held.seats:
        if seat.role == Role.FUNDER_DECIDER:
            mine |= Q(funder=seat.organisation_id, call__contract=seat.contract_id)
    if not held.contracts(Role.FUNDER_DECIDER):
        return
    envelopes = (
        Envelope.objects.filter(mine)
        .select_related("call", "funder")
        .order_by("call_id", "funder__name", "pk")
    )
    counts = _waiting_for_a_decision(held, envelopes)
    for (call_id, title, funder), of_funder in groupby(envelopes, _call_and_funder):
        if number := sum(counts[envelope.pk] for envelope in of_funder):
            label = _count(number, "décision à prendre", "décisions à prendre")
            if counts.total() == READ:
                label = _count(number, "décision ou plus à prendre", "décisions ou plus à prendre")
            url = f"{reverse('awards:programme', args=[call_id])}?a-decider=1"
            yield Todo(f"{label} pour {funder} · {title}", url)


def _call_and_funder(envelope: Envelope) -> tuple[int, str, str]:
    return envelope.call_id, envelope.call.title, envelope.funder.name


def _waiting_for_a_decision(held: Standing, envelopes: Iterable[Envelope]) -> Counter[int]:
    """{envelope: requests of reviewed dossiers without a final decision}; reading stops at READ of them."""
    final = FundingDecision.objects.filter(funding_request=OuterRef("pk")).exclude(
        outcome=FundingOutcome.DEFERRED
    )
    waiting = FundingRequest.objects.filter(
        ~Exists(final),
        envelope__in=[envelope.pk for envelope in envelopes],
        application__call__in={envelope.call_id for envelope in envelopes},
        application__state=State.REVIEWED,
    ).exclude(application__applicant__in=held.ties)
    return Counter(waiting.order_by().values_list("envelope", flat=True)[:READ])


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
        label = f"{consultation.call} : dire ce qu'en pense le conseil citoyen"
        yield Todo(label, url, consultation.call.opens_on)


def _tasks(held: Standing, today: date) -> Iterator[Todo]:
    """What a body decided and entrusted to this person, or to her organisation (GOV-2)."""
    if not held.seats and not held.memberships:
        return
    for task in tasks_of_mine(held)[:20]:
        late = "En retard : " if task.days_late(today) else ""
        label = f"{late}« {Truncator(task.decision.text).chars(80)} », décidé en séance"
        yield Todo(label, reverse("governance:follow_up", args=[task.pk]), task.due_on)


def _meetings(held: Standing, today: date) -> Iterator[Todo]:
    if not held.seats:
        return
    start = make_aware(datetime.combine(today, time.min))
    soon = Q(state=MeetingState.OPEN) | Q(state=MeetingState.PLANNED, starts_at__gte=start)
    meetings = Meeting.objects.filter(soon, body__contracts__in=held.contracts())
    for meeting in meetings.order_by("starts_at").distinct()[:5]:
        url = reverse("governance:meeting", args=[meeting.pk])
        yield Todo(f"Séance : {meeting.title}", url, localdate(meeting.starts_at), is_event=True)
