"""Letters to applicants: one per dossier, prepared together, read and released by a person (PRG-10)."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import actions as applications
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.applications.states import State
from faubourg.awards.models import AwardNotice
from faubourg.awards.permissions import can_prepare_notices, can_review_letters
from faubourg.awards.queries import decisions_of
from faubourg.awards.queries.notices import (
    AWAITED,
    TEMPLATE,
    application_behind,
    can_be_sent_again,
    letter_words,
    mail_words,
    notice_behind,
    notice_of,
    recipient_of,
)
from faubourg.contracts.queries import standing
from faubourg.documents.actions import keep
from faubourg.journal.actions import write
from faubourg.messaging import actions as messaging
from faubourg.messaging.models import Message
from faubourg.messaging.queries import lock as lock_message
from faubourg.messaging.states import MessageState
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.typeset import TypesettingFailed, typeset
from faubourg.toolkit.verdict import demand

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What became of one row of a list: done, or the sentence that says why not."""

    label: str
    problem: str = ""


def prepare_notices(chosen: Iterable[Application], *, actor: User, now: datetime) -> list[Result]:
    """A letter and its message for each dossier; one that fails says why and does not stop the others."""
    return [_try(str(one), prepare_notice, one, actor, now) for one in chosen]


@transaction.atomic
def prepare_notice(application: Application, actor: User, now: datetime) -> AwardNotice:
    """Set the letter, keep it, and leave its message to be read. A dossier never has two letters."""
    today = localdate(now)
    lock(application)
    demand(can_prepare_notices(standing(actor, today), application.call.contract_id))
    if application.state not in AWAITED:
        raise IllegalStep(
            f"Ce dossier n'attend pas de lettre : son état est « {application.get_state_display()} »."
        )
    notice = notice_of(application)
    if notice is not None and notice.message.state != MessageState.DISCARDED:
        return notice
    address, name = recipient_of(application.applicant)
    if not address:
        raise Refusal("La structure n'a ni courriel ni signataire : complétez sa fiche dans l'annuaire.")
    lines = decisions_of([application])[application.pk]
    document = keep(
        typeset(TEMPLATE, letter_words(application, lines, today), now=now),
        f"lettre-{application.number}.pdf",
        "application/pdf",
        actor=actor,
        now=now,
    )
    message = messaging.prepare(
        key=_key(application, notice),
        recipient=address,
        recipient_name=name,
        contract_id=application.call.contract_id,
        attachment=document,
        now=now,
        **mail_words(application, lines),
    )
    notice = notice or AwardNotice(application=application)
    notice.document, notice.message = document, message
    notice.prepared_by, notice.prepared_at = actor, now
    notice.save()
    write(actor, "awards.prepare_notice", application, contract_id=application.call.contract_id)
    return notice


def release_notices(letters: Iterable[Message], *, actor: User, now: datetime) -> list[Result]:
    """Release the letters one has read; one that fails says why and does not stop the others."""
    return [_try(str(letter), release, letter, actor, now) for letter in letters]


@transaction.atomic
def release(message: Message, actor: User, now: datetime) -> None:
    """Let a letter go; the dossier of an award notice is then notified."""
    notice = notice_behind(message)
    if notice is not None:
        lock(notice.application)
    lock_message(message)
    _demand_review(message, actor, now)
    messaging.release(message, actor=actor, now=now)
    if notice is not None and notice.application.state == State.VALIDATED:
        applications.advance(
            notice.application,
            "notify",
            verb="awards.notify",
            actor=actor,
            changes={"lettre": notice.document_id, "destinataire": message.recipient},
        )


@transaction.atomic
def send_again(message: Message, *, actor: User, now: datetime) -> Message:
    """A letter that left and was not received: the same, to read over and release; the first one is kept."""
    notice = notice_behind(message)
    if notice is None:
        raise IllegalStep("Seule une lettre de notification se renvoie d'ici.")
    lock(notice.application)
    lock_message(message)
    _demand_review(message, actor, now)
    notice = notice_behind(message)
    if notice is None or not can_be_sent_again(message):
        raise IllegalStep("Cette lettre n'est pas partie, ou elle est déjà renvoyée.")
    copy = messaging.prepare(
        key=_key(notice.application, notice),
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        subject=message.subject,
        body=message.body,
        contract_id=message.contract_id,
        attachment=message.attachment,
        now=now,
    )
    notice.message = copy
    notice.save(update_fields=["message"])
    write(actor, "awards.send_again", notice.application, contract_id=message.contract_id)
    return copy


def edit(message: Message, *, actor: User, words: dict[str, str], now: datetime) -> None:
    """Mend the text or the address of a letter before it leaves."""
    _demand_review(message, actor, now)
    messaging.edit(message, actor=actor, words=words)


def readdress(message: Message, *, recipient: str, actor: User, now: datetime) -> None:
    """An automatic letter whose address was refused: mend the address, nothing else."""
    _demand_review(message, actor, now)
    messaging.readdress(message, recipient, actor=actor)


def discard(message: Message, *, actor: User, now: datetime) -> None:
    """Put a letter aside: it is kept and never leaves. The dossier may be given another one."""
    _demand_review(message, actor, now)
    messaging.discard(message, actor=actor, now=now)


def doubt(message: Message, *, actor: User, now: datetime) -> None:
    """A sending that never ended: take it over by hand."""
    _demand_review(message, actor, now)
    messaging.doubt(message, actor=actor, now=now)


def _demand_review(message: Message, actor: User, now: datetime) -> None:
    held = standing(actor, localdate(now))
    demand(can_review_letters(held, message.contract_id, application_behind(message)))


def _key(application: Application, notice: AwardNotice | None) -> str:
    follows = f":after:{notice.message_id}" if notice is not None else ""
    return f"awards.notice:{application.pk}{follows}"


def _try(
    label: str, act: Callable[[Any, User, datetime], object], thing: Any, actor: User, now: datetime
) -> Result:
    try:
        act(thing, actor, now)
    except (IllegalStep, Refusal, PermissionDenied, TypesettingFailed) as problem:
        return Result(label, str(problem))
    except Exception as problem:  # one letter that cannot be made must not stop the others
        logger.exception("La lettre de « %s » n'a pas pu être faite.", label)
        return Result(
            label,
            "La lettre n'a pas pu être faite : une donnée du dossier ou du modèle manque ou ne convient pas. "
            f"Prévenez l'administrateur technique ({type(problem).__name__}).",
        )
    return Result(label)
