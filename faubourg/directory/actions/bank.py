"""RIB: typed by one person, confirmed by another (B7.3); the former one pays until then."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.accounts.queries import office
from faubourg.directory.actions.letters import tell_bank_keepers
from faubourg.directory.models import BankDetails, Organisation
from faubourg.directory.permissions import (
    can_confirm_bank_details,
    can_record_bank_details,
    can_reject_bank_details,
)
from faubourg.directory.queries import bank_details, bank_details_live, lock
from faubourg.directory.rules import mask_iban
from faubourg.documents.actions import is_same_file, store
from faubourg.journal.actions import write
from faubourg.toolkit.fields import clean_iban
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

UNCHECKED = "Comparez d'abord avec le RIB donné par la banque, puis cochez la case."
WITHOUT_REASON = "Dites pourquoi vous refusez ce RIB : la personne qui l'a saisi le lira."


@transaction.atomic
def record_bank_details(
    organisation: Organisation,
    *,
    holder: str,
    iban: str,
    bic: str = "",
    paper: "UploadedFile[Any] | None" = None,
    actor: User,
    now: datetime,
) -> BankDetails:
    """An account that waits for a second person; one that waited already gives it its place."""
    lock(organisation)
    demand(can_record_bank_details(office(actor, localdate(now)), organisation))
    holder, iban, bic = holder.strip(), _clean(iban), bic.replace(" ", "").upper()
    refuse_if({"holder": [] if holder else ["Écrivez le titulaire du compte, comme sur le RIB."]})
    in_force, waiting = bank_details_live(organisation)
    for same in (waiting, in_force):
        if same is None or (same.iban, same.bic, same.holder) != (iban, bic, holder):
            continue
        if paper is None or is_same_file(paper, same.paper):
            return same  # the same form sent twice
    if waiting is not None:
        waiting.step("replace")
        waiting.save(update_fields=["state"])
    details = BankDetails.objects.create(
        organisation=organisation,
        holder=holder,
        iban=iban,
        bic=bic,
        paper=store(paper, actor=actor, now=now, field="paper") if paper else None,
        recorded_by=actor,
        recorded_at=now,
    )
    former = in_force.masked if in_force else ""
    write(actor, "directory.record_bank_details", organisation, changes={"IBAN": [former, mask_iban(iban)]})
    tell_bank_keepers(details, "record", now=now)
    return details


@transaction.atomic
def confirm_bank_details(details: BankDetails, *, is_checked: bool, actor: User, now: datetime) -> None:
    """The account pays from now on, the former one is kept; payments look at this moment (B7.3)."""
    _lock(details)
    demand(can_confirm_bank_details(office(actor, localdate(now)), details))
    refuse_if({"is_checked": [] if is_checked else [UNCHECKED]})
    former = bank_details(details.organisation)
    _decide(details, "confirm", actor, now, former)
    tell_bank_keepers(details, "confirm", now=now)


@transaction.atomic
def reject_bank_details(details: BankDetails, *, reason: str, actor: User, now: datetime) -> None:
    """The account never pays; the former one stays in force, and whoever typed this one learns why."""
    _lock(details)
    demand(can_reject_bank_details(office(actor, localdate(now)), details))
    reason = reason.strip()
    refuse_if({"reason": [] if reason else [WITHOUT_REASON]})
    details.reason = reason[:250]
    _decide(details, "reject", actor, now)
    tell_bank_keepers(details, "reject", now=now)


# --------------------------------------------------------------------------------------------------


def _clean(iban: str) -> str:
    try:
        return clean_iban(iban)
    except ValidationError as problem:
        raise Refusal({"iban": problem.messages}) from None


def _lock(details: BankDetails) -> None:
    """The organisation is what every change of account waits for."""
    lock(details.organisation)
    details.refresh_from_db(fields=["state", "decided_by", "decided_at", "reason"])


def _decide(
    details: BankDetails, verb: str, actor: User, now: datetime, former: BankDetails | None = None
) -> None:
    details.step(verb)
    if former is not None:
        former.step("replace")
        former.save(update_fields=["state"])
    details.decided_by, details.decided_at = actor, now
    details.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    changes: dict[str, Any] = {"IBAN": [former.masked if former else "", details.masked]}
    if verb == "reject":
        changes = {"IBAN": details.masked, "reason": details.reason}
    write(actor, f"directory.{verb}_bank_details", details.organisation, changes=changes)
