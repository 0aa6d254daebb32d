"""What the GIP may unlock in a filed dossier, question by question (pairs-subventions 4.12).

A key names a whole step ("budget") or one of its questions ("projet-title", "pieces-12"). When nothing is
named, the whole dossier is open.
"""

import re
from collections.abc import Collection, Mapping

from faubourg.applications.states import Part

OTHER_PAPERS = "autre"
ASKABLE: Mapping[Part, Mapping[str, str]] = {
    Part.STRUCTURE: {},
    Part.PROJECT: {
        "title": "Intitulé de l'action",
        "recurrence": "Première demande ou renouvellement",
        "objectives": "Objectifs du contrat",
        "need": "À quel besoin répond l'action",
        "description": "Ce qui sera fait",
        "expected_results": "Ce qui aura changé",
        "indicators": "Indicateurs",
        "partners": "Partenaires",
    },
    Part.AUDIENCE: {
        "audience": "À qui s'adresse l'action",
        "participants_count": "Nombre de participants",
        "residents": "Habitants des quartiers",
        "place": "Lieu de l'action",
        "mainstream_sought": "Droit commun demandé",
        "relay_plan": "Relais par le droit commun",
    },
    Part.SCHEDULE: {
        "starts_on": "Premier jour de l'action",
        "ends_on": "Dernier jour de l'action",
        "is_multi_year": "Convention pluriannuelle",
        "schedule": "Déroulement dans l'année",
        "staff": "Qui fait quoi",
    },
    Part.BUDGET: {},
    Part.PAPERS: {},
    Part.SIGNATURE: {},
}
"""The questions one may ask again, by step; a step without any is asked as a whole, papers one by one."""

_GROUPED = re.compile(r"(indicator|residents|paper)-(\d+)")


def key_of(part: str, name: str = "") -> str:
    return f"{part}-{name}" if name else str(part)


def is_unlocked(unlocked: Collection[str], part: str, name: str = "") -> bool:
    """May this question be corrected? Without a name: is anything open in this step?"""
    if not unlocked or part in unlocked:
        return True
    if name:
        return key_of(part, name) in unlocked
    return any(key.startswith(f"{part}-") for key in unlocked)


def open_parts(unlocked: Collection[str]) -> list[Part]:
    """The steps where something may be corrected, in the order of the form."""
    return [part for part in Part if is_unlocked(unlocked, part)]


def question_of(field: str) -> str:
    """The question a field of the form answers: its rows count as one."""
    if field == "territories":
        return "residents"
    found = _GROUPED.match(field)
    if not found:
        return field
    kind, number = found.groups()
    return {"indicator": "indicators", "residents": "residents"}.get(kind, number)


def is_mendable(unlocked: Collection[str], part: str, field: str) -> bool:
    """Can the applicant mend what is wrong there? The sheet of the structure is always its own."""
    return part == Part.STRUCTURE or is_unlocked(unlocked, part, question_of(field))
