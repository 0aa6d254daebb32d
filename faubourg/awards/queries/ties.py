"""What whoever is tied to an organisation reads nowhere (setting KEPT_FROM)."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from faubourg.applications.models import Application
from faubourg.awards.models import AwardNotice


def kept_from(organisations: Collection[int]) -> dict[str, QuerySet[Any, Any]]:
    """{kind of thing: keys}: the dossiers of these organisations, the letters about them (B2.5, PRG-7)."""
    letters = AwardNotice.objects.filter(application__applicant__in=organisations)
    return {
        "applications.application": Application.objects.filter(applicant__in=organisations).values("pk"),
        "messaging.message": letters.values("message"),
    }
