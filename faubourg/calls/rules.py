"""What a call must hold before it opens, when it is open, and what a new one takes from the last."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from faubourg.calls.states import CallState, PaperScope, Phase, Section
from faubourg.directory.states import PaperKind

REASON_LENGTH = 20
"""Signs an exception must have at least to be a reason (PRG-1)."""


# When ---------------------------------------------------------------------------------------------


def phase(state: str, opens_on: date, closes_on: date, today: date) -> Phase:
    """Where the call stands that day; a day is a day in Paris."""
    if state == CallState.DRAFT:
        return Phase.DRAFT
    if state == CallState.CLOSED:
        return Phase.CLOSED
    if today < opens_on:
        return Phase.ANNOUNCED
    return Phase.RUNNING if today <= closes_on else Phase.OVER


def is_open(state: str, opens_on: date, closes_on: date, today: date) -> bool:
    """May one file today? The last day is included, until midnight in Paris."""
    return phase(state, opens_on, closes_on, today) == Phase.RUNNING


def days_left(closes_on: date, today: date) -> str:
    """ "encore 12 jours", "c'est le dernier jour"; nothing once it is over."""
    left = (closes_on - today).days
    if left < 0:
        return ""
    if left == 0:
        return "c'est le dernier jour"
    return "encore 1 jour" if left == 1 else f"encore {left} jours"


# What is missing before opening (PRG-1) -----------------------------------------------------------


class Missing(NamedTuple):
    """Something to do before opening: the section where it is done, and the sentence that says it."""

    section: Section
    sentence: str


def missing_before_opening(
    *,
    opens_on: date | None,
    closes_on: date | None,
    today: date,
    has_guidelines: bool,
    objectives_count: int,
    neighbourhoods_count: int,
    envelopes_count: int,
    contact: str,
) -> list[Missing]:
    """What a call still lacks, in the order of its sections. The councils are another rule (`silences`)."""
    found = []
    if not has_guidelines:
        found.append(
            Missing(
                Section.FRAMING, "Écrivez la note de cadrage, ou joignez-la : rien ne dit ce qui est attendu."
            )
        )
    if not contact.strip():
        found.append(Missing(Section.FRAMING, "Dites qui appeler : un nom, un téléphone."))
    found += [Missing(Section.CALENDAR, sentence) for sentence in _date_problems(opens_on, closes_on, today)]
    if not objectives_count:
        found.append(Missing(Section.SCOPE, "Ouvrez au moins un objectif du contrat."))
    if not neighbourhoods_count:
        found.append(Missing(Section.SCOPE, "Ouvrez au moins un territoire."))
    if not envelopes_count:
        found.append(
            Missing(Section.ENVELOPES, "Nommez au moins un financeur ; son montant peut rester à confirmer.")
        )
    return found


def _date_problems(opens_on: date | None, closes_on: date | None, today: date) -> Iterable[str]:
    if opens_on is None:
        yield "Donnez le jour d'ouverture."
    if closes_on is None:
        yield "Donnez le dernier jour de dépôt."
    if opens_on and closes_on and closes_on < opens_on:
        yield "Le dernier jour de dépôt vient avant l'ouverture : corrigez l'une des deux dates."
    if closes_on and closes_on < today:
        yield "Le dernier jour de dépôt est déjà passé : choisissez une date à venir."


# The councils (PRG-1, l. 902) ---------------------------------------------------------------------


@dataclass(frozen=True)
class CouncilPlace:
    """A citizen council as this rule needs it: where it speaks, and when it was consulted on the call."""

    name: str
    neighbourhood_id: int | None
    is_active: bool
    consulted_on: date | None = None

    def was_heard(self, day: date) -> bool:
        return self.consulted_on is not None and self.consulted_on <= day


def silences(
    opened: Mapping[int, tuple[str, bool]], councils: Collection[CouncilPlace], day: date
) -> list[str]:
    """What the consultation of the councils still lacks on the day of opening (PRG-1, l. 902).

    `opened` maps each neighbourhood opened to its name and whether it is a QPV. Every active council of these
    neighbourhoods is consulted on that day at the latest; a QPV where none is must have been heard otherwise.
    """
    found = [
        f"{council.name} : conseil actif, pas encore consulté."
        for council in councils
        if council.is_active and council.neighbourhood_id in opened and not council.was_heard(day)
    ]
    heard = {council.neighbourhood_id for council in councils if council.is_active or council.was_heard(day)}
    found += [
        f"{name} : aucun conseil citoyen actif ni consulté sur ce quartier prioritaire."
        for key, (name, is_qpv) in opened.items()
        if is_qpv and key not in heard
    ]
    if not found and not any(council.was_heard(day) for council in councils):
        found.append("Aucun conseil citoyen n'a été consulté sur cet appel.")
    return found


def is_reason(text: str) -> bool:
    """Says enough to be published (at least REASON_LENGTH signs, spaces at the ends aside)."""
    return len(text.strip()) >= REASON_LENGTH


# A new call, from the last one or from nothing ----------------------------------------------------


class ProposedMilestone(NamedTuple):
    label: str
    due_on: date


class ProposedPaper(NamedTuple):
    label: str
    help: str
    scope: PaperScope = PaperScope.ALL
    is_required: bool = True
    kind: str = ""


_TYPICAL_YEAR = (
    (-1, 9, 30, "Note de cadrage validée"),
    (-1, 10, 15, "Conseils citoyens consultés"),
    (0, 2, 28, "Comités techniques de programmation"),
    (0, 4, 15, "Comité de pilotage"),
    (0, 6, 15, "Décisions des financeurs"),
    (0, 6, 30, "Premiers versements"),
)

TYPICAL_PAPERS = (
    ProposedPaper("Statuts", "Signés, à jour.", PaperScope.ASSOCIATIONS, kind=PaperKind.STATUTES),
    ProposedPaper(
        "Liste des dirigeants",
        "Conseil d'administration et bureau, avec les fonctions.",
        PaperScope.ASSOCIATIONS,
        kind=PaperKind.LEADERS,
    ),
    ProposedPaper(
        "Relevé d'identité bancaire",
        "Au nom de la structure, à l'adresse du SIRET : saisi sur la fiche, lu par le GIP seul.",
        kind=PaperKind.BANK,
    ),
    ProposedPaper(
        "Derniers comptes approuvés",
        "Bilan et compte de résultat du dernier exercice clos.",
        kind=PaperKind.ACCOUNTS,
    ),
    ProposedPaper(
        "Dernier rapport d'activité",
        "Celui présenté à votre assemblée générale.",
        is_required=False,
        kind=PaperKind.ACTIVITY,
    ),
    ProposedPaper(
        "Bilan de l'action précédente",
        "Même provisoire : ce qui a été fait, avec qui, ce que cela a coûté.",
        PaperScope.RENEWALS,
    ),
)


def proposed_dates(year: int) -> tuple[date, date]:
    """Opening in October, last day mid-January, as it usually goes (PRG-12). Proposed, never imposed."""
    return date(year - 1, 10, 15), date(year, 1, 15)


def proposed_milestones(year: int) -> list[ProposedMilestone]:
    """The usual calendar of a campaign (PRG-12, l. 993, 1019). Proposed, never imposed."""
    return [
        ProposedMilestone(label, date(year + shift, month, day)) for shift, month, day, label in _TYPICAL_YEAR
    ]


def shift_years(day: date, years: int) -> date:
    """The same day, `years` later; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def retitle(title: str, old_year: int, new_year: int) -> str:
    """ "Appel à projets 2026" becomes "Appel à projets 2027"."""
    return re.sub(rf"\b{old_year}\b", str(new_year), title)
