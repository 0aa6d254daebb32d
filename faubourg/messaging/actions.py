"""Letters: asked for once, sent once. Those who call these functions have demanded their own right first.

`send` leaves by itself; `prepare` waits for a person. The same key twice gives back the first letter.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from faubourg.accounts.models import User
from faubourg.documents.models import Document
from faubourg.journal.actions import write
from faubourg.messaging.models import MailPreference, Message
from faubourg.messaging.queries import lock, pace_chosen, pace_of_user
from faubourg.messaging.rules import digest, explain, kind_of, one_line, pace_of
from faubourg.messaging.states import ARRIVES, MESSAGE_FLOW, MessageState, Pace
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.post import hand_over
from faubourg.toolkit.refusal import Refusal, refuse_if

DOUBT_AFTER = timedelta(minutes=10)
WORDS = ("recipient", "recipient_name", "subject", "body")


@transaction.atomic
def send(
    *,
    key: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    recipient_name: str = "",
    contract_id: int | None = None,
    attachment: Document | None = None,
    kind: str = "",
) -> Message:
    """A letter nobody reads again, to that address only; `rules.KINDS` and its reader say when it leaves.

    `kind` is what comes before the colon of the key, unless it is given.
    """
    kind = kind or key.split(":")[0]
    known = kind_of(kind)
    pace = pace_of(known, None if known.is_mandatory else pace_chosen(recipient))
    message, is_new = _once(
        key, ARRIVES[pace], recipient, recipient_name, subject, body, now, contract_id, attachment, kind
    )
    if is_new and message.state == MessageState.QUEUED:
        _post(message)
    return message


@transaction.atomic
def prepare(
    *,
    key: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    recipient_name: str = "",
    contract_id: int | None = None,
    attachment: Document | None = None,
) -> Message:
    """A letter that a person reads, mends and releases."""
    kind, state = key.split(":")[0], MessageState.TO_REVIEW
    message, _ = _once(
        key, state, recipient, recipient_name, subject, body, now, contract_id, attachment, kind
    )
    return message


@transaction.atomic
def gather(recipient: str, contract_id: int | None, *, before: datetime, now: datetime) -> Message | None:
    """The letters that wait for the digest make one, which leaves; each is gathered once."""
    held = Message.objects.select_for_update().filter(
        recipient=recipient, contract_id=contract_id, state=MessageState.HELD, created_at__lt=before
    )
    letters = list(held.order_by("pk"))
    if not letters:
        return None
    name = letters[-1].recipient_name
    subject, body = digest(name, [(one.subject, one.body) for one in letters])
    whole = send(
        key=f"messaging.digest:{letters[0].pk}-{letters[-1].pk}",
        recipient=recipient,
        recipient_name=name,
        subject=subject,
        body=body,
        now=now,
        contract_id=contract_id,
    )
    for one in letters:
        one.state, one.digest = MESSAGE_FLOW.after("gather", MessageState(one.state)), whole
    Message.objects.bulk_update(letters, ["state", "digest"])
    return whole


@transaction.atomic
def erase_letters(keys: Collection[str]) -> None:
    """Letters that bear somebody's name and address, once neither may be kept."""
    Message.objects.filter(key__in=keys).delete()


@transaction.atomic
def choose_pace(user: User, pace: str) -> str:
    """When to write of what is neither official nor of security; gives back the former choice."""
    if pace not in ("", *Pace.values):
        raise Refusal({"pace": ["Choisissez un des rythmes proposés."]})
    former = pace_of_user(user) or ""
    if pace:
        MailPreference.objects.update_or_create(user=user, defaults={"pace": pace})
    else:
        MailPreference.objects.filter(user=user).delete()
    return former


@transaction.atomic
def readdress(message: Message, recipient: str, *, actor: User) -> None:
    """The server refused the address of an automatic letter: mend it, nothing else; then release it."""
    lock(message)
    if not message.is_readdressable:
        raise IllegalStep("L'adresse de ce courriel ne se corrige pas : il peut porter un lien personnel.")
    before, message.recipient = message.recipient, recipient.strip()
    _check(message)
    message.save(update_fields=["recipient"])
    changes = {"recipient": [before, message.recipient]}
    write(actor, "messaging.readdress", message, contract_id=message.contract_id, changes=changes)


@transaction.atomic
def edit(message: Message, *, actor: User, words: dict[str, str]) -> None:
    """Mend a letter before it leaves: address, name, subject, text."""
    lock(message)
    if message.is_automatic:
        raise IllegalStep("Ce courriel automatique ne se modifie pas : il peut porter un lien personnel.")
    if not message.is_editable:
        raise IllegalStep(f"Ce courriel ne se modifie plus : son état est « {message.get_state_display()} ».")
    before = snapshot(message, WORDS)
    for name in WORDS:
        setattr(message, name, words.get(name, before[name]).strip())
    message.subject = one_line(message.subject)
    _check(message)
    message.save(update_fields=WORDS)
    changes = differences(before, snapshot(message, WORDS))
    if changes:
        write(actor, "messaging.edit", message, contract_id=message.contract_id, changes=changes)


