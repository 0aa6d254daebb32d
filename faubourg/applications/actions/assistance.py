"""Typing in the name of an applicant (ASS-4): begun by the GIP or opened by the applicant, who alone signs.

A dossier that came on paper is filed on the strength of the signed sheet, kept with it; the day it was
received is the one that counts.
"""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import rules
from faubourg.applications.actions.life import acknowledge, begun_just_now, draft, file
from faubourg.applications.models import Application, ApplicationPaper
from faubourg.applications.permissions import can_ask_help, can_end_help, can_file_paper, can_start_for
from faubourg.applications.queries import blocking_problems, lock
from faubourg.calls.models import Call
from faubourg.contracts.queries import standing
from faubourg.directory.models import Organisation
from faubourg.documents.actions import store
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def start_for(call: Call, applicant: Organisation, *, actor: User, title: str, now: datetime) -> Application:
    """Begin a draft in the name of an organisation: it sees it, may write in it, may close it to the GIP."""
    demand(can_start_for(standing(actor, localdate(now)), call, applicant.pk))
    if (twin := begun_just_now(call, applicant, actor, title, now)) is not None:
        return twin
    application = draft(call, applicant, actor=actor, title=title, now=now, is_assisted=True)
    _write(
        actor, "applications.start_for", application, {"call": str(call), "applicant": ["", str(applicant)]}
    )
    return application


@transaction.atomic
def ask_help(application: Application, *, actor: User, now: datetime) -> None:
    """Open the draft to the GIP: it reads it and types in it."""
    lock(application)
    demand(can_ask_help(standing(actor, localdate(now)), application))
    _open_to_gip(application, "applications.ask_help", actor, is_open=True)


@transaction.atomic
def end_help(application: Application, *, actor: User, now: datetime) -> None:
    """Close the draft to the GIP: what it typed stays."""
    lock(application)
    demand(can_end_help(standing(actor, localdate(now)), application))
    _open_to_gip(application, "applications.end_help", actor, is_open=False)


@transaction.atomic
def file_paper(
    application: Application,
    *,
    actor: User,
    received_on: date,
    signed_by: str,
    upload: "UploadedFile[Any]",
    now: datetime,
) -> None:
    """File what came on paper, whose scan is the proof of the signature. Twice clicked, filed once."""
    lock(application)
    if application.paper_received_on is not None:
        return
    demand(can_file_paper(standing(actor, localdate(now)), application))
    call, late = application.call, application.late_until
    refuse_if(
        {
            "received_on": rules.paper_problems(
                received_on, localdate(now), call.opens_on, call.closes_on, late and localdate(late)
            ),
            "signed_by": [] if signed_by.strip() else ["Dites qui a signé le papier."],
        }
    )
    if left := blocking_problems(application, localdate(now)):
        raise Refusal({"": [problem.sentence for problem in left]})
    application.paper_received_on, application.paper_signed_by = received_on, signed_by.strip()
    application.paper_scan = store(upload, actor=actor, now=now, field="upload")
    ApplicationPaper.objects.create(application=application, document=application.paper_scan)
    changes = file(application, actor=actor, now=now)
    paper = {
        "paper_received_on": [None, received_on],
        "paper_signed_by": ["", application.paper_signed_by],
        "paper": [None, application.paper_scan.name],
    }
    _write(actor, "applications.file_paper", application, changes | paper)
    if application.applicant.email:
        acknowledge(application, application.applicant.email, application.applicant.name, now)


def _open_to_gip(application: Application, verb: str, actor: User, *, is_open: bool) -> None:
    if application.is_assisted == is_open:
        return
    application.is_assisted = is_open
    application.save(update_fields=["is_assisted"])
    _write(actor, verb, application, {"is_assisted": [not is_open, is_open]})


def _write(actor: User, verb: str, application: Application, changes: dict[str, Any]) -> None:
    write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
