"""The directory of equipment (DAT-6)."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from faubourg.observation.models import Equipment


def equipment_of(contract_id: int, *, kind: str = "", siting: str = "") -> QuerySet[Equipment]:
    """What is in use on the territory of a contract, one kind or one siting of it when named."""
    rows = Equipment.objects.filter(contract=contract_id, archived_on=None)
    if kind:
        rows = rows.filter(kind=kind)
    if siting:
        rows = rows.filter(siting=siting)
    return rows.select_related("commune", "neighbourhood")


def one_equipment(contract_id: int, pk: int) -> Equipment:
    """One of the contract's, archived or not, or 404."""
    return get_object_or_404(Equipment.objects.filter(contract=contract_id).select_related("contract"), pk=pk)
