"""What each page of the thread shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.applications.models import Application
from faubourg.consultation.models import Contribution, Gathering
from faubourg.consultation.queries import without_objective
from faubourg.consultation.states import ConsultationState, ContributionState
from faubourg.contracts.models import Contract, Objective
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import ObjectiveLevel
from faubourg.territories.models import Neighbourhood
from faubourg.thread.models import Feedback, Snapshot
from faubourg.thread.queries.readers import Reader, everyone, seated
from faubourg.thread.queries.strands import Act, Strand, strands_of

SHOWN = 50
"""Lines of each list of what is broken: one mends them from the top."""


def words_followed(standing: Standing, pk: int) -> tuple[Contribution, list[Strand]]:
    """From one contribution forward, or 404."""
    reader = seated(standing)
    shown = get_object_or_404(reader.words.select_related("contract", "gathering"), pk=pk)
    return shown, strands_of(reader, shown.contract_id, words=[pk])


def action_followed(standing: Standing, pk: int) -> tuple[Application, list[Strand]]:
    """From one dossier, and its euros, back to the words, or 404."""
    reader = seated(standing)
    shown = get_object_or_404(reader.applications, pk=pk)
    return shown, strands_of(reader, shown.call.contract_id, applications=[pk])


@dataclass(frozen=True)
class Broken:
    """Where the thread is cut: five lists, each with what mends it."""

    unanswered: Sequence[Contribution]
    without_objective: Sequence[Contribution]
    bare_priorities: Sequence[Objective]
    without_action: Sequence[Strand]
    without_words: Sequence[Strand]
    untold: Sequence[Act]

    @property
    def count(self) -> int:
        return sum(len(part) for part in vars(self).values())


def broken_in(standing: Standing, contract_id: int) -> Broken:
    """The first of each kind; some twelve queries, however long the thread."""
    reader = seated(standing)
    words = reader.words.filter(contract=contract_id).order_by("said_on", "pk")
    strands = strands_of(reader, contract_id)
    untold = {
        act.application.pk: act
        for strand in strands
        for act in strand.funded
        if not act.told and not strand.told_of_it
    }
    return Broken(
        unanswered=list(words.filter(state=ContributionState.TO_READ)[:SHOWN]),
        without_objective=list(without_objective(words)[:SHOWN]),
        bare_priorities=list(_bare_priorities(contract_id)),
        without_action=[strand for strand in strands if not strand.funded][:SHOWN],
        without_words=[strand for strand in strands if strand.acts and not strand.said][:SHOWN],
        untold=list(untold.values())[:SHOWN],
    )


def _bare_priorities(contract_id: int) -> QuerySet[Objective]:
    below = Objective.objects.filter(parent=OuterRef("pk"), archived_on=None)
    return Objective.objects.filter(
        ~Exists(below), contract=contract_id, level=ObjectiveLevel.PRIORITY, archived_on=None
    )


def feedback_of(contract_id: int) -> QuerySet[Feedback]:
    rows = Feedback.objects.filter(contract=contract_id)
    return rows.select_related("objective", "application", "neighbourhood")


def feedback_for(standing: Standing, pk: int) -> Feedback:
    """One of a contract on which this person sits, or 404."""
    rows = Feedback.objects.filter(contract__in=standing.contracts()).select_related("contract")
    return get_object_or_404(rows, pk=pk)


def snapshots_of(standing: Standing, contract_id: int) -> QuerySet[Snapshot]:
    return Snapshot.objects.visible_to(standing).filter(contract=contract_id).select_related("taken_by")


def snapshot_for(standing: Standing, pk: int) -> Snapshot:
    return get_object_or_404(Snapshot.objects.visible_to(standing).select_related("contract"), pk=pk)


def frozen_rows(contract_id: int, standing: Standing) -> list[dict[str, Any]]:
    """What a photograph keeps of each objective: counts and euros, no name and no sentence."""
    return [
        {
            "code": strand.objective.code,
            "label": strand.objective.label,
            "words": strand.counts.words,
            "filed": strand.counts.filed,
            "funded": strand.counts.funded,
            "awarded": str(strand.awarded_amount),
            "told": strand.counts.told,
        }
        for strand in strands_of(seated(standing), contract_id)
    ]


# The public page ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class PublicPage:
    """Vous avez dit, nous avons décidé, ça a donné."""

    place: Neighbourhood
    strands: Sequence[Strand]
    unlinked: Sequence[Contribution]
    """Kept and answered, no objective yet."""
    set_aside: Sequence[Contribution]
    """Not kept, with the reason."""
    upcoming: Sequence[Gathering]
    """Where one may come and speak, soonest first."""

    @property
    def is_empty(self) -> bool:
        return not (self.strands or self.unlinked or self.set_aside)


def open_places(today: date) -> QuerySet[Neighbourhood]:
    """The neighbourhoods where something published was said, or where one may come and speak, by name."""
    said = everyone().words.filter(neighbourhood=OuterRef("pk")).order_by()
    held = _upcoming(today).filter(neighbourhood=OuterRef("pk")).order_by()
    return Neighbourhood.objects.filter(Exists(said) | Exists(held)).order_by("name")


def _upcoming(today: date) -> QuerySet[Gathering]:
    rows = Gathering.objects.filter(consultation__state=ConsultationState.PUBLISHED, held_on__gte=today)
    return rows.select_related("consultation").order_by("held_on", "pk")


def public_place(code: str) -> Neighbourhood:
    """A neighbourhood that a contract covers, or 404."""
    covered = Contract.neighbourhoods.through.objects.values("neighbourhood")
    return get_object_or_404(Neighbourhood.objects.filter(pk__in=covered), code=code)


def public_page(place: Neighbourhood, today: date) -> PublicPage:
    """Only what is published; some ten queries per contract of the neighbourhood, of which there is one."""
    reader = everyone()
    words = reader.words.filter(neighbourhood=place).select_related("gathering").order_by("said_on", "pk")
    unlinked = without_objective(words).order_by().values("pk")
    others = list(words.filter(Q(state=ContributionState.SET_ASIDE) | Q(pk__in=unlinked)))
    contracts = Contract.neighbourhoods.through.objects.filter(neighbourhood=place).values_list("contract")
    strands = [
        strand
        for (contract_id,) in contracts
        for strand in strands_of(reader, contract_id, neighbourhood_id=place.pk)
        if strand.said
    ]
    return PublicPage(
        place=place,
        strands=strands,
        unlinked=[one for one in others if one.state == ContributionState.KEPT],
        set_aside=[one for one in others if one.state == ContributionState.SET_ASIDE],
        upcoming=list(_upcoming(today).filter(neighbourhood=place)),
    )


def public_words(pk: int) -> tuple[Contribution, list[Strand]]:
    """One published sentence, forward, or 404."""
    reader: Reader = everyone()
    rows = reader.words.select_related("contract", "gathering", "neighbourhood")
    shown = get_object_or_404(rows, pk=pk)
    place = shown.neighbourhood_id
    return shown, strands_of(reader, shown.contract_id, words=[pk], neighbourhood_id=place)


def public_action(pk: int) -> tuple[Application, list[Strand]]:
    """One funded action back to the words, or 404; an action without a euro is nobody's news."""
    reader = everyone()
    shown = get_object_or_404(reader.applications, pk=pk)
    strands = strands_of(reader, shown.call.contract_id, applications=[pk])
    return shown, [strand for strand in strands if strand.funded]
