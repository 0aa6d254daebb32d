"""Last year's dossier as a base: what is taken over, what is read again first, what is never copied.

pairs-subventions 4.6: keep, keep and confirm, or blank, question by question. What commits the signatory
(declarations on honour, dates, a multi-year request) and what is new each year is asked again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from faubourg.applications.states import Part


class Copying(Enum):
    KEEP = "keep"
    CONFIRM = "confirm"
    BLANK = "blank"


@dataclass(frozen=True)
class Question:
    """One answer of the form: where it is written, how it passes from one year to the next."""

    name: str
    label: str
    part: Part
    copying: Copying
    anchor: str = ""


QUESTIONS: tuple[Question, ...] = (
    Question("title", "intitulé", Part.PROJECT, Copying.KEEP),
    Question("recurrence", "première demande ou renouvellement", Part.PROJECT, Copying.KEEP),
    Question("objectives", "objectifs", Part.PROJECT, Copying.KEEP),
    Question("need", "besoin", Part.PROJECT, Copying.KEEP),
    Question("description", "ce que vous ferez", Part.PROJECT, Copying.KEEP),
    Question("expected_results", "ce qui aura changé", Part.PROJECT, Copying.KEEP),
    Question("indicators", "indicateurs", Part.PROJECT, Copying.CONFIRM, "indicator-0-label"),
    Question("partners", "partenaires", Part.PROJECT, Copying.KEEP),
    Question("audience", "public", Part.AUDIENCE, Copying.KEEP),
    Question("participants_count", "participants", Part.AUDIENCE, Copying.CONFIRM),
    Question("residents", "habitants visés", Part.AUDIENCE, Copying.CONFIRM, "territories"),
    Question("place", "lieu", Part.AUDIENCE, Copying.KEEP),
    Question("mainstream_sought", "droit commun demandé", Part.AUDIENCE, Copying.BLANK),
    Question("relay_plan", "relais par le droit commun", Part.AUDIENCE, Copying.KEEP),
    Question("starts_on", "premier jour", Part.SCHEDULE, Copying.BLANK),
    Question("ends_on", "dernier jour", Part.SCHEDULE, Copying.BLANK),
    Question("is_multi_year", "convention pluriannuelle", Part.SCHEDULE, Copying.BLANK),
    Question("schedule", "déroulement", Part.SCHEDULE, Copying.CONFIRM),
    Question("staff", "qui fait quoi", Part.SCHEDULE, Copying.CONFIRM),
    Question("lines", "lignes du budget", Part.BUDGET, Copying.CONFIRM, "balance"),
    Question("asked", "montants demandés", Part.BUDGET, Copying.CONFIRM),
    Question("republican_pledge", "contrat d'engagement républicain", Part.SIGNATURE, Copying.BLANK),
    Question("republican_pledge_signed_on", "date de souscription", Part.SIGNATURE, Copying.BLANK),
    Question("is_up_to_date", "obligations à jour", Part.SIGNATURE, Copying.BLANK),
    Question("is_accurate", "informations exactes", Part.SIGNATURE, Copying.BLANK),
)
COPIED_PARTS = (Part.PROJECT, Part.AUDIENCE, Part.SCHEDULE, Part.BUDGET)
"""The parts one may take over; the structure is common to all, papers and signature are of the year."""

_BY_NAME = {question.name: question for question in QUESTIONS}


def copied(parts: Collection[str]) -> list[str]:
    """The names of the answers taken over when these parts are."""
    return [one.name for one in QUESTIONS if one.part in parts and one.copying != Copying.BLANK]


def to_confirm(names: Iterable[str]) -> dict[str, list[str]]:
    """{part: names} for those, among the answers taken over, that are read again before filing."""
    found: dict[str, list[str]] = {}
    for name in names:
        if _BY_NAME[name].copying == Copying.CONFIRM:
            found.setdefault(str(_BY_NAME[name].part.value), []).append(name)
    return found


def questions(names: Iterable[str]) -> list[Question]:
    return [_BY_NAME[name] for name in names if name in _BY_NAME]


def same_envelopes(
    before: Mapping[int, tuple[int, str]], after: Mapping[int, tuple[int, str]]
) -> dict[int, int]:
    """{envelope then: envelope now} for those of the same funder, on the same line of credits."""
    now = {key: envelope for envelope, key in after.items()}
    return {envelope: now[key] for envelope, key in before.items() if key in now}
