"""Dossiers by the thousand, each with what a real one carries: budget, territories, opinions, decisions…

Written with bulk_create through the models. The actions are not asked: this measures reading.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from bench.cast import Cast, unsaved_organisation
from faubourg.applications.models import (
    Application,
    ApplicationTerritory,
    BudgetLine,
    FundingRequest,
    ProjectIndicator,
    ProjectWords,
)
from faubourg.applications.rules import search_text
from faubourg.applications.states import TRANSMITTED, Side, State
from faubourg.appraisal.models import (
    Appraisal,
    FundingProposal,
    Opinion,
    Remark,
    Score,
    TabledApplication,
)
from faubourg.appraisal.states import Stance
from faubourg.awards.models import FundingDecision, Scenario, ScenarioAmount
from faubourg.awards.states import ActKind, FundingOutcome
from faubourg.calls.models import Call
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.governance.models import AgendaItem, Meeting
from faubourg.journal.models import Entry
from faubourg.toolkit.word_index import distinct_words

CHUNK = 1000
CAMPAIGN_STATES = (
    State.SUBMITTED, State.INCOMPLETE, State.INADMISSIBLE, State.ADMISSIBLE, State.APPRAISED, State.REVIEWED,
    State.DECIDED, State.VALIDATED, State.NOTIFIED, State.WITHDRAWN,
)  # fmt: skip
PROGRAMME_STATES = (State.REVIEWED, State.DECIDED, State.DECIDED, State.VALIDATED, State.VALIDATED)
COMMITTEE_STATES = (State.TABLED,)
WORDS = (
    "Jardin",
    "Théâtre",
    "Boxe",
    "Écriture",
    "Vélo",
    "Numérique",
    "Cuisine",
    "Parentalité",
    "Emploi",
    "Chœur",
)
PROSE = (
    "Les habitants du quartier demandent un lieu où se retrouver, apprendre, faire ensemble ; l'action leur "
    "propose des ateliers réguliers, ouverts à tous les âges, avec les associations et les écoles voisines. "
)


def grow_campaign(cast: Cast, total: int) -> None:
    """The open campaign up to `total` dossiers, in every state, two funders asked on each."""
    _grow(cast, cast.campaign, total, CAMPAIGN_STATES, funders=2)


def grow_tables(cast: Cast, total: int) -> None:
    """The programming table (decided) and the committee table (tabled): `total` dossiers, six funders."""
    _grow(cast, cast.programme, total, PROGRAMME_STATES, funders=6, meeting=cast.past_meeting)
    _try_a_scenario(cast)
    _grow(cast, cast.committee, total, COMMITTEE_STATES, funders=6, meeting=cast.meeting)


def _try_a_scenario(cast: Cast) -> None:
    """One scenario over the programming table, an amount in each of its cells."""
    scenario, _ = Scenario.objects.get_or_create(
        call=cast.programme, owner=cast.officer, name="Banc",
        defaults={"source": "les demandes", "created_at": cast.now, "is_of_team": True},
    )  # fmt: skip
    missing = FundingRequest.objects.filter(application__call=cast.programme).exclude(
        pk__in=ScenarioAmount.objects.filter(scenario=scenario).values("funding_request")
    )
    ScenarioAmount.objects.bulk_create(
        ScenarioAmount(
            scenario=scenario, funding_request=one, amount=one.requested_amount, changed_by=cast.officer
        )
        for one in missing
    )


def complete_drafts(cast: Cast, number: int) -> list[Application]:
    """Drafts of the applicant in which every answer stands."""
    today = cast.today
    drafts = Application.objects.bulk_create(
        Application(
            **_answers(today),
            call=cast.campaign,
            applicant=cast.applicant,
            title=f"Brouillon complet {n}",
            created_by=cast.signatory,
            created_at=cast.now - timedelta(days=10),
            is_fictitious=True,
        )
        for n in range(number)
    )
    _answer(cast, drafts, funders=2)
    return drafts


def _grow(
    cast: Cast,
    call: Call,
    total: int,
    states: tuple[State, ...],
    *,
    funders: int,
    meeting: Meeting | None = None,
) -> None:
    have = Application.objects.filter(call=call, submitted_at__isnull=False).count()
    _grow_associations(cast, total)
    for first in range(have, total, CHUNK):
        with transaction.atomic():
            rows = [_filed(cast, call, n, states) for n in range(first, min(first + CHUNK, total))]
            filed = Application.objects.bulk_create(rows)
            _answer(cast, filed, funders)
            _appraise(cast, filed)
            tabled = _table(cast, meeting, filed) if meeting else []
            _advise(cast, filed, tabled)
            _decide(cast, filed)
            _remember(cast, filed)


def _grow_associations(cast: Cast, dossiers: int) -> None:
    have, wanted = len(cast.associations), max(60, dossiers // 10)
    cast.associations += Organisation.objects.bulk_create(
        unsaved_organisation(
            100 + n, f"{WORDS[n % len(WORDS)]} pour tous {n}", str(OrganisationKind.ASSOCIATION)
        )
        for n in range(have, wanted)
    )


def _answers(today: date) -> dict[str, object]:
    """What every dossier says, at a length people write."""
    return {
        "recurrence": "first",
        "need": PROSE * 3,
        "description": PROSE * 4,
        "expected_results": PROSE * 2,
        "partners": "Mission locale, école, centre social.",
        "audience": PROSE,
        "participants_count": 60,
        "place": "Maison du quartier",
        "mainstream_sought": "CAF : demande refusée ; commune : salle prêtée.",
        "relay_plan": PROSE,
        "starts_on": date(today.year + 1, 3, 1),
        "ends_on": date(today.year + 1, 12, 15),
        "schedule": PROSE * 2,
        "staff": "Deux salariées à mi-temps, dix bénévoles.",
        "republican_pledge": True,
        "republican_pledge_signed_on": today,
        "is_up_to_date": True,
        "is_accurate": True,
    }


def _filed(cast: Cast, call: Call, number: int, states: tuple[State, ...]) -> Application:
    applicant = cast.associations[number % len(cast.associations)]
    title = f"{WORDS[number % len(WORDS)]} et {WORDS[number // 10 % len(WORDS)].lower()} au quartier"
    name = f"{call.year}-{number + 1:03d}"
    return Application(
        **_answers(cast.today),
        call=call,
        applicant=applicant,
        state=states[number % len(states)],
        number=name,
        title=title,
        search_text=search_text(name, title),
        created_by=cast.signatory,
        created_at=cast.now - timedelta(days=40),
        submitted_by=cast.signatory,
        submitted_at=cast.now - timedelta(days=30) + timedelta(minutes=number),
        is_multi_year=number % 5 == 0,
        is_fictitious=True,
    )


def _answer(cast: Cast, dossiers: list[Application], funders: int) -> None:
    """Two objectives, two territories, two indicators, a balanced budget, and what each funder is asked."""
    envelopes = cast.envelopes[dossiers[0].call_id]
    aims = Application.objectives.through
    aims.objects.bulk_create(
        aims(application=dossier, objective=cast.objectives[(n + m * 5) % len(cast.objectives)])
        for n, dossier in enumerate(dossiers)
        for m in range(2)
    )
    ApplicationTerritory.objects.bulk_create(
        ApplicationTerritory(
            application=dossier,
            neighbourhood=cast.neighbourhoods[(n + m) % len(cast.neighbourhoods)],
            residents_count=30 - m,
        )
        for n, dossier in enumerate(dossiers)
        for m in range(2)
    )
    ProjectIndicator.objects.bulk_create(
        ProjectIndicator(application=dossier, label=label, target="60", position=n)
        for dossier in dossiers
        for n, label in enumerate(("Participants", "Ateliers tenus"))
    )
    words = distinct_words([PROSE])
    ProjectWords.objects.bulk_create(
        ProjectWords(application=dossier, words=f"{words} rare{n % 100}")
        for n, dossier in enumerate(dossiers)
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(application=dossier, side=side, account=account, label=label, amount=amount)
        for dossier in dossiers
        for side, account, label, amount in _budget(funders)
    )
    FundingRequest.objects.bulk_create(
        FundingRequest(application=dossier, envelope=envelopes[(n + m) % 6], requested_amount=2000)
        for n, dossier in enumerate(dossiers)
        for m in range(funders)
    )


def _budget(funders: int) -> Iterator[tuple[str, str, str, Decimal]]:
    yield Side.EXPENSE, "60", "Achats", Decimal(1_000)
    yield Side.EXPENSE, "62", "Locations", Decimal(500)
    yield Side.EXPENSE, "64", "Salaires", Decimal(2_000 * funders)
    yield Side.INCOME, "70", "Ventes et participations", Decimal(1_500)


def _appraise(cast: Cast, dossiers: list[Application]) -> None:
    """A file for each dossier that was found admissible, its five marks, a proposal per funder."""
    criteria = list(dossiers[0].call.criteria.all())
    appraised = [
        dossier for dossier in dossiers if dossier.state in (State.APPRAISED, State.TABLED, *TRANSMITTED)
    ]
    files = Appraisal.objects.bulk_create(
        Appraisal(
            application=dossier,
            case_officer=cast.officer,
            admissibility_note="Complet.",
            assessment=PROSE * 2,
            recommendation=Stance.FAVOURABLE,
            saved_at=cast.now,
        )
        for dossier in appraised
    )
    Score.objects.bulk_create(
        Score(appraisal=file, criterion=criterion, points=3) for file in files for criterion in criteria
    )
    requests = FundingRequest.objects.filter(application__in=[dossier.pk for dossier in appraised])
    FundingProposal.objects.bulk_create(
        FundingProposal(application_id=application, envelope_id=envelope, proposed_amount=1500)
        for application, envelope in requests.order_by().values_list("application", "envelope")
    )


def _table(cast: Cast, meeting: Meeting, dossiers: list[Application]) -> list[TabledApplication]:
    """Each dossier an item of the agenda, with two remarks."""
    last = meeting.agenda.count()
    items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=last + n, title=str(dossier)[:250])
        for n, dossier in enumerate(dossiers, start=1)
    )
    tabled = TabledApplication.objects.bulk_create(
        TabledApplication(item=item, application=dossier)
        for item, dossier in zip(items, dossiers, strict=True)
    )
    Remark.objects.bulk_create(
        Remark(tabled=one, author=cast.officer, speaker="Ville", text=PROSE, written_at=cast.now)
        for one in tabled
        for _ in range(2)
    )
    return tabled


def _advise(cast: Cast, dossiers: list[Application], tabled: list[TabledApplication]) -> None:
    """The opinion of a council on each; that of the committee on those it has seen, on half of the others."""
    opinions = [
        Opinion(
            application=dossier,
            council=cast.councils[n % len(cast.councils)],
            stance=Stance.values[n % len(Stance.values)],
            summary=PROSE,
            given_by=cast.officer,
            given_at=cast.now,
        )
        for n, dossier in enumerate(dossiers)
    ]
    opinions += [
        Opinion(
            application=one.application,
            tabled=one,
            stance=Stance.FAVOURABLE,
            summary=PROSE,
            given_by=cast.officer,
            given_at=cast.now,
        )
        for n, one in enumerate(tabled)
        if one.application.state in TRANSMITTED or n % 2
    ]
    Opinion.objects.bulk_create(opinions)


def _decide(cast: Cast, dossiers: list[Application]) -> None:
    """Every funder's decision on the decided dossiers, one in ten refused."""
    decided = [
        dossier.pk
        for dossier in dossiers
        if dossier.state in (State.DECIDED, State.VALIDATED, State.NOTIFIED)
    ]
    requests = FundingRequest.objects.filter(application__in=decided).order_by("id")
    FundingDecision.objects.bulk_create(
        FundingDecision(
            funding_request=request,
            outcome=FundingOutcome.REJECTED if n % 10 == 0 else FundingOutcome.GRANTED,
            awarded_amount=0 if n % 10 == 0 else 1500,
            act_kind=ActKind.AWARD_ORDER,
            act_number=f"{n}",
            decided_on=cast.today,
            reason="Hors des priorités." if n % 10 == 0 else "",
            recorded_by=cast.decider,
            recorded_at=cast.now,
        )
        for n, request in enumerate(requests)
    )


def _remember(cast: Cast, dossiers: list[Application]) -> None:
    """Four lines of journal for each."""
    Entry.objects.bulk_create(
        Entry(
            actor=cast.officer,
            actor_name=cast.officer.full_name,
            verb=verb,
            subject_type="applications.application",
            subject_id=dossier.pk,
            subject=str(dossier)[:250],
            contract_id=cast.contract.pk,
            changes={"état": ["Brouillon", "Déposé"]},
        )
        for dossier in dossiers
        for verb in ("applications.start", "applications.save", "applications.submit", "appraisal.appraise")
    )
