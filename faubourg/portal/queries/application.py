"""The 360° page of a dossier: what the applicant wrote, where it stands, who said and decided what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from faubourg.applications.models import Application, ApplicationPaper
from faubourg.applications.permissions import (
    can_duplicate,
    can_edit,
    can_read_papers,
    can_take_part,
    can_withdraw,
)
from faubourg.applications.queries import application_for, applications_for, asked_from, budget
from faubourg.applications.queries.answers import prefetch_answers
from faubourg.applications.rules import Budget, open_parts
from faubourg.applications.states import APPLICATION_FLOW, State
from faubourg.appraisal.models import Appraisal
from faubourg.appraisal.permissions import can_answer_information
from faubourg.appraisal.queries import Notes, may_read_notes, opinions_of, requests_of, went_out
from faubourg.awards.permissions import can_ask_reduced_plan, can_decide
from faubourg.awards.queries import DecisionLine, decisions_of
from faubourg.awards.queries.plans import Gap, gap_of
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.conversations.permissions import can_write_post
from faubourg.journal.queries import Line, entries_about
from faubourg.toolkit.verdict import Verdict

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
UNDER_APPRAISAL = (State.SUBMITTED, State.INCOMPLETE, State.ADMISSIBLE, State.APPRAISED)
OPEN_TO_COUNCILS = (*UNDER_APPRAISAL, State.TABLED, State.REVIEWED)
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
class Officer:
    """Who follows the dossier at the GIP, as the applicant may call them."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class ApplicationPage:
    """Templates: portal/application.html, with applications/_content.html for what the applicant wrote."""

    application: Application
    officer: Officer | None
    budget: Budget
    papers: list[ApplicationPaper]
    journey: list[Stage]
    acts: list[Act]
    notes: Notes
    decisions: list[DecisionLine]
    gap: Gap
    may_ask: bool
    is_own: bool
    may_read_papers: bool
    may_read_journal: bool
    shows_decisions: bool


def application_page(held: Standing, pk: int) -> ApplicationPage:
    """What this person may see of the dossier, or 404; nine queries, however long it is."""
    application = _with_what_surrounds_it(held, pk)
    lines = decisions_of([application])[application.pk]
    asked = [asked_from(line.envelope, line.requested) for line in lines]
    prefetch_answers(application)
    notes = _notes(held, application)
    return ApplicationPage(
        application=application,
        officer=_officer(application),
        budget=budget(application, asked),
        papers=list(application.papers.select_related("document", "required_paper")),
        journey=journey(application.state),
        acts=list(acts(held, application)),
        notes=notes,
        decisions=[
            replace(line, may_decide=bool(can_decide(held, application, line.envelope))) for line in lines
        ],
        gap=gap_of(application, lines),
        may_ask=bool(can_ask_reduced_plan(held, application)),
        is_own=held.acts_for(application.applicant_id),
        may_read_papers=bool(can_read_papers(held, application)),
        may_read_journal=may_read_journal(held, application, notes.verdict),
        shows_decisions=shows_decisions(held, application),
    )


def _with_what_surrounds_it(held: Standing, pk: int) -> Application:
    """The dossier, its contract and GIP, who follows it, whether the reader went out for it: one query."""
    followed = Appraisal.objects.filter(application=OuterRef("pk"), case_officer__is_active=True).order_by()
    return get_object_or_404(
        applications_for(held)
        .select_related("call__contract__gip")
        .annotate(
            reader_went_out=went_out(held.user_id),
            officer_name=Subquery(followed.values("case_officer__full_name")[:1]),
            officer_phone=Subquery(followed.values("case_officer__phone")[:1]),
            officer_email=Subquery(followed.values("case_officer__email")[:1]),
        ),
        pk=pk,
    )


def _officer(application: Application) -> Officer | None:
    name, phone, email = (getattr(application, f"officer_{one}", None) for one in ("name", "phone", "email"))
    return Officer(name, phone or "", email or "") if name else None


def shows_decisions(held: Standing, application: Application) -> bool:
    """An applicant, and whoever is tied to it, learns the decisions by the letter, not before (B2.5)."""
    return bool(can_take_part(held, application)) or application.state == State.NOTIFIED


def _notes(held: Standing, application: Application) -> Notes:
    """Opinions and questions asked; the appraisal itself and what was said in session have their own page."""
    verdict = may_read_notes(held, application, has_gone_out=getattr(application, "reader_went_out", None))
    if not verdict and not held.acts_for(application.applicant_id):
        return Notes(verdict, application)
    opinions = opinions_of([application])[application.pk] if verdict else []
    return Notes(verdict, application, requests=requests_of(application), opinions=opinions)


def journal_of(held: Standing, pk: int) -> tuple[Application, list[Line]]:
    """A dossier and its journal, or 404 for whoever may not read the notes it quotes."""
    application = application_for(held, pk)
    if not may_read_journal(held, application, may_read_notes(held, application)):
        raise Http404
    return application, entries_about("applications.application", pk, limit=500)


def journey(state: str) -> list[Stage]:
    """Where a dossier stands on its way; a stopped one shows where the way ended."""
    if state in STOPPED:
        return [Stage("Déposé", "done"), Stage(str(State(state).label), "stopped")]
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
        first = "projet" if not application.unlocked else open_parts(application.unlocked)[0]
        yield Act("Reprendre le dossier", reverse("applications:edit", args=[application.pk, first]))
    yield from _acts_of_partners(held, application)
    if can_write_post(held, application):
        yield Act("Échanges", reverse("conversations:conversation", args=[application.pk]))
    if application.submitted_at and held.acts_for(application.applicant_id):
        yield Act("Voir le récépissé", reverse("applications:receipt", args=[application.pk]))
    if application.submitted_at and held.sits_on(application.call.contract_id):
        yield Act("Les paroles derrière", reverse("thread:action", args=[application.pk]))
    if application.submitted_at and can_duplicate(held, application):
        yield Act("Reprendre pour un autre appel", reverse("applications:duplicate", args=[application.pk]))
    if application.state not in STOPPED and can_withdraw(held, application):
        yield Act("Retirer le dossier", reverse("applications:withdraw", args=[application.pk]))


def _acts_of_partners(held: Standing, application: Application) -> Iterator[Act]:
    """For people with a seat who are not tied to the applicant."""
    if not can_take_part(held, application):
        return
    sheet = reverse("appraisal:sheet", args=[application.pk])
    appraises = held.holds(application.call.contract_id, Role.GIP_DIRECTOR, Role.GIP_OFFICER)
    if appraises and application.state in UNDER_APPRAISAL:
        yield Act("Instruire", sheet)
        if APPLICATION_FLOW.allows("ask_information", application.state):
            ask = reverse("appraisal:ask_information", args=[application.pk])
            yield Act("Demander un complément", ask)
        return
    if held.holds(application.call.contract_id, Role.COUNCILLOR) and application.state in OPEN_TO_COUNCILS:
        opinion = reverse("appraisal:give_council_opinion", args=[application.pk])
        yield Act("Donner l'avis du conseil", opinion)
    yield Act("Fiche d'instruction", sheet)


def may_read_journal(held: Standing, application: Application, notes: Verdict) -> bool:
    """The journal of a dossier quotes its notes: only for those who may read them."""
    return held.holds(application.call.contract_id, *JOURNAL_READERS) and bool(notes)
