"""Load the consultations a contract tells of, with the lines where it does (l. 308-365)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from faubourg.consultation.models import (
    Consultation,
    ConsultationFigure,
    Gathering,
    GatheringQuestion,
    GatheringTable,
    Topic,
)
from faubourg.consultation.states import ConsultationState
from faubourg.contracts.models import Contract
from faubourg.directory.models import Organisation
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.rows import Line, Outcome, bring

Rows = Sequence[Mapping[str, Any]]
PARTS = ("figures", "gatherings")


@transaction.atomic
def bring_topics(contract: Contract, rows: Rows, lines: list[Line]) -> dict[str, Topic]:
    """The topics of the contract, by label; those the team has since revised or archived are left alone."""
    wanted = [dict(row) | {"contract": contract, "position": rank} for rank, row in enumerate(rows, start=1)]
    brought = bring(wanted, into=Topic.objects.filter(contract=contract, version=1), key=("label",))
    lines += brought.lines
    lines += [Line(Outcome.ABSENT, one) for one in brought.absent if one.archived_on is None and rows]
    return {topic.label: topic for topic in brought.rows}


@transaction.atomic
def bring_consultations(
    contract: Contract,
    rows: Rows,
    *,
    topics: Mapping[str, Topic],
    directory: Mapping[str, Organisation],
    lines: list[Line],
) -> None:
    """A consultation of the past: what the text says of it, and nothing else."""
    codes = {code for row in rows for code in row["neighbourhoods"]}
    codes |= {part["neighbourhood"] for row in rows for part in row["gatherings"] if part["neighbourhood"]}
    places = {place.code: place for place in Neighbourhood.objects.filter(code__in=codes)}
    wanted = [
        {name: value for name, value in row.items() if name not in PARTS}
        | {
            "contract": contract,
            "state": ConsultationState.CLOSED,
            "closed_on": row["ends_on"],
            "neighbourhoods": [places[code] for code in row["neighbourhoods"]],
            "topics": [topics[label] for label in row["topics"]],
            "organisers": [directory[key] for key in row["organisers"]],
        }
        for row in rows
    ]
    brought = bring(
        wanted,
        into=Consultation.objects.filter(contract=contract, title__in=[row["title"] for row in rows]),
        key=("title",),
    )
    lines += brought.lines
    for consultation, row in zip(brought.rows, rows, strict=True):
        _bring_parts(consultation, row, places, lines)


def _bring_parts(
    consultation: Consultation, row: Mapping[str, Any], places: Mapping[str, Neighbourhood], lines: list[Line]
) -> None:
    figures = [dict(part) | {"consultation": consultation} for part in row["figures"]]
    lines += bring(
        figures, into=ConsultationFigure.objects.filter(consultation=consultation), key=("label",)
    ).lines
    gatherings = [
        {name: value for name, value in part.items() if name not in ("questions", "tables")}
        | {"consultation": consultation, "neighbourhood": places.get(part["neighbourhood"])}
        for part in row["gatherings"]
    ]
    known = Gathering.objects.filter(consultation=consultation)
    held = bring(gatherings, into=known, key=("title", "held_on"))
    lines += held.lines
    for gathering, part in zip(held.rows, row["gatherings"], strict=True):
        questions = _ranked(gathering, "text", part["questions"])
        tables = _ranked(gathering, "name", part["tables"])
        lines += bring(
            questions, into=GatheringQuestion.objects.filter(gathering=gathering), key=("position",)
        ).lines
        lines += bring(
            tables, into=GatheringTable.objects.filter(gathering=gathering), key=("position",)
        ).lines


def _ranked(gathering: Gathering, name: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"gathering": gathering, "position": rank, name: text} for rank, text in enumerate(texts, start=1)
    ]
