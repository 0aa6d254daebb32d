"""What the applicant and the GIP do in their conversation. The journal says that somebody wrote, not what."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.contracts.queries import standing
from faubourg.conversations.models import Post, Reading
from faubourg.conversations.permissions import can_open_to_funders, can_write_post
from faubourg.conversations.queries import funders_to_tell, members_to_tell, team_to_tell
from faubourg.documents.actions import store
from faubourg.journal.actions import write
from faubourg.messaging.actions import send
from faubourg.toolkit.flow import IllegalStep
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.twice import TWICE
from faubourg.toolkit.verdict import demand

EMPTY = "Écrivez votre message."


@transaction.atomic
def write_post(
    application: Application,
    *,
    text: str,
    upload: "UploadedFile[Any] | None" = None,
    actor: User,
    now: datetime,
) -> Post:
    """Write to the other side, with a file when there is one; it is told."""
    lock(application)
    held = standing(actor, localdate(now))
    demand(can_write_post(held, application))
    text = text.strip()
    refuse_if({"text": [] if text else [EMPTY]})
    twin = Post.objects.filter(application=application, author=actor, text=text, written_at__gt=now - TWICE)
    if (sent := twin.first()) is not None:
        return sent
    post = Post.objects.create(
        application=application,
        author=actor,
        is_from_applicant=held.acts_for(application.applicant_id),
        text=text,
        document=store(upload, actor=actor, now=now, field="upload") if upload else None,
        written_at=now,
    )
    _write(actor, "conversations.write_post", post)
    if post.is_from_applicant:
        _tell(post, "to_gip", team_to_tell(application, localdate(now)), now)
    else:
        _tell(post, "to_applicant", members_to_tell(application, localdate(now)), now)
    return post


@transaction.atomic
def open_to_funders(post: Post, *, actor: User, now: datetime) -> None:
    """Let the officers of the funders asked read this message, and this one only."""
    lock(post.application)
    demand(can_open_to_funders(standing(actor, localdate(now)), post.application))
    post.refresh_from_db(fields=["is_open_to_funders"])
    if post.is_open_to_funders:
        raise IllegalStep("Ce message est déjà ouvert aux référents des financeurs.")
    post.is_open_to_funders = True
    post.save(update_fields=["is_open_to_funders"])
    _write(actor, "conversations.open_to_funders", post)
    _tell(post, "to_funders", funders_to_tell(post.application, localdate(now)), now)


@transaction.atomic
def mark_read(application: Application, up_to: int | None, *, actor: User, now: datetime) -> None:
    """This person has seen the messages up to that one; the page that shows them has demanded the right."""
    if (
        up_to is None
        or Reading.objects.filter(application=application, user=actor, up_to__gte=up_to).exists()
    ):
        return
    side = standing(actor, localdate(now)).acts_for(application.applicant_id)
    Reading.objects.update_or_create(
        application=application,
        user=actor,
        defaults={"up_to_id": up_to, "is_from_applicant": side, "read_at": now},
    )


# --------------------------------------------------------------------------------------------------


def _write(actor: User, verb: str, post: Post) -> None:
    changes = {"paper": [None, post.document.name]} if post.document else {}
    write(actor, verb, post.application, contract_id=post.application.call.contract_id, changes=changes)


def _tell(post: Post, side: str, people: Iterable[User], now: datetime) -> None:
    application = post.application
    page = reverse("conversations:conversation", args=[application.pk])
    name = f"{application.number} « {application.title} »"
    for person in people:
        if person == post.author:
            continue
        send(
            key=f"conversations.{side}:{post.pk}:{person.pk}",
            recipient=person.email,
            recipient_name=person.full_name,
            subject=f"Message de {post.author.full_name} : {application.title}"[:200],
            body=f"Bonjour,\n\nÀ propos du dossier {name} :\n\n{post.text}\n\n"
            f"Lire et répondre : {settings.PUBLIC_URL}{page}\n",
            now=now,
            contract_id=application.call.contract_id,
        )
