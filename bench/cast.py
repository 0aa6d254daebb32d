"""Who and what the bench stands on: one contract, its funders, councils, calls, meetings and people."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from stdnum import luhn

from bench.answers import ask_residents
from faubourg.accounts.models import User
from faubourg.calls.models import Call, Criterion, Envelope, Milestone, RequiredPaper
from faubourg.calls.states import CallState
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.models import Contract, Objective, TeamMember
from faubourg.contracts.states import ObjectiveLevel, Role, Theme
from faubourg.directory.models import Membership, Organisation
from faubourg.directory.states import MembershipRole, OrganisationKind
from faubourg.governance.models import Body, Meeting
from faubourg.governance.states import BodyKind, MeetingState
from faubourg.questionnaires.models import Questionnaire
from faubourg.territories.models import Department, Epci, Neighbourhood, Region

OBJECTIVES, ENVELOPES, COUNCILS, EXPERTS = 18, 6, 8, 12
FUNDERS = (
    ("État", OrganisationKind.STATE, "p147"),
    ("Conseil départemental", OrganisationKind.DEPARTMENT, "targeted"),
    ("Conseil régional", OrganisationKind.REGION, "targeted"),
    ("Communauté de communes", OrganisationKind.EPCI, "targeted"),
    ("Caisse d'allocations familiales", OrganisationKind.SOCIAL_BODY, "mainstream"),
    ("Ville", OrganisationKind.COMMUNE, "targeted"),
)
PLACES = (
    ("qpv", "QN03014M", "Centre ancien"),
    ("qpv", "QN03015M", "L'Écusson"),
    ("qpv", "QN03016M", "Les Prés"),
    ("pocket", "PV30-1", "Faubourg nord"),
    ("pocket", "PV30-2", "Faubourg sud"),
)


@dataclass
class Cast:
    """Everything the dossiers hang on. The campaign grows; the two tables have a call of their own."""

    now: datetime
    contract: Contract
    neighbourhoods: list[Neighbourhood]
    objectives: list[Objective]
    funders: list[Organisation]
    councils: list[CitizenCouncil]
    officer: User
    decider: User
    signatory: User
    applicant: Organisation
    campaign: Call
    programme: Call
    committee: Call
    past_meeting: Meeting
    meeting: Meeting
    questionnaire: Questionnaire
    associations: list[Organisation] = field(default_factory=list)
    envelopes: dict[int, list[Envelope]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.date()


def assemble(now: datetime) -> Cast:
    """One contract and one person per role that the bench looks through."""
    region = Region.objects.create(code="76", name="Occitanie")
    department = Department.objects.create(code="30", name="Gard", region=region)
    epci = Epci.objects.create(
        siren="200000001", name="Communauté de communes du banc", department=department
    )
    neighbourhoods = [Neighbourhood.objects.create(kind=k, code=code, name=name) for k, code, name in PLACES]
    gip = organisation(1, "GIP du banc", OrganisationKind.GIP)
    contract = Contract.objects.create(
        slug="banc", name="Contrat de ville du banc", period="2024-2030", epci=epci, gip=gip,
        starts_on=date(2024, 1, 1),
    )  # fmt: skip
    contract.neighbourhoods.set(neighbourhoods)
    applicant = organisation(2, "Les Mains vertes", OrganisationKind.ASSOCIATION)
    funders = [organisation(10 + n, name, kind) for n, (name, kind, _) in enumerate(FUNDERS)]
    body = Body.objects.create(code="ctp", kind=BodyKind.PROGRAMMING, name="CTP")
    body.contracts.set([contract])
    cast = Cast(
        now=now,
        contract=contract,
        neighbourhoods=neighbourhoods,
        objectives=_objectives(contract),
        funders=funders,
        councils=[_council(contract, neighbourhoods, n) for n in range(COUNCILS)],
        officer=person("Omar Chargé"),
        decider=person("Diane Décideuse"),
        signatory=person("Awa Diallo"),
        applicant=applicant,
        campaign=_call(contract, now, "Campagne", CallState.OPEN),
        programme=_call(contract, now, "Programmation", CallState.CLOSED),
        committee=_call(contract, now, "Comité", CallState.CLOSED),
        past_meeting=_meeting(body, "CTP passé", now - timedelta(days=20), MeetingState.CLOSED),
        meeting=_meeting(body, "CTP en cours", now, MeetingState.OPEN),
        questionnaire=ask_residents(contract),
    )
    _seat_everyone(cast)
    for call in (cast.campaign, cast.programme, cast.committee):
        _compose(cast, call)
    return cast


def person(name: str) -> User:
    return User.objects.create(email=f"{name.lower().replace(' ', '.')}@exemple.fr", full_name=name)


def organisation(number: int, name: str, kind: str) -> Organisation:
    made = unsaved_organisation(number, name, kind)
    made.save()
    return made


def unsaved_organisation(number: int, name: str, kind: str) -> Organisation:
    """A structure with every field a form asks for, its SIRET right to the key."""
    siren = f"{90000000 + number:08d}"
    siren += luhn.calc_check_digit(siren)
    siret = f"{siren}0001"
    return Organisation(
        name=name, kind=kind, siret=siret + luhn.calc_check_digit(siret), address=f"{number} rue Haute",
        postcode="30500", town="Saint-Ambroix", insee_code="30227", email=f"contact{number}@exemple.fr",
        phone="04 66 00 00 00", purpose="Lien social, jardins partagés et accès aux droits.",
        legal_representative="Awa Diallo", legal_representative_title="Présidente", employees_count=3,
        volunteers_count=25 + number % 1000, members_count=120, is_fictitious=True,
    )  # fmt: skip


def _objectives(contract: Contract) -> list[Objective]:
    rows = [
        Objective(
            contract=contract, level=ObjectiveLevel.STRATEGIC, code=f"{1 + n // 4}.{1 + n % 4}", position=n,
            label=f"Objectif stratégique n° {n + 1} du contrat du banc", themes=[Theme.values[n % 4]],
        )
        for n in range(OBJECTIVES)
    ]  # fmt: skip
    return Objective.objects.bulk_create(rows)


def _council(contract: Contract, neighbourhoods: list[Neighbourhood], number: int) -> CitizenCouncil:
    return CitizenCouncil.objects.create(
        contract=contract,
        organisation=organisation(
            30 + number, f"Conseil citoyen {number + 1}", OrganisationKind.CITIZEN_COUNCIL
        ),
        neighbourhood=neighbourhoods[number % len(neighbourhoods)],
        place=f"Lieu {number + 1}",
        status="active",
    )


def _call(contract: Contract, now: datetime, title: str, state: str) -> Call:
    today = now.date()
    return Call.objects.create(
        contract=contract, year=today.year + 1, title=title, state=state, contact="GIP, 04 66 00 00 00",
        guidelines="Les actions ont lieu dans les quartiers ou pour leurs habitants. " * 30,
        opens_on=today - timedelta(days=60), opened_at=now - timedelta(days=60),
        closes_on=today + timedelta(days=30 if state == CallState.OPEN else -30),
    )  # fmt: skip


def _compose(cast: Cast, call: Call) -> None:
    """Objectives, territories, an envelope per funder, five papers, five criteria, four milestones."""
    call.objectives.set(cast.objectives)
    call.neighbourhoods.set(cast.neighbourhoods)
    cast.envelopes[call.pk] = Envelope.objects.bulk_create(
        Envelope(call=call, funder=funder, line=line, amount=Decimal(9_000_000 - n), position=n)
        for n, (funder, (_, _, line)) in enumerate(zip(cast.funders, FUNDERS, strict=True))
    )
    RequiredPaper.objects.bulk_create(
        RequiredPaper(call=call, label=f"Pièce {n}", is_required=False, position=n) for n in range(5)
    )
    Criterion.objects.bulk_create(
        Criterion(call=call, label=f"Critère {n}", weight=n, position=n) for n in range(1, 6)
    )
    Milestone.objects.bulk_create(
        Milestone(call=call, label=f"Étape {n}", due_on=call.closes_on + timedelta(days=n)) for n in range(4)
    )


def _meeting(body: Body, title: str, starts_at: datetime, state: str) -> Meeting:
    closed_at = starts_at if state == MeetingState.CLOSED else None
    return Meeting.objects.create(
        body=body, title=title, starts_at=starts_at, state=state, place="Mairie", closed_at=closed_at
    )


def _seat_everyone(cast: Cast) -> None:
    seats = [
        TeamMember(contract=cast.contract, user=cast.officer, role=Role.GIP_OFFICER),
        TeamMember(
            contract=cast.contract, user=cast.decider, role=Role.FUNDER_DECIDER, organisation=cast.funders[0]
        ),
    ]
    experts = [person(f"Experte {n}") for n in range(EXPERTS)]
    seats += [TeamMember(contract=cast.contract, user=user, role=Role.EXPERT) for user in experts]
    TeamMember.objects.bulk_create(seats)
    Membership.objects.bulk_create(
        Membership(organisation=cast.applicant, user=cast.signatory, role=role)
        for role in (MembershipRole.EDITOR, MembershipRole.SIGNATORY)
    )
