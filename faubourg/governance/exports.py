"""The record of a meeting in PDF and in the team's own Word template, its date, the follow-up table."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localtime
from icalendar import Calendar, Event

from faubourg.governance.models import Meeting, MeetingRecord, Task
from faubourg.governance.rules import LATER_WORDS, LATER_WORDS_OF_A_DECISION, TEMPLATE
from faubourg.governance.states import MeetingState
from faubourg.toolkit.tables import Sheet, harmless, workbook
from faubourg.toolkit.typeset import typeset
from faubourg.toolkit.word import draw, fill


def record_pdf(record: MeetingRecord, words: Mapping[str, Any]) -> bytes:
    """The same bytes each time: dated from the moment the record was frozen."""
    return typeset("toolkit/typst/report.typ", _report(words), now=record.frozen_at)


def record_docx(record: MeetingRecord, words: Mapping[str, Any]) -> bytes:
    """In the template the team had when the meeting closed; in the first one when it had none."""
    words = {**dict.fromkeys(LATER_WORDS, ()), **words}
    later = dict.fromkeys(LATER_WORDS_OF_A_DECISION, "")
    words["decisions"] = [{**later, **one} for one in words["decisions"]]
    if record.template is None:
        return fill(first_template(), words)
    with record.template.document.file.open("rb") as file:
        return fill(file.read(), words)


def meeting_ics(meeting: Meeting, *, address: str, now: datetime) -> bytes:
    """The meeting for a calendar (RFC 5545): its UID never changes, its SEQUENCE grows when it is moved.

    `address`: the page of the meeting, whole. How long it lasts is not said: nobody has decided it.
    """
    is_cancelled = meeting.state == MeetingState.CANCELLED
    event = Event()
    event.add("uid", f"seance-{meeting.pk}@{urlsplit(address).hostname or 'faubourg'}")
    event.add("dtstamp", meeting.changed_at or now)
    event.add("sequence", meeting.sequence)
    event.add("summary", meeting.title)
    event.add("dtstart", localtime(meeting.starts_at))
    if meeting.place:
        event.add("location", meeting.place)
    event.add("description", f"{meeting.body}\n{address}")
    event.add("url", address)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Faubourg//Instances//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


TASK_HEADER = (
    "Instance", "Séance", "Date", "N°", "Contrat", "Décision", "Personne chargée", "Organisme chargé",
    "Échéance", "État", "Jours de retard", "Ce qui a été fait", "Motif de l'abandon", "Pièce",
)  # fmt: skip


def tasks_xlsx(tasks: Iterable[Task], *, today: date, now: datetime) -> bytes:
    """The follow-up table: days are dates, « en retard » is a number of days."""
    widths = (22, 28, 12, 6, 28, 60, 24, 24, 12, 12, 10, 40, 30, 20)
    rows = [_task_cells(task, today) for task in tasks]
    return workbook([Sheet("Suites", TASK_HEADER, rows, widths)], title="Suivi des décisions", now=now)


def tasks_csv(tasks: Iterable[Task], *, today: date) -> str:
    """UTF-8 with its mark, semicolons, days in French figures."""
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(TASK_HEADER)
    for task in tasks:
        writer.writerow([_csv_cell(value) for value in _task_cells(task, today)])
    return text.getvalue()


def _task_cells(task: Task, today: date) -> Sequence[Any]:
    decision = task.decision
    return [
        str(decision.meeting.body), str(decision.meeting), localtime(decision.meeting.starts_at).date(),
        decision.number, str(decision.contract), decision.text, str(task.in_charge or ""),
        str(task.organisation or ""), task.due_on, task.get_state_display(), task.days_late(today) or None,
        task.evidence, task.reason, str(task.document or ""),
    ]  # fmt: skip


def _csv_cell(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else harmless(str(value))


def first_template() -> bytes:
    """What a team begins its own template from."""
    return draw(TEMPLATE)


def _report(words: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": words["titre"],
        "subtitle": f"Relevé n° {words['numero']}",
        "organisation": words["instance"],
        "mention": words["mention"] or None,
        "sections": [
            {
                "title": "La séance",
                "facts": [
                    ["Date", words["date"]],
                    ["Lieu", words["lieu"] or "à confirmer"],
                    ["Présidence", words["presidence"] or "à confirmer"],
                    ["Close le", words["close_le"]],
                ],
                "paragraphs": words["alertes"],
            },
            {"title": "Présents", "items": _people(words["presents"]) or ["Personne n'est noté présent."]},
            *([{"title": "Absents", "items": _people(words["absents"])}] if words["absents"] else []),
            *([{"title": "Quorum", "items": list(words["quorum"])}] if words.get("quorum") else []),
            {"title": "Points examinés", "page_break": True},
            *(_point(point) for point in words["points"]),
            *([_decisions(words["decisions"])] if words["decisions"] else []),
            *([_still_open(words["suites"])] if words.get("suites") else []),
            *([_sent_to(words["financeurs"])] if words.get("financeurs") else []),
        ],
    }


def _people(rows: list[dict[str, str]]) -> list[str]:
    return [", ".join(filter(None, (row["nom"], row["au_titre_de"]))) for row in rows]


def _point(point: Mapping[str, Any]) -> dict[str, Any]:
    facts = [
        ("Porteur", point["porteur"]),
        ("Issue", point["issue"]),
        ("Demandé", _amounts(point["demandes"])),
        ("Évoqué (ce n'est pas une décision)", _amounts(point["evoques"])),
        ("Conditions", point["conditions"]),
        ("Cofinancements à chercher", point["cofinancements"]),
        ("Déports", ", ".join(point["deports"])),
    ]
    remarks = [
        f"{one['qui']}{' (' + one['au_titre_de'] + ')' if one['au_titre_de'] else ''} : {one['texte']}"
        for one in point["remarques"]
    ]
    return {
        "title": f"{point['rang']}. {point['titre']}",
        "level": 2,
        "paragraphs": [point["synthese"]] if point["synthese"] else [],
        "items": remarks,
        "facts": [list(pair) for pair in facts if pair[1]],
    }


def _amounts(rows: list[dict[str, str]]) -> str:
    return " ; ".join(f"{row['financeur']} {row['montant']}" for row in rows)


def _decisions(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": "Décisions",
        "table": {
            "caption": "Décisions de la séance",
            "header": ["N°", "Contrat", "Décision", "Qui s'en charge", "Échéance"],
            "widths": [None, 1, 3, 1, 1],
            "rows": [
                [
                    str(row["numero"]),
                    row["contrat"],
                    row["texte"],
                    row.get("responsable", ""),
                    row.get("echeance", ""),
                ]
                for row in rows
            ],
        },
    }


def _still_open(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": "Décisions précédentes encore ouvertes",
        "table": {
            "caption": "Ce que les séances précédentes ont laissé à faire",
            "header": ["Séance", "Décision", "Qui s'en charge", "Échéance", "État"],
            "widths": [1, 3, 1, 1, 1],
            "rows": [
                [
                    f"{row['seance']}, n° {row['numero']}",
                    row["texte"],
                    row["responsable"],
                    row["echeance"],
                    row["etat"],
                ]
                for row in rows
            ],
        },
    }


def _sent_to(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "title": "Transmis aux financeurs",
        "items": [f"{row['nom']} : {row['referent']}" for row in rows],
    }
