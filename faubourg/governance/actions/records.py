"""The numbered record of a meeting: frozen at its closing, sent on, acknowledged (PRG-6, PRG-8, GOV-2)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, localtime

from faubourg.accounts.models import User
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.documents.actions import store
from faubourg.governance.models import (
    Body,
    Meeting,
    MeetingRecord,
    RecordReceipt,
    RecordTemplate,
)
from faubourg.governance.permissions import can_change_template
from faubourg.governance.queries import record_words, template_of
from faubourg.governance.rules import SAMPLE
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand
from faubourg.toolkit.word import TemplateBroken, fill


def freeze(
    meeting: Meeting,
    points: Sequence[Mapping[str, Any]] | None,
    *,
    funders: Sequence[Mapping[str, str]] = (),
    now: datetime,
) -> MeetingRecord:
    """Write the record once, inside the closing: its number is the next of the body in the year."""
    year = localtime(meeting.starts_at).year
    Body.objects.select_for_update().get(pk=meeting.body_id)
    last = MeetingRecord.objects.filter(body=meeting.body_id, year=year).aggregate(last=Max("rank"))["last"]
    record = MeetingRecord(
        meeting=meeting,
        body=meeting.body,
        year=year,
        rank=(last or 0) + 1,
        template=template_of(meeting.body),
        frozen_at=now,
    )
    record.words = {"numero": record.number, **record_words(meeting, points, funders)}
    record.save()
    return record


def send_record(record: MeetingRecord, officers: Iterable[tuple[int, int]], *, now: datetime) -> None:
    """Keep to whom the record goes: (funder, its officer). The letter is the caller's, which knows why."""
    RecordReceipt.objects.bulk_create(
        RecordReceipt(record=record, funder_id=funder, person_id=person, sent_at=now)
        for funder, person in officers
    )


@transaction.atomic
def open_record(record: MeetingRecord, *, reader: User, now: datetime) -> None:
    """The first time an officer opens what was sent to them."""
    record.receipts.filter(person=reader, opened_at=None).update(opened_at=now)


@transaction.atomic
def acknowledge(record: MeetingRecord, *, actor: User, now: datetime) -> None:
    """The officer says their organisation has received the record; the first time counts."""
    own = record.receipts.select_for_update().filter(person=actor)
    if not own.exists():
        raise Refusal("Ce relevé ne vous a pas été transmis : son accusé revient au référent du financeur.")
    waiting = own.filter(acknowledged_at=None)
    if waiting.update(acknowledged_at=now):
        write(actor, "governance.acknowledge", record.meeting, changes={"lettre": [None, str(record)]})
    own.filter(opened_at=None).update(opened_at=now)


@transaction.atomic
def set_template(
    contract: Contract, upload: "UploadedFile[Any]", *, actor: User, now: datetime
) -> RecordTemplate:
    """The team's own Word template, tried on a sample: a broken placeholder is refused by its name."""
    demand(can_change_template(standing(actor, localdate(now)), contract))
    if not (upload.name or "").lower().endswith(".docx"):
        raise Refusal({"template": ["Un modèle est un document Word (.docx)."]})
    document = store(upload, actor=actor, now=now, field="template")
    try:
        with document.file.open("rb") as file:
            fill(file.read(), SAMPLE)
    except TemplateBroken as problem:
        document.file.delete(save=False)
        raise Refusal({"template": [str(problem)]}) from None
    template = RecordTemplate.objects.create(
        contract=contract, document=document, uploaded_by=actor, uploaded_at=now
    )
    write(
        actor, "governance.set_template", contract, contract_id=contract.pk,
        changes={"document": [None, str(document)]},
    )  # fmt: skip
    return template
