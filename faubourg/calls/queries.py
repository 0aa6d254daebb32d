"""What pages and other apps need to read of calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.calls import rules
from faubourg.calls.models import (
    WRITERS,
    Call,
    CallQuerySet,
    CommitteeGauge,
    CouncilConsultation,
    Criterion,
    Envelope,
    RequiredPaper,
)
from faubourg.calls.rules import CouncilPlace, Missing
from faubourg.calls.states import CallState, Phase, Section
from faubourg.consultation.models import CitizenCouncil
from faubourg.consultation.states import CouncilStatus
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import ObjectiveLevel
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.governance.models import Body
from faubourg.governance.states import BodyKind
from faubourg.territories.models import Neighbourhood

NEVER_FUNDERS = (OrganisationKind.ASSOCIATION, OrganisationKind.CITIZEN_COUNCIL, OrganisationKind.COMPANY)


# Calls --------------------------------------------------------------------------------------------


def calls_for(standing: Standing) -> CallQuerySet:
    """The calls this person may read, latest first, with their contract."""
    return Call.objects.visible_to(standing).select_related("contract")


def call_for(standing: Standing, pk: int) -> Call:
    """One call, or 404 when this person may not read it."""
    calls = calls_for(standing).select_related("guidelines_document", "exception_by")
    return get_object_or_404(calls, pk=pk)


def open_calls(today: date) -> CallQuerySet:
    """The calls in which one may file today, those that close first at the head."""
    return (
        Call.objects.filter(state=CallState.OPEN, opens_on__lte=today, closes_on__gte=today)
        .select_related("contract")
        .order_by("closes_on", "id")
    )


def with_phases(calls: Iterable[Call], today: date) -> list[tuple[Call, Phase, str]]:
    """Each call with where it stands that day, and the days left to file."""
    return [(call, phase_of(call, today), rules.days_left(call.closes_on, today)) for call in calls]


def phase_of(call: Call, today: date) -> Phase:
    return rules.phase(call.state, call.opens_on, call.closes_on, today)


def lock(call: Call) -> None:
    """Re-read the call under a row lock, inside the caller's transaction."""
    call.refresh_from_db(from_queryset=Call.objects.select_for_update())


# One call, whole ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class CalendarDay:
    day: date
    label: str
    is_past: bool


@dataclass(frozen=True)
class CallDetail:
    """Everything the page of a call shows, in a constant number of queries."""

    call: Call
    phase: Phase
    days_left: str
    objectives: list[tuple[Objective | None, list[Objective]]]
    neighbourhoods: list[Neighbourhood]
    envelopes: list[Envelope]
    papers: list[RequiredPaper]
    criteria: list[Criterion]
    gauges: list[CommitteeGauge]
    calendar: list[CalendarDay]
    consultations: list[CouncilConsultation]

    @property
    def confirmed_amount(self) -> Decimal | None:
        """The sum of the amounts known; None when none is."""
        known = [envelope.amount for envelope in self.envelopes if envelope.amount is not None]
        return sum(known, Decimal()) if known else None

    @property
    def unconfirmed_count(self) -> int:
        return sum(envelope.amount is None for envelope in self.envelopes)


def call_detail(call: Call, today: date) -> CallDetail:
    return CallDetail(
        call=call,
        phase=phase_of(call, today),
        days_left=rules.days_left(call.closes_on, today),
        objectives=_by_priority(call.objectives.select_related("parent")),
        neighbourhoods=list(call.neighbourhoods.all()),
        envelopes=list(envelopes_of(call)),
        papers=list(call.papers.all()),
        criteria=list(call.criteria.all()),
        gauges=list(call.gauges.select_related("body")),
        calendar=_calendar(call, today),
        consultations=list(consultations_of(call)),
    )


def envelopes_of(call: Call) -> QuerySet[Envelope]:
    """What each funder puts in this call, in the order of the call."""
    return call.envelopes.select_related("funder")


def envelope_for(call: Call, pk: int) -> Envelope:
    envelope = get_object_or_404(envelopes_of(call), pk=pk)
    envelope.call = call
    return envelope


def _by_priority(objectives: QuerySet[Objective]) -> list[tuple[Objective | None, list[Objective]]]:
    ordered = sorted(
        objectives,
        key=lambda one: (one.parent.position if one.parent else -1, one.parent_id or 0, one.position),
    )
    return [
        (group[0].parent, group)
        for _, rows in groupby(ordered, lambda one: one.parent_id)
        if (group := list(rows))
    ]


def _calendar(call: Call, today: date) -> list[CalendarDay]:
    days = [(call.opens_on, "Ouverture des dépôts"), (call.closes_on, "Dernier jour de dépôt")]
    days += [(milestone.due_on, milestone.label) for milestone in call.milestones.all()]
    return [CalendarDay(day, label, day < today) for day, label in sorted(days, key=lambda one: one[0])]


