"""What runs by itself in the residents' fund."""

from datetime import datetime

from django.utils.timezone import localdate

from faubourg.fph.actions import erase_contact
from faubourg.fph.queries import contacts_to_erase


def erase_contacts(now: datetime) -> int:
    """Those kept long enough, each written in the journal; asked every minute, how many were erased."""
    return sum(erase_contact(request, actor=None, now=now) for request in contacts_to_erase(localdate(now)))
