"""The plan for taking part, by theme, and whether it is annexed (CIT-5)."""

from django.shortcuts import get_object_or_404

from faubourg.consultation.models import PlanAction, PlanAdoption
from faubourg.consultation.states import PlanTheme
from faubourg.contracts.rules import Standing


def plan_of(contract_id: int) -> list[tuple[str, list[PlanAction]]]:
    """The six themes in the contract's order, those without an action too."""
    actions = list(PlanAction.objects.filter(contract=contract_id).order_by("pk"))
    return [(str(theme.label), [one for one in actions if one.theme == theme]) for theme in PlanTheme]


def adoption_of(contract_id: int) -> PlanAdoption | None:
    return PlanAdoption.objects.filter(contract=contract_id).order_by("-decided_on").first()


def plan_action_for(standing: Standing, pk: int) -> PlanAction:
    rows = PlanAction.objects.filter(contract__in=standing.contracts())
    return get_object_or_404(rows.select_related("contract"), pk=pk)
