"""Who has a sheet open right now."""

from datetime import datetime

from django.db.models import QuerySet

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.appraisal.models import Presence
from faubourg.appraisal.rules import PRESENT_FOR, presence_words


def others_present(application: Application, user: User, now: datetime) -> list[str]:
    """« Omar a cette fiche ouverte depuis 3 min. », for each of the others."""
    here = Presence.objects.filter(application=application, seen_at__gt=now - PRESENT_FOR).exclude(user=user)
    rows = here.select_related("user").order_by("opened_at")
    return [presence_words(row.user.full_name, row.opened_at, now) for row in rows]


def gone(now: datetime) -> QuerySet[Presence]:
    """Everyone who gave no sign of life for a while, on any sheet."""
    return Presence.objects.filter(seen_at__lte=now - PRESENT_FOR)
