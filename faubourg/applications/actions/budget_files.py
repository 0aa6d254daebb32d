"""The budget as a workbook: received and kept as it is, then taken over whole, or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions.parts import Seen, save_part
from faubourg.applications.models import Application, BudgetFile
from faubourg.applications.permissions import can_edit
from faubourg.applications.queries import lock
from faubourg.applications.states import Part
from faubourg.contracts.queries import standing
from faubourg.documents.actions import store
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

WORKBOOKS = (".xlsx", ".ods")


@transaction.atomic
def send_budget(
    application: Application, upload: "UploadedFile[Any]", *, actor: User, now: datetime
) -> BudgetFile:
    """Keep the file somebody sent, its print, who and when; nothing of the budget changes yet."""
    lock(application)
    demand(can_edit(standing(actor, localdate(now)), application, Part.BUDGET, "lines"))
    is_workbook = str(upload.name).lower().endswith(WORKBOOKS)
    refuse_if({"upload": [] if is_workbook else ["Envoyez un classeur Excel (.xlsx) ou LibreOffice (.ods)."]})
    file = BudgetFile.objects.create(
        application=application, document=store(upload, actor=actor, now=now, field="upload")
    )
    _write(actor, "applications.send_budget", file)
    return file


@transaction.atomic
def import_budget(
    file: BudgetFile,
    lines: Sequence[tuple[str, str, Decimal]],
    asked: Mapping[int, Decimal | None],
    *,
    actor: User,
    now: datetime,
    seen: Seen | None = None,
) -> None:
    """The budget becomes what the file says; SavedMeanwhile when it is not the one it was compared with."""
    application = file.application
    values = {"lines": lines, "asked": asked}
    save_part(application, Part.BUDGET, values, actor=actor, now=now, seen=seen)
    file.imported_by, file.imported_at = actor, now
    file.save(update_fields=["imported_by", "imported_at"])
    _write(actor, "applications.import_budget", file)


def _write(actor: User, verb: str, file: BudgetFile) -> None:
    application = file.application
    name = f"{file.document.name} ({file.document.sha256[:12]})"
    write(actor, verb, application, contract_id=application.call.contract_id, changes={"paper": [None, name]})
