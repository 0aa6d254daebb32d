"""What a record says, who was sent it, in which template."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.shortcuts import get_object_or_404

from faubourg.contracts.models import Contract
from faubourg.contracts.rules import Standing
from faubourg.governance.models import (
    Attendance,
    Body,
    Decision,
    Meeting,
    MeetingRecord,
    RecordTemplate,
    Task,
)
from faubourg.governance.queries.councils import uninvited
from faubourg.governance.queries.meetings import (
    agenda_of,
    attendance_of,
    decisions_of,
    has_councillor,
    meetings_for,
    noted_on_items,
    still_open,
)
from faubourg.governance.queries.quorum import colleges_of
from faubourg.governance.rules import CONSULTATIVE, NO_COUNCIL, not_invited
from faubourg.governance.states import Presence
from faubourg.toolkit.days import format_day, format_moment

CAME = (Presence.HERE, Presence.GONE)


def record_words(
    meeting: Meeting,
    points: Sequence[Mapping[str, Any]] | None,
    funders: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """The whole record in plain words, as templates name them (rules.SAMPLE)."""
    rows, noted = attendance_of(meeting), noted_on_items(meeting)
    plain = [
        {"rang": rank, **point_words(item.title), "synthese": noted.get(item.pk, "")}
        for rank, item in enumerate(agenda_of(meeting), start=1)
    ]
    return {
        "titre": meeting.title,
        "instance": str(meeting.body),
        "date": format_moment(meeting.starts_at),
        "lieu": meeting.place,
        "presidence": meeting.body.chairs,
        "close_le": format_moment(meeting.closed_at),
        "mention": CONSULTATIVE if points is not None else "",
        "alertes": [*([] if has_councillor(rows) else [NO_COUNCIL]), *not_invited(uninvited(meeting))],
        "presents": [_person(row) for row in rows if row.presence in CAME],
        "absents": [_person(row) for row in rows if row.presence not in CAME],
        "quorum": [one.sentence for one in colleges_of(meeting, rows)],
        "financeurs": [dict(one) for one in funders],
        "points": [dict(point) for point in points] if points is not None else plain,
        "decisions": [_decision(one) for one in decisions_of(meeting)],
        "suites": [_task(one) for one in still_open(meeting)],
    }


def point_words(title: str) -> dict[str, Any]:
    """A point on which nothing has been said yet."""
    texts = dict.fromkeys(("porteur", "issue", "synthese", "conditions", "cofinancements"), "")
    lists: dict[str, Any] = {name: [] for name in ("demandes", "evoques", "remarques", "deports")}
    return {"titre": title, "minutes": 0, **texts, **lists}


def record_for(standing: Standing, meeting_pk: int) -> MeetingRecord:
    """The record of a meeting this person may read, or 404 while it is not closed."""
    return get_object_or_404(
        MeetingRecord.objects.select_related("meeting__body", "template__document"),
        meeting__in=meetings_for(standing).values("pk"),
        meeting=meeting_pk,
    )


def template_of(body: Body) -> RecordTemplate | None:
    """The last template given for a contract the body serves."""
    return RecordTemplate.objects.filter(contract__in=body.contracts.all()).first()


def templates_of(contract: Contract) -> list[RecordTemplate]:
    return list(
        RecordTemplate.objects.filter(contract=contract).select_related("document", "uploaded_by")[:5]
    )


def contract_for_template(standing: Standing, pk: int) -> Contract:
    """A contract one sits on, or 404."""
    return get_object_or_404(Contract, pk=pk, pk__in=standing.contracts())


def _decision(decision: Decision) -> dict[str, Any]:
    task = getattr(decision, "task", None)
    return {
        "numero": decision.number,
        "contrat": str(decision.contract),
        "texte": " ".join(filter(None, (decision.text, decision.said_how))),
        "responsable": task.who if task else "",
        "echeance": format_day(task.due_on) if task else "",
    }


def _task(task: Task) -> dict[str, Any]:
    """What an earlier meeting decided and is not done yet, as it stood that day."""
    return {
        "seance": str(task.decision.meeting),
        "numero": task.decision.number,
        "texte": task.decision.text,
        "responsable": task.who,
        "echeance": format_day(task.due_on),
        "etat": task.get_state_display(),
    }


def _person(row: Attendance) -> dict[str, str]:
    return {"nom": row.full_name, "au_titre_de": ", ".join(filter(None, (row.on_behalf_of, row.said)))}
