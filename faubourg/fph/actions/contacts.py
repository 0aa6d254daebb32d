"""A contact is erased when its time is over, or when the person asks for it (B8)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.contracts.queries import standing
from faubourg.fph.models import Request, RequestContact
from faubourg.fph.permissions import can_keep_fund
from faubourg.fph.queries import letters_about, lock_request
from faubourg.journal.actions import write
from faubourg.messaging.actions import erase_letters
from faubourg.toolkit.verdict import demand


@transaction.atomic
def erase_contact(request: Request, *, actor: User | None, now: datetime) -> bool:
    """The name, the telephone, the address and the letters sent there; no actor: the clock. Once only."""
    known = lock_request(request)
    contract_id = known.fund.contract_id
    if actor is not None:
        demand(can_keep_fund(standing(actor, localdate(now)), contract_id))
    erased, _ = RequestContact.objects.filter(request=known).delete()
    if erased:
        erase_letters(letters_about(known))
        write(actor, "fph.erase_contact", known, contract_id=contract_id)
    return bool(erased)
