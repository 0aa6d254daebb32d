"""Which citizen councils speak for which places."""

from collections.abc import Iterable

from django.db.models import QuerySet

from faubourg.consultation.models import CitizenCouncil
from faubourg.consultation.states import CouncilStatus
from faubourg.contracts.models import Contract
from faubourg.territories.models import Neighbourhood


def councils_of(contract: Contract) -> QuerySet[CitizenCouncil]:
    """Every council the contract names, with its organisation and its neighbourhood."""
    rows = CitizenCouncil.objects.filter(contract=contract)
    return rows.select_related("organisation", "neighbourhood")


def active_councils(contract: Contract, neighbourhoods: Iterable[Neighbourhood]) -> QuerySet[CitizenCouncil]:
    """The councils known to be active on these neighbourhoods (CIT-1); « à confirmer » is not active."""
    wanted = [place.pk for place in neighbourhoods]
    return councils_of(contract).filter(status=CouncilStatus.ACTIVE, neighbourhood__in=wanted)
