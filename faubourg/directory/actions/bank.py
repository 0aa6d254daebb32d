"""RIB: the one in force, and those it replaced."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.accounts.queries import office
from faubourg.directory.models import BankDetails, Organisation
from faubourg.directory.permissions import can_record_bank_details
from faubourg.directory.queries import bank_details, lock
from faubourg.directory.rules import mask_iban
from faubourg.journal.actions import write
from faubourg.toolkit.fields import clean_iban
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def record_bank_details(
    organisation: Organisation, *, holder: str, iban: str, bic: str = "", actor: User, now: datetime
) -> BankDetails:
    """The account to pay from now on; the former one is kept, no longer in force. Masked in the journal."""
    lock(organisation)
    demand(can_record_bank_details(office(actor, localdate(now)), organisation))
    refuse_if({"holder": [] if holder.strip() else ["Écrivez le titulaire du compte, comme sur le RIB."]})
    try:
        iban = clean_iban(iban)
    except ValidationError as problem:
        raise Refusal({"iban": problem.messages}) from None
    former = bank_details(organisation)
    if former is not None:
        if (former.iban, former.bic, former.holder) == (iban, bic, holder):
            return former
        former.is_current = False
        former.save(update_fields=["is_current"])
    details = BankDetails.objects.create(
        organisation=organisation,
        holder=holder.strip(),
        iban=iban,
        bic=bic,
        recorded_by=actor,
        recorded_at=now,
    )
    write(
        actor,
        "directory.record_bank_details",
        organisation,
        changes={"IBAN": [mask_iban(former.iban) if former else "", mask_iban(iban)]},
    )
    return details
