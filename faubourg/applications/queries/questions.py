"""The questions of a filed dossier one by one, with what it answers today (pairs-subventions 4.12)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from faubourg.applications import rules
from faubourg.applications.models import Application
from faubourg.applications.queries.answers import STRUCTURE_FIELDS, budget, prefetch_answers, wanted_papers
from faubourg.applications.states import Part
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros


@dataclass(frozen=True)
class Question:
    """A question the GIP may ask again: its key, how it is called, what the dossier says today."""

    part: Part
    name: str
    label: str
    value: str

    @property
    def key(self) -> str:
        return rules.key_of(self.part, self.name)


def questions_of(application: Application) -> list[Question]:
    """Every question, whole steps included, in the order of the form. Seven queries."""
    prefetch_answers(application)
    return [question for part in rules.ASKABLE for question in _of_part(application, part)]


def _of_part(application: Application, part: Part) -> Iterator[Question]:
    if part == Part.PAPERS:
        yield from _papers(application)
        return
    asked = [
        Question(part, name, label, _spoken(application, name)) for name, label in rules.ASKABLE[part].items()
    ]
    whole = "\n".join(f"{one.label} : {one.value or 'rien'}" for one in asked)
    label = "Toute l'étape" if asked else "Le budget entier" if part == Part.BUDGET else str(part.label)
    yield Question(
        part, "", f"{label} « {part.label} »" if asked else label, whole or _whole(application, part)
    )
    yield from asked


def _papers(application: Application) -> Iterator[Question]:
    given: dict[int | None, list[str]] = {}
    for paper in application.papers.select_related("document"):
        given.setdefault(paper.required_paper_id, []).append(paper.document.name)
    for wanted in wanted_papers(application):
        files = ", ".join(given.pop(wanted.pk, []))
        yield Question(Part.PAPERS, str(wanted.pk), f"Pièce : {wanted.label}", files)
    others = ", ".join(name for names in given.values() for name in names)
    yield Question(Part.PAPERS, rules.OTHER_PAPERS, "Autres pièces", others)


def _spoken(application: Application, name: str) -> str:
    """One answer, in words."""
    match name:
        case "objectives":
            return "\n".join(str(one) for one in application.objectives.all())
        case "indicators":
            return "\n".join(f"{one.label} : {one.target}" for one in application.indicators.all())
        case "residents":
            return "\n".join(str(one) for one in application.territories.all())
        case "recurrence":
            return application.get_recurrence_display()
    return _plain(getattr(application, name))


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case date():
            return format_day(value)
    return str(value)


def _whole(application: Application, part: Part) -> str:
    if part == Part.BUDGET:
        return _budget(application)
    if part == Part.STRUCTURE:
        values = (getattr(application.applicant, name) for name in STRUCTURE_FIELDS)
        return "\n".join(value for value in values if value)
    attested = {
        "Contrat d'engagement républicain": application.republican_pledge,
        "Obligations à jour": application.is_up_to_date,
        "Informations exactes": application.is_accurate,
    }
    return "\n".join(f"{label} : {_plain(value)}" for label, value in attested.items())


def _budget(application: Application) -> str:
    found = budget(application)
    lines = [f"{one.account} {one.label} : {format_euros(one.amount, cents=True)}" for one in found.lines]
    asked = [f"Demandé à {one.funder} : {format_euros(one.amount, cents=True)}" for one in found.asked]
    return "\n".join([*lines, *asked])
