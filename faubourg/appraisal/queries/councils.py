"""Which citizen councils a dossier concerns (CIT-2)."""

from django.db.models import Q, QuerySet

from faubourg.applications.models import Application
from faubourg.consultation.models import CitizenCouncil
from faubourg.consultation.states import CouncilStatus


def councils_of(application: Application) -> QuerySet[CitizenCouncil]:
    """The councils of the neighbourhoods aimed at; when there is none, those of the contract."""
    councils = CitizenCouncil.objects.filter(contract=application.call.contract_id).exclude(
        status=CouncilStatus.STOPPED
    )
    aimed_at = Q(neighbourhood__in=application.territories.values("neighbourhood"))
    everywhere = Q(neighbourhood__isnull=True, status=CouncilStatus.ACTIVE)
    concerned = councils.filter(aimed_at | everywhere)
    if not concerned.exists():
        concerned = councils.filter(Q(status=CouncilStatus.ACTIVE) | Q(neighbourhood__isnull=False))
    return concerned.select_related("organisation")
