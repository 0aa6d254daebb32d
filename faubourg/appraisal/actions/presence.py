"""A sign of life on a sheet: two people at work on the same dossier see each other (pairs-subventions 2.2).

Not written in the journal: it says nothing that lasts, and the rows themselves do not.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.models import Presence
from faubourg.appraisal.permissions import can_appraise
from faubourg.appraisal.queries import gone
from faubourg.contracts.queries import standing
from faubourg.toolkit.verdict import demand


@transaction.atomic
def be_present(application: Application, *, actor: User, now: datetime) -> None:
    """Say that this person has the sheet open; sweep away everyone who has been gone for a while."""
    demand(can_appraise(standing(actor, localdate(now)), application))
    gone(now).delete()
    Presence.objects.update_or_create(
        application=application,
        user=actor,
        defaults={"seen_at": now},
        create_defaults={"opened_at": now, "seen_at": now},
    )
