"""The 360° page of a dossier: what the applicant wrote, where it stands, who said and decided what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from faubourg.applications.models import Application
from faubourg.applications.permissions import can_edit, can_read_papers, can_withdraw
from faubourg.applications.queries import ApplicationDetail, application_detail
from faubourg.applications.states import State
from faubourg.appraisal.permissions import can_answer_information
from faubourg.appraisal.queries import Notes, notes_for
from faubourg.awards.permissions import can_decide
from faubourg.awards.queries import DecisionLine, decisions_of
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.journal.queries import Line, entries_about

JOURNEY = (
    ("Déposé", (State.SUBMITTED, State.INCOMPLETE)),
    ("Recevable", (State.ADMISSIBLE,)),
    ("Instruit", (State.APPRAISED, State.TABLED)),
    ("Avis rendu", (State.REVIEWED,)),
    ("Décidé", (State.DECIDED,)),
    ("Validé en COPIL", (State.VALIDATED,)),
    ("Notifié", (State.NOTIFIED,)),
)
STOPPED = (State.INADMISSIBLE, State.WITHDRAWN)
JOURNAL_READERS = (
    Role.GIP_DIRECTOR,
    Role.GIP_OFFICER,
    Role.GIP_FINANCE,
    Role.PREFECT_DELEGATE,
    Role.FUNDER_OFFICER,
    Role.FUNDER_DECIDER,
)


@dataclass(frozen=True)
class Stage:
    """One step of the journey shown at the top of the page."""

    label: str
    state: str
    url: str = ""


@dataclass(frozen=True)
class Act:
    """A door this person may push from the page; the first one is the main button."""

    label: str
    url: str


@dataclass(frozen=True)
class ApplicationPage:
    detail: ApplicationDetail
    journey: list[Stage]
    acts: list[Act]
    notes: Notes
    decisions: list[DecisionLine]
    is_own: bool
    may_read_papers: bool
    journal: list[Line]

    @property
    def application(self) -> Application:
        return self.detail.application

    @property
    def shows_decisions(self) -> bool:
        """An applicant learns the decisions by the letter, not before."""
        return not self.is_own or self.application.state == State.NOTIFIED


def application_page(held: Standing, pk: int, today: date) -> ApplicationPage:
    """Everything this person may see of the dossier, or 404."""
    detail = application_detail(held, pk)
    application = detail.application
    is_own = held.acts_for(application.applicant_id)
    lines = decisions_of([application])[application.pk]
    notes = notes_for(held, application)
    return ApplicationPage(
        detail=detail,
        journey=journey(application.state),
        acts=list(acts(held, application)),
        notes=notes,
        decisions=[
            replace(line, may_decide=bool(can_decide(held, application, line.envelope))) for line in lines
        ],
        is_own=is_own,
        may_read_papers=bool(can_read_papers(held, application)),
        journal=_journal(held, application, notes),
    )


def journey(state: str) -> list[Stage]:
    """Where a dossier stands on its way; a stopped one shows where the way ended."""
    if state in STOPPED:
        return [Stage("Déposé", "done"), Stage(str(State(state).label), "error")]
    reached = next((rank for rank, (_, states) in enumerate(JOURNEY) if state in states), -1)
    return [
        Stage(label, "done" if rank <= reached else "current" if rank == reached + 1 else "todo")
        for rank, (label, _) in enumerate(JOURNEY)
    ]


def acts(held: Standing, application: Application) -> Iterator[Act]:
    """What this person may do from here, the most pressing first."""
    if application.state == State.INCOMPLETE and can_answer_information(held, application):
        yield Act("Répondre à la demande", reverse("appraisal:answer_information", args=[application.pk]))
    if can_edit(held, application):
        yield Act("Reprendre le dossier", reverse("applications:edit", args=[application.pk, "projet"]))
    contract_id = application.call.contract_id
    tied = held.is_tied_to(application.applicant_id)
    if not tied and held.holds(contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER):
        yield Act("Instruire", reverse("appraisal:sheet", args=[application.pk]))
    if not tied and held.holds(contract_id, Role.COUNCILLOR):
        yield Act(
            "Donner l'avis du conseil", reverse("appraisal:give_council_opinion", args=[application.pk])
        )
    if application.submitted_at and held.acts_for(application.applicant_id):
        yield Act("Voir le récépissé", reverse("applications:receipt", args=[application.pk]))
    if application.state not in STOPPED and can_withdraw(held, application):
        yield Act("Retirer le dossier", reverse("applications:withdraw", args=[application.pk]))


def _journal(held: Standing, application: Application, notes: Notes) -> list[Line]:
    """The journal of a dossier quotes its notes: only for those who may read them."""
    if notes.is_aside or not held.holds(application.call.contract_id, *JOURNAL_READERS):
        return []
    return entries_about("applications.application", application.pk)
