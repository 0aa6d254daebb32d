"""What pages need to know of contracts, and what a person holds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from faubourg.accounts.models import User
from faubourg.accounts.rules import HeldRole, Office
from faubourg.contracts.models import (
    Annex,
    Clarification,
    Contract,
    Objective,
    Orientation,
    Parameter,
    Resolution,
    Signatory,
    TeamMember,
    Visa,
)
from faubourg.contracts.rules import Seat, Standing
from faubourg.contracts.states import GIP_ROLES, ClarificationState, ObjectiveLevel, Role
from faubourg.directory.states import LOCAL_AUTHORITIES
from faubourg.territories.models import Neighbourhood
from faubourg.territories.states import NeighbourhoodKind


def standing(user: User, today: date) -> Standing:
    """Everything `user` is on that day: one query, once per request (kept on the user object)."""
    kept: tuple[date, Standing] | None = getattr(user, "_standing", None)
    if kept is None or kept[0] != today:
        kept = (today, _read_standing(user, today))
        user._standing = kept  # type: ignore[attr-defined]
    return kept[1]


def _read_standing(user: User, today: date) -> Standing:
    memberships: dict[int, frozenset[str]] = defaultdict(frozenset)
    seats, interests, sees_demonstration = [], set(), False
    for source, first, role, organisation_id, flag in _what_is_held(user, today):
        if source == "membership":
            memberships[first] |= {role}
        elif source == "interest":
            interests.add(first)
        elif source == "demonstration":
            sees_demonstration = True
        else:
            seats.append(Seat(first, role, organisation_id, requires_second_factor=bool(flag)))
    return Standing(
        user_id=user.pk,
        is_technical_admin=user.is_technical_admin,
        memberships=dict(memberships),
        seats=tuple(seats),
        interests=frozenset(interests),
        sees_demonstration=sees_demonstration,
    )


WHAT_IS_HELD = """
    SELECT 'seat', seat.contract_id, seat.role, seat.organisation_id, contract.requires_second_factor
    FROM contracts_teammember seat JOIN contracts_contract contract ON contract.id = seat.contract_id
    WHERE seat.user_id = %(user)s AND (seat.from_on IS NULL OR seat.from_on <= %(today)s)
        AND (seat.to_on IS NULL OR seat.to_on >= %(today)s)
    UNION ALL
    SELECT 'membership', organisation_id, role, NULL, FALSE FROM directory_membership
    WHERE user_id = %(user)s AND (from_on IS NULL OR from_on <= %(today)s)
        AND (to_on IS NULL OR to_on >= %(today)s)
    UNION ALL
    SELECT 'interest', organisation_id, '', NULL, FALSE FROM directory_interest
    WHERE user_id = %(user)s AND (ended_on IS NULL OR ended_on >= %(today)s)
    UNION ALL
    SELECT 'demonstration', id, '', NULL, FALSE FROM contracts_contract WHERE is_demonstration
