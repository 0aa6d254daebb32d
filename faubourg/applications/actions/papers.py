"""Papers joined to a dossier."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, ApplicationPaper
from faubourg.applications.permissions import can_attach_paper, can_remove_paper
from faubourg.applications.queries import lock, papers_to_take
from faubourg.calls.models import RequiredPaper
from faubourg.contracts.queries import standing
from faubourg.documents.actions import is_same_file, store
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@transaction.atomic
def attach_paper(
    application: Application,
    upload: "UploadedFile[Any]",
    *,
    actor: User,
    now: datetime,
    required_paper: RequiredPaper | None = None,
) -> ApplicationPaper:
    """Join a file, in answer to a paper of the call or in addition; its type is checked by its content."""
    lock(application)
    wanted = required_paper.pk if required_paper else None
    demand(can_attach_paper(standing(actor, localdate(now)), application, wanted))
    if required_paper is not None and required_paper.call_id != application.call_id:
        raise Refusal("Cette pièce n'est pas demandée par l'appel de ce dossier.")
    for joined in application.papers.filter(required_paper=required_paper).select_related("document"):
        if is_same_file(upload, joined.document):
            return joined  # a second click
    paper = ApplicationPaper.objects.create(
        application=application, required_paper=required_paper, document=store(upload, actor=actor, now=now)
    )
    write(
        actor,
        "applications.attach_paper",
        application,
        contract_id=application.call.contract_id,
        changes={"paper": [None, _named(paper)]},
    )
    return paper


@transaction.atomic
def remove_paper(application: Application, paper: ApplicationPaper, *, actor: User, now: datetime) -> None:
    """Take a file away from the dossier; what was received stays in the journal."""
    lock(application)
    demand(can_remove_paper(standing(actor, localdate(now)), application, paper.required_paper_id))
    name = _named(paper)
    paper.delete()
    write(
        actor,
        "applications.remove_paper",
        application,
        contract_id=application.call.contract_id,
        changes={"paper": [name, None]},
    )


@transaction.atomic
def take_kept_papers(application: Application, *, actor: User, now: datetime) -> None:
    """What the organisation has given once becomes part of the dossier: a later change moves nothing (ASS-1).

    Called by the act that files, which has demanded its own right.
    """
    for wanted, kept in papers_to_take(application, localdate(now)):
        paper = ApplicationPaper.objects.create(
            application=application, required_paper=wanted, document=kept.document
        )
        write(
            actor,
            "applications.take_kept_paper",
            application,
            contract_id=application.call.contract_id,
            changes={"paper": [None, _named(paper)]},
        )


def _named(paper: ApplicationPaper) -> str:
    label = paper.required_paper.label if paper.required_paper else "Autre pièce"
    return f"{label} : {paper.document.name}"
