"""Questions to the applicant, answer by answer; one request at a time (pairs-subventions 4.12)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions import advance, unlock
from faubourg.applications.models import Application
from faubourg.applications.queries import blocking_problems, lock, questions_of
from faubourg.applications.rules import is_mendable
from faubourg.appraisal import rules
from faubourg.appraisal.actions.letters import tell_applicant
from faubourg.appraisal.actions.words import keep_words
from faubourg.appraisal.models import Correction, InformationRequest
from faubourg.appraisal.permissions import can_answer_information, can_appraise
from faubourg.appraisal.queries import corrections_to_make, lock_request, open_request
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.days import format_day
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def ask_information(
    application: Application,
    *,
    actor: User,
    question: str = "",
    due_on: date,
    asked: Sequence[rules.Asked] = (),
    now: datetime,
) -> InformationRequest:
    """Hand the dossier back: the answers named are unlocked, with what is wrong; all of them when none is."""
    lock(application)
    today = localdate(now)
    demand(can_appraise(standing(actor, today), application))
    known = {one.key: one for one in questions_of(application)} if asked else {}
    question = question.strip()
    refuse_if(
        {
            "question": [] if question or asked else ["Dites au porteur ce qu'il manque."],
            "due_on": []
            if due_on >= today
            else ["Cette date est passée : laissez-lui le temps de répondre."],
            **rules.correction_problems(asked, known),
        }
    )
    told = {known[one.key].label: rules.why(one.flaw, one.note.strip()) for one in asked}
    advance(
        application,
        "ask_information",
        verb="appraisal.ask_information",
        actor=actor,
        changes={
            "question": ["", question],
            "due_on": [None, due_on],
            **({"corrections": [None, [f"{label} : {why}" for label, why in told.items()]]} if told else {}),
        },
    )
    request = InformationRequest.objects.create(
        application=application, question=question, due_on=due_on, asked_by=actor, asked_at=now
    )
    corrections = [
        Correction(
            request=request,
            key=one.key,
            label=known[one.key].label,
            flaw=one.flaw,
            note=one.note.strip(),
            before=known[one.key].value,
        )
        for one in asked
    ]
    Correction.objects.bulk_create(corrections)
    keep_words(application)
    unlock(application, {one.key: {"label": one.label, "why": one.why} for one in corrections})
    _write_to_applicant(application, request, told, now)
    return request


@transaction.atomic
def answer_information(application: Application, *, actor: User, answer: str, now: datetime) -> None:
    """The applicant answers; the dossier, complete again, goes back to admissibility and is locked."""
    lock(application)
    demand(can_answer_information(standing(actor, localdate(now)), application))
    request = open_request(application)
    if request is None:
        raise IllegalStep("Aucune question n'attend votre réponse : elle a peut-être déjà été envoyée.")
    answer = answer.strip()
    corrections = corrections_to_make(application, request)
    same = [one.label for one in corrections if one.is_unchanged]
    unexplained = rules.unanswered(same, answer) if corrections else ""
    refuse_if(
        {
            "answer": [unexplained]
            if unexplained
            else []
            if answer or corrections
            else ["Écrivez votre réponse, même courte."]
        }
    )
    problems = [
        one
        for one in blocking_problems(application)
        if is_mendable(application.unlocked, one.part, one.field)
    ]
    if problems:
        raise Refusal(
            {
                "": [
                    "Votre réponse est gardée ci-dessous, mais le dossier n'est plus complet.",
                    *(f"{problem.part_label} : {problem.sentence}" for problem in problems),
                ]
            }
        )
    request.answer, request.answered_by, request.answered_at = answer, actor, now
    request.save(update_fields=["answer", "answered_by", "answered_at"])
    keep_words(application)
    Correction.objects.bulk_update(corrections, ["after"])
    advance(
        application,
        "complete",
        verb="appraisal.answer_information",
        actor=actor,
        changes={"answer": ["", answer], **{one.label: [one.before, one.after] for one in corrections}},
    )
    unlock(application, {})


@transaction.atomic
def take_back(application: Application, *, actor: User, now: datetime) -> None:
    """No answer came in time: the GIP goes on with the dossier as it stands, corrections begun included."""
    lock(application)
    today = localdate(now)
    demand(can_appraise(standing(actor, today), application))
    request = open_request(application)
    if request is None:
        raise IllegalStep("Aucune demande n'attend de réponse : elle est peut-être arrivée entre-temps.")
    if today <= request.due_on:
        raise Refusal(
            f"Le porteur a jusqu'au {format_day(request.due_on)} pour répondre : attendez le lendemain."
        )
    corrections = corrections_to_make(application, request)
    request.taken_back_by, request.answered_at = actor, now
    request.save(update_fields=["taken_back_by", "answered_at"])
    Correction.objects.bulk_update(corrections, ["after"])
    advance(application, "complete", verb="appraisal.take_back", actor=actor)
    unlock(application, {})


@transaction.atomic
def accept_corrections(
    request: InformationRequest, *, actor: User, key: str = "", now: datetime
) -> list[Correction]:
    """The officer accepts one corrected answer, or all of them; accepting again changes nothing."""
    application = request.application
    lock(application)
    demand(can_appraise(standing(actor, localdate(now)), application))
    lock_request(request)
    if request.answered_at is None:
        raise IllegalStep("Le porteur n'a pas encore répondu : il n'y a rien à accepter.")
    waiting = request.corrections.filter(accepted_at__isnull=True)
    accepted = list(waiting.filter(key=key) if key else waiting)
    for one in accepted:
        one.accepted_by, one.accepted_at = actor, now
    Correction.objects.bulk_update(accepted, ["accepted_by", "accepted_at"])
    if accepted:
        changes = {"corrections": [None, [one.label for one in accepted]]}
        _write(actor, "appraisal.accept_corrections", application, changes)
    return accepted


@transaction.atomic
def remind(request: InformationRequest, *, now: datetime) -> bool:
    """Remind the applicant before the due date, once; a request answered meanwhile is left in peace."""
    lock_request(request)
    if request.answered_at or request.reminded_at:
        return False
    request.reminded_at = now
    request.save(update_fields=["reminded_at"])
    application = request.application
    tell_applicant(
        application,
        key=f"information-{request.pk}-reminder",
        subject=f"Dossier {application.number} : votre réponse est attendue",
        body=(
            f"Nous attendons votre réponse sur le dossier « {application.title} » avant le "
            f"{format_day(request.due_on)} (ce jour compris).\n\n{rules.AFTER_THE_DAY}"
        ),
        now=now,
    )
    _write(None, "appraisal.remind", application, {"due_on": str(request.due_on)})
    return True


# --------------------------------------------------------------------------------------------------


def _write_to_applicant(
    application: Application, request: InformationRequest, told: dict[str, str], now: datetime
) -> None:
    listed = "\n".join(f"  - {label} — {why}" for label, why in told.items())
    opened = (
        f"Ces réponses sont à corriger (elles seules sont ouvertes) :\n\n{listed}\n\n"
        if told
        else "Tout le dossier est ouvert à la correction.\n\n"
    )
    tell_applicant(
        application,
        key=f"information-{request.pk}",
        subject=f"Dossier {application.number} : un complément est demandé",
        body=(
            f"Nous étudions votre dossier « {application.title} ».\n\n"
            + (f"{request.question}\n\n" if request.question else "")
            + f"{opened}Corrigez, puis répondez avant le {format_day(request.due_on)} (ce jour compris). "
            + rules.AFTER_THE_DAY
        ),
        now=now,
    )


def _write(actor: User | None, verb: str, application: Application, changes: dict[str, Any]) -> None:
    write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
