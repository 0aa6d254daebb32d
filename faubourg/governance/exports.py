"""The record of a meeting as a tagged PDF and as a Word document from the team's own template."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import localtime
from icalendar import Calendar, Event

from faubourg.governance.models import Meeting, MeetingRecord
from faubourg.governance.rules import LATER_WORDS, TEMPLATE
from faubourg.governance.states import MeetingState
from faubourg.toolkit.typeset import typeset
from faubourg.toolkit.word import draw, fill


def record_pdf(record: MeetingRecord, words: Mapping[str, Any]) -> bytes:
    """The same bytes each time: dated from the moment the record was frozen."""
    return typeset("toolkit/typst/report.typ", _report(words), now=record.frozen_at)


def record_docx(record: MeetingRecord, words: Mapping[str, Any]) -> bytes:
    """In the template the team had when the meeting closed; in the first one when it had none."""
    words = {**dict.fromkeys(LATER_WORDS, ()), **words}
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
            "header": ["N°", "Contrat", "Décision"],
            "widths": [None, 1, 3],
            "rows": [[str(row["numero"]), row["contrat"], row["texte"]] for row in rows],
        },
    }


def _sent_to(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "title": "Transmis aux financeurs",
        "items": [f"{row['nom']} : {row['referent']}" for row in rows],
    }