# Before opening -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class SectionStep:
    """A section in the row of steps of the form."""

    section: Section
    state: str

    @property
    def label(self) -> str:
        return str(self.section.label)


def section_steps(call: Call, current: Section | None, today: date) -> list[SectionStep]:
    """Which sections are done: nothing they must hold is missing, and what they may hold is not empty."""
    opening = opening_of(call, today)
    todo = {missing.section for missing in opening.missing}
    todo |= {Section.CONSULTATION} if opening.silences else set()
    todo |= {
        section
        for section, rows in (
            (Section.PAPERS, call.papers),
            (Section.CRITERIA, call.criteria),
            (Section.COMMITTEES, call.gauges),
            (Section.CONSULTATION, call.consultations),
        )
        if not rows.exists()
    }
    states = {section: "todo" if section in todo else "done" for section in Section}
    return [SectionStep(section, "current" if section == current else states[section]) for section in Section]


@dataclass(frozen=True)
class Opening:
    """What stands between a draft and its opening: things to fill in, councils to hear."""

    missing: list[Missing]
    silences: list[str]

    @property
    def is_ready(self) -> bool:
        return not self.missing and not self.silences


def opening_of(call: Call, today: date) -> Opening:
    """What this call still lacks to open on that day."""
    opened = {one.pk: (one.name, one.is_qpv) for one in call.neighbourhoods.all()}
    missing = rules.missing_before_opening(
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        today=today,
        has_guidelines=call.has_guidelines,
        objectives_count=call.objectives.count(),
        neighbourhoods_count=len(opened),
        envelopes_count=call.envelopes.count(),
        contact=call.contact,
    )
    return Opening(missing, rules.silences(opened, _council_places(call), today) if opened else [])


def _council_places(call: Call) -> list[CouncilPlace]:
    dates = dict(call.consultations.values_list("council", "consulted_on"))
    return [
        CouncilPlace(
            name=str(council),
            neighbourhood_id=council.neighbourhood_id,
            is_active=council.status == CouncilStatus.ACTIVE,
            consulted_on=dates.get(council.pk),
        )
        for council in councils_of(call)
    ]


# Councils -----------------------------------------------------------------------------------------


def committees_of(call: Call) -> QuerySet[Body]:
    """The programming committees of the contract: thematic, territorial (l. 1045)."""
    return Body.objects.filter(contracts=call.contract_id, kind=BodyKind.PROGRAMMING)


def councils_of(call: Call) -> QuerySet[CitizenCouncil]:
    """The councils of the contract, stopped ones aside unless they were consulted."""
    return (
        CitizenCouncil.objects.filter(contract=call.contract_id)
        .exclude(
            Q(status=CouncilStatus.STOPPED)
            & ~Q(pk__in=CouncilConsultation.objects.filter(call=call).values("council"))
        )
        .select_related("organisation", "neighbourhood")
    )


def consultations_of(call: Call) -> QuerySet[CouncilConsultation]:
    return call.consultations.select_related("council__organisation", "council__neighbourhood", "answered_by")


def consultation_for(call: Call, pk: int) -> CouncilConsultation:
    consultation = get_object_or_404(consultations_of(call), pk=pk)
    consultation.call = call
    return consultation


# To write a call ----------------------------------------------------------------------------------


def contracts_to_write(standing: Standing) -> QuerySet[Contract]:
    """The contracts on which this person prepares calls."""
    return Contract.objects.filter(pk__in=standing.contracts(*WRITERS))


def contract_to_write(standing: Standing, slug: str) -> Contract | None:
    """The contract named (404 when it is not one's own), the only one, or None when one must choose."""
    contracts = contracts_to_write(standing)
    if slug:
        return get_object_or_404(contracts, slug=slug)
    first, *others = list(contracts[:2])
    return None if others else first


def last_call(contract_id: int) -> Call | None:
    """The call a new one starts from: the latest year that has opened, else the latest prepared."""
    calls = Call.objects.filter(contract=contract_id)
    return (
        calls.exclude(state=CallState.DRAFT).order_by("-year", "-id").first()
        or calls.order_by("-year", "-id").first()
    )


def objectives_to_open(call: Call) -> list[tuple[Objective | None, list[Objective]]]:
    """What may be opened: every objective in force under the priorities, and those already opened."""
    objectives = Objective.objects.filter(contract=call.contract_id).exclude(level=ObjectiveLevel.PRIORITY)
    in_force = objectives.filter(Q(archived_on__isnull=True) | Q(pk__in=call.objectives.values("pk")))
    return _by_priority(in_force.select_related("parent"))


def neighbourhoods_to_open(call: Call) -> Sequence[Neighbourhood]:
    """The territories of the contract."""
    return list(call.contract.neighbourhoods.all())


def possible_funders() -> Sequence[Organisation]:
    """Whoever may put money in a call: public bodies, landlords, chambers."""
    return list(Organisation.objects.exclude(kind__in=NEVER_FUNDERS).order_by("name"))
