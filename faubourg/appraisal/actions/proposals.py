"""What the GIP proposes to funders, for many dossiers at once (the sheet of a dossier does it one by one)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.appraisal.models import Appraisal, FundingProposal
from faubourg.appraisal.permissions import can_save_appraisal
from faubourg.appraisal.rules import proposal_problem
from faubourg.calls.models import Call, Envelope
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import refuse_if

Proposals = Mapping[tuple[int, int], Decimal | None]
"""{(dossier, envelope): euros}; None proposes nothing."""


@transaction.atomic
def retain_proposals(
    call: Call, proposals: Proposals, *, verb: str, actor: User, now: datetime
) -> tuple[int, list[Application]]:
    """Bring what is proposed to these amounts, for an app further along the spine (PRG-9).

    (dossiers changed, dossiers left as they are): those whose sheet is frozen, those the actor is tied to.
    """
    held = standing(actor, localdate(now))
    locked = Application.objects.filter(call=call, pk__in={pk for pk, _ in proposals}).order_by("pk")
    everyone = list(locked.select_related("call", "applicant").select_for_update(of=("self",)))
    open_ones = {one.pk: one for one in everyone if can_save_appraisal(held, one)}
    _refuse_wrong(call, {key: value for key, value in proposals.items() if key[0] in open_ones})
    kept = {
        (one.application_id, one.envelope_id): one
        for one in FundingProposal.objects.filter(application__in=open_ones)
    }
    changes = _save(proposals, open_ones, kept)
    Appraisal.objects.filter(application__in=changes).update(
        version=F("version") + 1, saved_at=now, saved_by=actor
    )  # who has the sheet open is told, and overwrites nothing
    for pk, told in changes.items():
        write(actor, verb, open_ones[pk], contract_id=call.contract_id, changes=told)
    return len(changes), [one for one in everyone if one.pk not in open_ones]


def _refuse_wrong(call: Call, proposals: Proposals) -> None:
    asked = {
        (application, envelope): amount
        for application, envelope, amount in FundingRequest.objects.filter(
            application__call=call
        ).values_list("application", "envelope", "requested_amount")
    }
    sentences = [
        sentence
        for key, amount in proposals.items()
        if amount is not None and (sentence := proposal_problem(proposed=amount, requested=asked.get(key)))
    ]
    refuse_if({"": sorted(set(sentences))})


def _save(
    proposals: Proposals,
    open_ones: Mapping[int, Application],
    kept: Mapping[tuple[int, int], FundingProposal],
) -> dict[int, dict[str, Any]]:
    """{dossier: what changes}, written in three statements however many dossiers."""
    changes: dict[int, dict[str, Any]] = defaultdict(dict)
    added: list[FundingProposal] = []
    changed: list[FundingProposal] = []
    removed: list[int] = []
    wanted = Envelope.objects.filter(pk__in={envelope for _, envelope in proposals})
    envelopes = {one.pk: one for one in wanted.select_related("funder")}
    for (application, envelope), amount in proposals.items():
        known = kept.get((application, envelope))
        before = known.proposed_amount if known else None
        if application not in open_ones or amount == before:
            continue
        changes[application][f"proposé · {envelopes[envelope]}"] = [
            None if before is None else format_euros(before),
            None if amount is None else format_euros(amount),
        ]
        if known is not None and amount is None:
            removed.append(known.pk)
        elif amount is not None:
            one = known or FundingProposal(application_id=application, envelope_id=envelope)
            one.proposed_amount = amount
            (changed if known else added).append(one)
    FundingProposal.objects.bulk_create(added)
    FundingProposal.objects.bulk_update(changed, ["proposed_amount"], batch_size=200)
    FundingProposal.objects.filter(pk__in=removed).delete()
    return changes