@transaction.atomic
def release(message: Message, *, actor: User, now: datetime) -> None:
    """A person lets the letter go; it leaves after commit."""
    _step(message, "release")
    _check(message)
    message.released_by, message.released_at, message.error = actor, now, ""
    message.save()
    write(actor, "messaging.release", message, contract_id=message.contract_id)
    _post(message)


@transaction.atomic
def discard(message: Message, *, actor: User, now: datetime) -> None:
    """The letter will not leave; it is kept, and says by whom it was put aside."""
    _step(message, "discard")
    message.save(update_fields=["state"])
    write(actor, "messaging.discard", message, contract_id=message.contract_id)


@transaction.atomic
def doubt(message: Message, *, actor: User, now: datetime) -> None:
    """The server stopped during the sending and nobody knows whether it left: a person takes it over."""
    lock(message)
    if message.released_at is not None and now - message.released_at < DOUBT_AFTER:
        raise IllegalStep("L'envoi est peut-être encore en cours : attendez quelques minutes.")
    message.state = MESSAGE_FLOW.after("fail", MessageState(message.state))
    message.error = explain(InterruptedError("l'envoi a commencé, sa fin n'est pas connue"))
    message.save(update_fields=["state", "error"])
    write(actor, "messaging.doubt", message, contract_id=message.contract_id)


@task
def deliver(message_id: int) -> None:
    """Hand one letter to the mail server. "Sending" is committed first: a crash never sends it twice."""
    message = _start(message_id)
    if message is None:
        return
    try:
        answer = hand_over(_as_email(message))
    except Exception as problem:  # whatever the server or the disk said, the letter says it to a person
        _finish(message_id, "fail", error=explain(problem))
    else:
        _finish(message_id, "succeed", sent_at=timezone.now(), answer=answer)


# --------------------------------------------------------------------------------------------------


def _once(
    key: str,
    state: MessageState,
    recipient: str,
    recipient_name: str,
    subject: str,
    body: str,
    now: datetime,
    contract_id: int | None,
    attachment: Document | None,
    kind: str,
) -> tuple[Message, bool]:
    words: dict[str, Any] = {
        "recipient": recipient.strip(),
        "recipient_name": one_line(recipient_name),
        "subject": one_line(subject)[:200],
        "body": body,
        "state": state,
        "is_automatic": state != MessageState.TO_REVIEW,
        "kind": kind,
        "created_at": now,
        "contract_id": contract_id,
        "attachment": attachment,
        "released_at": now if state == MessageState.QUEUED else None,
    }
    _check(Message(key=key, **words))
    return Message.objects.get_or_create(key=key, defaults=words)


def _check(message: Message) -> None:
    errors: dict[str, list[str]] = {}
    try:
        validate_email(message.recipient)
    except ValidationError:
        errors["recipient"] = ["Cette adresse n'est pas une adresse de courriel : nom@exemple.fr."]
    if not message.subject:
        errors["subject"] = ["Donnez un objet au courriel."]
    if not message.body.strip():
        errors["body"] = ["Le courriel n'a pas de texte."]
    refuse_if(errors)


def _step(message: Message, name: str) -> None:
    lock(message)
    message.state = MESSAGE_FLOW.after(name, MessageState(message.state))


def _post(message: Message) -> None:
    transaction.on_commit(partial(deliver.enqueue, message.pk))


@transaction.atomic
def _start(message_id: int) -> Message | None:
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or not MESSAGE_FLOW.allows("start", message.state):
        return None  # another worker has it, or it has been sent already
    message.state = MESSAGE_FLOW.after("start", MessageState(message.state))
    message.attempts += 1
    message.save(update_fields=["state", "attempts"])
    return message


@transaction.atomic
def _finish(
    message_id: int, step: str, *, error: str = "", sent_at: datetime | None = None, answer: str = ""
) -> None:
    message = Message.objects.select_for_update().get(pk=message_id)
    message.state = MESSAGE_FLOW.after(step, MessageState(message.state))
    message.error, message.sent_at, message.server_answer = error, sent_at, answer
    message.save(update_fields=["state", "error", "sent_at", "server_answer"])


def _as_email(message: Message) -> EmailMessage:
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[_address(message)],
        headers={"Message-ID": _message_id(message)},
    )
    if message.attachment is not None:
        with message.attachment.file.open("rb") as file:
            mail.attach(message.attachment.name, file.read(), message.attachment.content_type)
    return mail


def _address(message: Message) -> str:
    name = message.recipient_name.replace('"', "'")
    return f'"{name}" <{message.recipient}>' if name else message.recipient


def _message_id(message: Message) -> str:
    """The same letter always bears the same identifier, so that mail servers recognise it too."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "faubourg"
    return f"<{message.pk}.{hashlib.sha256(message.key.encode()).hexdigest()[:20]}@{host}>"
