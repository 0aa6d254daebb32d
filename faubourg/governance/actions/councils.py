"""The citizen councils are invited to every meeting, with a proof and their papers in time (CIT-2)."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import living_councils
from faubourg.documents.actions import store
from faubourg.governance.actions.meetings import hold
from faubourg.governance.models import CouncilInvitation, Meeting
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if


@transaction.atomic
def invite_council(
    meeting: Meeting,
    *,
    actor: User,
    council: int,
    sent_on: date,
    means: str,
    now: datetime,
    papers_on: date | None = None,
    proof: "UploadedFile[Any] | None" = None,
) -> CouncilInvitation:
    """`council`: its organisation. Said again, it is corrected; a proof already kept stays until another."""
    hold(meeting, actor=actor, now=now)
    contracts = [contract.pk for contract in meeting.body.contracts.all()]
    known, today = dict(living_councils(contracts)), localdate(now)
    held_on = localdate(meeting.starts_at)
    refuse_if(
        {
            "council": [] if council in known else ["Ce conseil n'est pas, ou plus, un conseil du contrat."],
            "sent_on": ["Cette date est à venir."]
            if sent_on > today
            else ["Cette date est après la séance."]
            if sent_on > held_on
            else [],
            "papers_on": ["Cette date est à venir."]
            if papers_on and papers_on > today
            else ["Cette date est après la séance."]
            if papers_on and papers_on > held_on
            else [],
        }
    )
    said = {"sent_on": sent_on, "means": means.strip(), "papers_on": papers_on}
    if proof is not None:
        said["proof"] = store(proof, actor=actor, now=now, field="proof")
    invitation, _ = CouncilInvitation.objects.update_or_create(
        meeting=meeting, council_id=council, defaults={**said, "recorded_by": actor, "recorded_at": now}
    )
    changes = {"conseil": [None, known[council]], "sent_on": [None, sent_on]}
    contract_id = contracts[0] if len(contracts) == 1 else None
    write(actor, "governance.invite_council", meeting, contract_id=contract_id, changes=changes)
    return invitation
