"""A question to the applicant, and its answer; one at a time."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions import advance
from faubourg.applications.models import Application
from faubourg.applications.queries import blocking_problems, lock
from faubourg.appraisal.actions.letters import tell_applicant
from faubourg.appraisal.models import InformationRequest
from faubourg.appraisal.permissions import can_answer_information, can_appraise
from faubourg.appraisal.queries import open_request
from faubourg.contracts.queries import standing
from faubourg.toolkit.days import format_day
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def ask_information(
    application: Application, *, actor: User, question: str, due_on: date, now: datetime
) -> InformationRequest:
    """Hand the dossier back to its applicant, with what is missing and by when."""
    lock(application)
    today = localdate(now)
    demand(can_appraise(standing(actor, today), application))
    question = question.strip()
    refuse_if(
        {
            "question": [] if question else ["Dites au porteur ce qu'il manque."],
            "due_on": []
            if due_on >= today
            else ["Cette date est passée : laissez-lui le temps de répondre."],
        }
    )
    advance(
        application,
        "ask_information",
        verb="appraisal.ask_information",
        actor=actor,
        changes={"question": ["", question], "due_on": [None, due_on]},
    )
    asked = InformationRequest.objects.create(
        application=application, question=question, due_on=due_on, asked_by=actor, asked_at=now
    )
    tell_applicant(
        application,
        key=f"information-{asked.pk}",
        subject=f"Dossier {application.number} : un complément est demandé",
        body=(
            f"Pour étudier votre dossier « {application.title} », il nous manque :\n\n{question}\n\n"
            f"Répondez avant le {format_day(due_on)}, et corrigez le dossier s'il le faut."
        ),
        now=now,
    )
    return asked


@transaction.atomic
def answer_information(application: Application, *, actor: User, answer: str, now: datetime) -> None:
    """The applicant answers; the dossier, complete again, goes back to admissibility."""
    lock(application)
    demand(can_answer_information(standing(actor, localdate(now)), application))
    asked = open_request(application)
    if asked is None:
        raise IllegalStep("Aucune question n'attend votre réponse : elle a peut-être déjà été envoyée.")
    answer = answer.strip()
    refuse_if({"answer": [] if answer else ["Écrivez votre réponse, même courte."]})
    problems = blocking_problems(application)
    if problems:
        raise Refusal(
            {
                "": [
                    "Votre réponse est gardée ci-dessous, mais le dossier n'est plus complet.",
                    *(f"{problem.part_label} : {problem.sentence}" for problem in problems),
                ]
            }
        )
    asked.answer, asked.answered_by, asked.answered_at = answer, actor, now
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    advance(
        application,
        "complete",
        verb="appraisal.answer_information",
        actor=actor,
        changes={"answer": ["", answer]},
    )
