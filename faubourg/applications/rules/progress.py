"""What the applicant has to do next, in one sentence, for each state of a dossier."""

from datetime import date, datetime

from faubourg.applications.states import State
from faubourg.toolkit.days import format_day, format_moment

_WAITING = {
    State.SUBMITTED: "Rien à faire : le GIP vérifie que le dossier est recevable.",
    State.ADMISSIBLE: "Rien à faire : le GIP instruit le dossier.",
    State.APPRAISED: "Rien à faire : le dossier attend un comité technique.",
    State.TABLED: "Rien à faire : le dossier passe en comité technique.",
    State.REVIEWED: "Rien à faire : les financeurs décident.",
    State.DECIDED: "Rien à faire : les décisions attendent le comité de pilotage.",
    State.VALIDATED: "Rien à faire : la lettre de notification se prépare.",
    State.INADMISSIBLE: "Lisez pourquoi le dossier n'est pas recevable.",
    State.NOTIFIED: "Lisez la lettre de notification.",
    State.WITHDRAWN: "Dossier retiré.",
}


def next_thing(
    state: str, *, is_open: bool, closes_on: date, late_until: datetime | None = None
) -> tuple[str, bool]:
    """The sentence, and whether it is for the applicant to act."""
    if state == State.INCOMPLETE:
        return "Le GIP demande un complément : corrigez le dossier et répondez.", True
    if state != State.DRAFT:
        return _WAITING[State(state)], False
    if late_until is not None:
        return f"Complétez-le et déposez-le avant le {format_moment(late_until)}.", True
    if is_open:
        return f"Complétez-le et déposez-le avant le {format_day(closes_on)} à minuit.", True
    return "L'appel n'est pas ouvert : ce brouillon ne peut pas être déposé.", False
