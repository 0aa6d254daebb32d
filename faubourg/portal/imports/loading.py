"""Bring the database to what a contract file says, in one transaction; or only tell what would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions import bring_consultations, bring_councils, bring_topics
from faubourg.contracts.actions import loading
from faubourg.contracts.models import Contract
from faubourg.governance.actions.loading import bring_bodies
from faubourg.journal.actions import write
from faubourg.portal.imports.contract_file import ContractFile
from faubourg.territories.actions import bring_places
from faubourg.toolkit.rows import Line, Outcome

VERB = "contracts.load"


@dataclass(frozen=True)
class Loaded:
    """What a load did, or would do."""

    contract: Contract
    lines: list[Line]
    is_first: bool

    @property
    def changes(self) -> list[Line]:
        return [line for line in self.lines if line.writes]

    @property
    def absent(self) -> list[Line]:
        return [line for line in self.lines if not line.writes]


def preview_contract(contract_file: ContractFile, *, now: datetime) -> Loaded:
    """What loading this file would change; nothing is kept."""
    with transaction.atomic():
        loaded = load_contract(contract_file, actor=None, now=now)
        transaction.set_rollback(True)
    return loaded


@transaction.atomic
def load_contract(contract_file: ContractFile, *, actor: User | None, now: datetime) -> Loaded:
    """Load the whole file, or nothing. Loading it twice changes nothing the second time."""
    lines: list[Line] = []
    geography = contract_file.geography
    lines += bring_places(
        regions=_rows(geography.regions),
        departments=_rows(geography.departments),
        epcis=[
            part.model_dump()
            | {"communes": [one.model_dump() | {"department": one.department} for one in part.communes]}
            for part in geography.epcis
        ],
        neighbourhoods=_rows(geography.neighbourhoods),
    )
    directory = loading.bring_organisations(_rows(contract_file.organisations), lines)
    is_first = not Contract.objects.filter(slug=contract_file.contract.slug).exists()
    contract = loading.bring_contract(
        contract_file.contract.model_dump(), directory, [one.code for one in geography.neighbourhoods], lines
    )
    tree = loading.bring_objectives(
        contract, loading.objective_rows(_rows(contract_file.priorities)), today=localdate(now), lines=lines
    )
    loading.bring_orientations(contract, _orientations(contract_file), directory, tree, lines)
    loading.bring_signatories(contract, _rows(contract_file.signatories), directory, lines)
    loading.bring_papers(
        contract,
        visas=_rows(contract_file.visas),
        resolutions=_rows(contract_file.resolutions),
        annexes=_rows(contract_file.annexes),
        directory=directory,
        lines=lines,
    )
    bring_councils(contract, _rows(contract_file.councils), lines)
    topics = bring_topics(contract, _rows(contract_file.topics), lines)
    bring_consultations(
        contract, _rows(contract_file.consultations), topics=topics, directory=directory, lines=lines
    )
    bring_bodies(contract, _rows(contract_file.bodies), directory, lines)
    loading.bring_parameters(contract, _rows(contract_file.parameters), lines)
    loading.bring_clarifications(contract, _rows(contract_file.clarifications), lines)
    loaded = Loaded(contract, lines, is_first)
    _journal(loaded, actor)
    return loaded


def _rows(parts: Sequence[Any]) -> list[dict[str, Any]]:
    return [part.model_dump() for part in parts]


def _orientations(contract_file: ContractFile) -> list[dict[str, Any]]:
    return [
        one.model_dump()
        | {"partner": part.partner, "axis": axis.title, "objectives_are_proposed": part.are_proposed}
        for part in contract_file.partners
        for axis in part.axes
        for one in axis.orientations
    ]


def _journal(loaded: Loaded, actor: User | None) -> None:
    """A first load is one entry; then each row that changes has its own."""
    if not loaded.changes:
        return
    counts = {
        outcome.value: count
        for outcome in Outcome
        if (count := sum(line.outcome == outcome for line in loaded.changes))
    }
    contract = loaded.contract
    write(actor, VERB, contract, contract_id=contract.pk, changes=counts)
    for line in [] if loaded.is_first else loaded.changes:
        gone = line.outcome == Outcome.REMOVED
        changes = line.changes if line.changes else {line.outcome.value: line.name}
        write(actor, VERB, contract if gone else line.thing, contract_id=contract.pk, changes=changes)