"""


def _what_is_held(user: User, today: date) -> list[tuple[str, int, str, int | None, bool]]:
    """(source, organisation or contract, role, organisation of a seat, is a second factor asked).

    Every page asks it: written out, because composing it each time costs more than the database does.
    """
    with connection.cursor() as cursor:
        cursor.execute(WHAT_IS_HELD, {"user": user.pk, "today": today})
        return list(cursor.fetchall())


def office(user: User, today: date) -> Office:
    """The same, as the floors below may know it (setting OFFICE_OF). Asks nothing more of the database."""
    held = standing(user, today)
    return Office(
        user_id=held.user_id,
        is_technical_admin=held.is_technical_admin,
        memberships=held.memberships,
        directs=held.contracts(Role.GIP_DIRECTOR),
        leads=held.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER),
        pays=held.contracts(Role.GIP_DIRECTOR, Role.GIP_FINANCE),
        gip=held.contracts(*GIP_ROLES),
        contracts=held.contracts(),
        ties=held.ties,
    )


def held_roles(user: User, today: date) -> list[HeldRole]:
    """The seats of this person, in words (setting HELD_ROLES_OF)."""
    seats = TeamMember.objects.filter(user=user).select_related("contract", "organisation")
    return [
        HeldRole(
            label=seat.get_role_display(),
            place=seat.contract.name,
            on_behalf_of=str(seat.organisation or ""),
            from_on=seat.from_on,
            to_on=seat.to_on,
            is_current=seat.is_current(today),
        )
        for seat in seats.order_by("contract__name", "role")
    ]


def contracts_for(user: User, today: date) -> QuerySet[Contract]:
    """The contracts a person may read: those of their seats; all of them for who applies or administers."""
    held = standing(user, today)
    if held.is_technical_admin or held.memberships:
        return Contract.objects.all()
    return Contract.objects.filter(pk__in=held.contracts())


def contract_for(user: User, slug: str, today: date) -> Contract:
    """The contract, or 404 when this person may not read it."""
    return get_object_or_404(contracts_for(user, today).select_related("epci", "gip"), slug=slug)


def parameter(contract_id: int, code: str, today: date) -> Parameter | None:
    """The value in force that day, or None when the contract gives none."""
    in_force = Q(from_on__lte=today) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
    return Parameter.objects.filter(in_force, contract=contract_id, code=code).order_by("-from_on").first()


def figures(contract_id: int, codes: Collection[str], day: date) -> dict[str, Decimal]:
    """{code: value in force that day}, in one query; a code the contract gives no figure for is left out."""
    in_force = Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))
    rows = Parameter.objects.filter(in_force, contract=contract_id, code__in=codes, value__isnull=False)
    return {row.code: row.value for row in rows.order_by("from_on") if row.value is not None}


# The pages of a contract ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Branch:
    """An objective with what hangs from it; `applications` is None when the caller brings no counts."""

    objective: Objective
    orientations: list[Orientation]
    applications: int | None
    children: list["Branch"] = field(default_factory=list)


def objective_tree(contract_id: int, *, counts: Mapping[int, int] | None = None) -> list[Branch]:
    """The objectives in force, parents first. `counts`: dossiers per objective, from an app further along."""
    objectives = Objective.objects.filter(contract=contract_id, archived_on__isnull=True)
    branches: dict[int, Branch] = {}
    roots: list[Branch] = []
    for objective in objectives.prefetch_related("orientations__partner"):
        branch = Branch(
            objective,
            list(objective.orientations.all()),
            None if counts is None else counts.get(objective.pk, 0),
        )
        branches[objective.pk] = branch
        parent = branches.get(objective.parent_id) if objective.parent_id else None
        (parent.children if parent else roots).append(branch)
    return roots


def archived_objectives(contract_id: int) -> QuerySet[Objective]:
    return Objective.objects.filter(contract=contract_id, archived_on__isnull=False)


def neighbourhoods_of(contract_id: int) -> QuerySet[Neighbourhood]:
    """The territories a contract covers, QPV first, with their communes."""
    covered = Contract.neighbourhoods.through.objects.filter(contract=contract_id).values("neighbourhood")
    qpv_first = Case(When(kind=NeighbourhoodKind.QPV, then=Value(0)), default=Value(1))
    return (
        Neighbourhood.objects.filter(pk__in=covered).order_by(qpv_first, "name").prefetch_related("communes")
    )


def orientations_of(contract_id: int) -> QuerySet[Orientation]:
    """What each partner expects, with the objectives in force it answers to (PAR-1, PRJ-7)."""
    rows = Orientation.objects.filter(contract=contract_id)
    return rows.select_related("partner").prefetch_related("objectives")


def signatories_of(contract_id: int) -> QuerySet[Signatory]:
    rows = Signatory.objects.filter(contract=contract_id)
    return rows.select_related("organisation").prefetch_related("representatives")


@dataclass(frozen=True)
class Papers:
    """What the contract rests on, what is attached and what is missing (SIG-2, SIG-3)."""

    visas: list[Visa]
    resolutions: list[Resolution]
    without_resolution: list[Signatory]
    annexes: list[Annex]


def papers_of(contract: Contract, signatories: QuerySet[Signatory]) -> Papers:
    """A local authority signs by a resolution: those whose resolution the text does not cite are listed."""
    resolutions = list(contract.resolutions.select_related("organisation"))
    cited = {resolution.organisation_id for resolution in resolutions}
    return Papers(
        visas=list(contract.visas.all()),
        resolutions=resolutions,
        without_resolution=[
            one
            for one in signatories
            if one.organisation.kind in LOCAL_AUTHORITIES and one.organisation_id not in cited
        ],
        annexes=list(contract.annexes.all()),
    )


def bodies_of(contract: Contract, today: date) -> QuerySet[Any]:
    """The bodies that serve this contract, their members, and `held`: meetings closed this year (GOV-1).

    Bodies and councils belong to apps above this one; their reverse names are on `Contract` for this reading.
    """
    held = Count("meetings", filter=Q(meetings__closed_at__year=today.year))
    return contract.bodies.annotate(held=held).prefetch_related("members__organisation")


def councils_of(contract: Contract) -> QuerySet[Any]:
    return contract.councils.select_related("organisation", "neighbourhood").order_by(
        F("neighbourhood").asc(nulls_last=True), "organisation__name"
    )


def living_councils(contracts: Collection[int]) -> list[tuple[int, str]]:
    """(organisation, name) of the citizen councils of these contracts, stopped ones aside: one query."""
    names = ("councils__organisation", "councils__organisation__name", "councils__status")
    rows = Contract.objects.filter(pk__in=contracts, councils__isnull=False).order_by(names[1])
    return [(pk, name) for pk, name, status in rows.values_list(*names) if status != "stopped"]


def parameters_of(contract_id: int) -> QuerySet[Parameter]:
    return Parameter.objects.filter(contract=contract_id).select_related("verified_by")


def parameter_for(user: User, slug: str, pk: int, today: date) -> Parameter:
    """One parameter of a contract this person reads, or 404."""
    contract = contract_for(user, slug, today)
    return get_object_or_404(Parameter.objects.select_related("contract"), pk=pk, contract=contract)


def clarifications_of(contract_id: int, state: str = "") -> QuerySet[Clarification]:
    """The register, all of it or one state."""
    rows = Clarification.objects.filter(contract=contract_id).select_related("decided_by")
    return rows.filter(state=state) if state in ClarificationState.values else rows


def clarification_for(user: User, slug: str, number: int, today: date) -> Clarification:
    """One point of a contract this person reads, or 404."""
    contract = contract_for(user, slug, today)
    return get_object_or_404(
        Clarification.objects.select_related("contract", "decided_by"), number=number, contract=contract
    )


@dataclass(frozen=True)
class Overview:
    """The contract in figures, each one a door to its page."""

    priorities: list[Objective]
    strategic_count: int
    orientations_count: int
    signatories_count: int
    annexes_count: int
    absent_annexes_count: int
    parameters_count: int
    unverified_count: int
    open_points_count: int
    settled_points_count: int


def overview(contract: Contract) -> Overview:
    objectives = list(contract.objectives.filter(archived_on__isnull=True))
    absent = Count("pk", filter=Q(is_present=False))
    annexes = contract.annexes.aggregate(all=Count("pk"), absent=absent)
    unverified = Count("pk", filter=Q(proof_level="general", verified_on__isnull=True))
    parameters = contract.parameters.aggregate(all=Count("pk"), unverified=unverified)
    opened = Count("pk", filter=Q(state=ClarificationState.OPEN))
    points = contract.clarifications.aggregate(all=Count("pk"), open=opened)
    return Overview(
        priorities=[one for one in objectives if one.level == ObjectiveLevel.PRIORITY],
        strategic_count=sum(one.level == ObjectiveLevel.STRATEGIC for one in objectives),
        orientations_count=contract.orientations.count(),
        signatories_count=contract.signatories.count(),
        annexes_count=annexes["all"],
        absent_annexes_count=annexes["absent"],
        parameters_count=parameters["all"],
        unverified_count=parameters["unverified"],
        open_points_count=points["open"],
        settled_points_count=points["all"] - points["open"],
    )


def seats_of(contract: Contract, today: date) -> tuple[list[TeamMember], list[TeamMember]]:
    """The seats of a contract by role: those in force or to come, and those that have ended."""
    rank = {role: number for number, role in enumerate(Role.values)}
    rows = TeamMember.objects.filter(contract=contract).select_related("user", "organisation")
    seats = sorted(rows, key=lambda seat: (rank[seat.role], seat.user.full_name, seat.pk))
    ended = [seat for seat in seats if seat.to_on and seat.to_on < today]
    return [seat for seat in seats if seat not in ended], ended


def seat_of(contract: Contract, pk: int) -> TeamMember:
    """One seat of the contract, or 404."""
    return get_object_or_404(
        TeamMember.objects.select_related("contract", "user", "organisation"), contract=contract, pk=pk
    )
