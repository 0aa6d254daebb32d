"""Scenarios: made, typed in, shared, adopted. Nobody's real decision is touched by any of it (PRG-9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.appraisal.actions import retain_proposals
from faubourg.appraisal.rules import proposal_problem
from faubourg.awards.models import Scenario, ScenarioAmount, WaitingRequest
from faubourg.awards.permissions import can_adopt_scenario, can_edit_scenario, can_try_scenarios
from faubourg.awards.queries.programme import Filters, programme
from faubourg.awards.queries.programme.rows import on_the_table
from faubourg.awards.queries.scenarios import lock_scenario, start_from
from faubourg.awards.rules import Tried, read_tried
from faubourg.calls.models import Call
from faubourg.contracts.queries import standing
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@dataclass(frozen=True)
class Typed:
    """What somebody wrote in a cell, and the version of the cell they had read."""

    text: str
    version: int


@dataclass(frozen=True)
class CellResult:
    """What became of one cell: its text and version now and, when it was refused, why."""

    request_id: int
    text: str
    version: int
    label: str = ""
    problem: str = ""


@transaction.atomic
def create_scenario(call: Call, *, actor: User, name: str, source: str, now: datetime) -> Scenario:
    """A working copy of the requests, the proposals, the decisions or another scenario."""
    held = standing(actor, localdate(now))
    demand(can_try_scenarios(held, call.contract_id))
    refuse_if({"name": _name_problems(call, actor, name)})
    origin, tried, ranks = start_from(held, call, source)
    scenario = Scenario.objects.create(
        call=call,
        name=name.strip(),
        owner=actor,
        is_of_team=held.holds(call.contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER),
        source=origin[:120],
        created_at=now,
    )
    ScenarioAmount.objects.bulk_create(
        ScenarioAmount(
            scenario=scenario, funding_request_id=pk, amount=one.amount, waiting_rank=ranks.get(pk),
            changed_by=actor,
        )
        for pk, one in tried.items()
    )  # fmt: skip
    write(actor, "awards.create_scenario", scenario, changes={"fait d'après": origin})
    return scenario


@transaction.atomic
def edit_scenario(scenario: Scenario, *, actor: User, name: str, is_shared: bool, now: datetime) -> None:
    """Name it, show it to the GIP and the funders or keep it to oneself."""
    lock_scenario(scenario)
    demand(can_edit_scenario(standing(actor, localdate(now)), scenario))
    refuse_if({"name": _name_problems(scenario.call, scenario.owner, name, scenario)})
    before = snapshot(scenario, ("name", "is_shared"))
    scenario.name, scenario.is_shared = name.strip(), is_shared
    scenario.save(update_fields=["name", "is_shared"])
    if changes := differences(before, snapshot(scenario, ("name", "is_shared"))):
        contract_id = scenario.call.contract_id if is_shared or before["is_shared"] else None
        write(actor, "awards.edit_scenario", scenario, contract_id=contract_id, changes=changes)


@transaction.atomic
def delete_scenario(scenario: Scenario, *, actor: User, now: datetime) -> None:
    """Throw a working copy away; one that was adopted is kept for ever."""
    lock_scenario(scenario)
    demand(can_edit_scenario(standing(actor, localdate(now)), scenario))
    contract_id = scenario.call.contract_id if scenario.is_shared else None
    write(actor, "awards.delete_scenario", scenario, contract_id=contract_id)
    scenario.delete()


@transaction.atomic
def set_amounts(
    scenario: Scenario, typed: Mapping[int, Typed], *, actor: User, now: datetime
) -> list[CellResult]:
    """Write some cells. Each is kept or refused on its own: nobody's words are lost, nothing is overwritten.

    An envelope or the cost of an action may be exceeded while one tries: it is said, and forbids to adopt.
    """
    lock_scenario(scenario)
    held = standing(actor, localdate(now))
    demand(can_edit_scenario(held, scenario))
    requests = FundingRequest.objects.filter(
        pk__in=typed, application__in=on_the_table(scenario.call).values("pk")
    ).select_related("application", "envelope__funder")
    kept = {
        one.funding_request_id: one
        for one in ScenarioAmount.objects.filter(scenario=scenario, funding_request__in=typed).select_related(
            "changed_by"
        )
    }
    changes: dict[str, list[str]] = {}
    results = []
    for request in requests:
        cell = kept.get(request.pk) or ScenarioAmount(
            scenario=scenario, funding_request=request, version=0, changed_by=actor
        )
        results.append(_set_amount(cell, request, typed[request.pk], held, actor, changes))
    if changes:
        write(actor, "awards.set_amounts", scenario, changes=changes)
    return results


@transaction.atomic
def adopt_scenario(scenario: Scenario, *, actor: User, now: datetime) -> tuple[int, list[Application]]:
    """The scenario becomes what the GIP proposes, for all funders to see, once; its waiting list, theirs.

    (dossiers whose proposals changed, dossiers left as they are). Refused while an envelope or a cost is
    exceeded (PRG-9).
    """
    lock_scenario(scenario)
    held = standing(actor, localdate(now))
    demand(can_adopt_scenario(held, scenario.call.contract_id))
    if scenario.adopted_at is not None:
        return 0, []  # a second click
    call = scenario.call
    table = programme(call, held, Filters(), scenario=scenario)
    if table.problems:
        raise Refusal({"": [why for _, why in table.problems]})
    requests = FundingRequest.objects.filter(application__in=on_the_table(call).values("pk"))
    tried = {one.funding_request_id: one for one in ScenarioAmount.objects.filter(scenario=scenario)}
    proposals: dict[tuple[int, int], Decimal | None] = {}
    waiting = []
    for pk, application, envelope in requests.order_by("pk").values_list("pk", "application", "envelope"):
        cell = tried.get(pk)
        proposals[application, envelope] = cell.amount if cell and cell.waiting_rank is None else None
        if cell and cell.waiting_rank is not None and cell.amount:
            waiting.append((envelope, cell.waiting_rank, pk, cell.amount))
    changed, left = retain_proposals(call, proposals, verb="awards.adopt_scenario", actor=actor, now=now)
    _replace_waiting_lists(call, waiting)
    scenario.is_shared, scenario.adopted_at, scenario.adopted_by = True, now, actor
    scenario.save(update_fields=["is_shared", "adopted_at", "adopted_by"])
    write(
        actor, "awards.adopt_scenario", scenario, contract_id=call.contract_id,
        changes={"dossiers changés": changed, "dossiers laissés": [str(one) for one in left]},
    )  # fmt: skip
    return changed, left


# --------------------------------------------------------------------------------------------------


def _name_problems(call: Call, owner: User, name: str, scenario: Scenario | None = None) -> list[str]:
    if not name.strip():
        return ["Donnez un nom au scénario : il vous servira à le retrouver et à le comparer."]
    same = Scenario.objects.filter(call=call, owner=owner, name=name.strip())
    if same.exclude(pk=scenario.pk if scenario else 0).exists():
        return [f"Vous avez déjà un scénario « {name.strip()} » pour cet appel : choisissez un autre nom."]
    return []


def _set_amount(
    cell: ScenarioAmount,
    request: FundingRequest,
    typed: Typed,
    held: Standing,
    actor: User,
    changes: dict[str, list[str]],
) -> CellResult:
    before = Tried(cell.amount, cell.waiting_rank is not None)
    label = f"{request.application.number} · {request.envelope}"

    def refused(why: str) -> CellResult:
        return CellResult(request.pk, before.text, cell.version, label, why)

    if held.is_tied_to(request.application.applicant_id):
        return refused("Vous êtes lié à la structure qui porte ce dossier : un collègue y écrit (déport).")
    try:
        tried = read_tried(typed.text)
    except ValueError as problem:
        return refused(str(problem))
    if tried == before:
        return CellResult(request.pk, before.text, cell.version, label)
    if typed.version != cell.version:
        kept = f"« {before.text} »" if before.text else "une case vide"
        return refused(
            f"{cell.changed_by} a écrit entre-temps {kept}. Validez de nouveau pour garder le vôtre."
        )
    why = proposal_problem(proposed=tried.amount, requested=request.requested_amount) if tried.amount else ""
    if tried.amount is not None and tried.amount < 0:
        why = "Un montant ne peut pas être négatif."
    if why:
        return refused(why)
    cell.waiting_rank = (cell.waiting_rank or _last_rank(cell, request) + 1) if tried.waits else None
    cell.amount, cell.changed_by = tried.amount, actor
    cell.version += 1
    cell.save()
    changes[label] = [before.text, tried.text]
    return CellResult(request.pk, tried.text, cell.version, label)


def _last_rank(cell: ScenarioAmount, request: FundingRequest) -> int:
    same = ScenarioAmount.objects.filter(
        scenario=cell.scenario_id, funding_request__envelope=request.envelope_id
    )
    return same.aggregate(last=Max("waiting_rank"))["last"] or 0


def _replace_waiting_lists(call: Call, waiting: list[tuple[int, int, int, Decimal]]) -> None:
    """In the order of the scenario, envelope by envelope, numbered from one."""
    WaitingRequest.objects.filter(funding_request__application__call=call).delete()
    ranks: dict[int, int] = {}
    rows = []
    for envelope, _, pk, amount in sorted(waiting):
        ranks[envelope] = ranks.get(envelope, 0) + 1
        rows.append(WaitingRequest(funding_request_id=pk, amount=amount, rank=ranks[envelope]))
    WaitingRequest.objects.bulk_create(rows)
