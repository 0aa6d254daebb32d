"""Which citizen councils a dossier concerns (CIT-2)."""

from django.db.models import Q, QuerySet
from django.http import Http404

from faubourg.applications.models import Application
from faubourg.consultation.models import CitizenCouncil
from faubourg.consultation.states import CouncilStatus
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role


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


def own_councils(standing: Standing, application: Application) -> list[CitizenCouncil]:
    """Those of them this person sits for."""
    mine = standing.organisations(application.call.contract_id, Role.COUNCILLOR)
    return [council for council in councils_of(application) if council.organisation_id in mine]


def council_for(application: Application, pk: int) -> CitizenCouncil:
    """One of the councils concerned, or 404."""
    for council in councils_of(application):
        if council.pk == pk:
            return council
    raise Http404
