"""The training sessions of a contract, and how many came (CIT-6)."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import TrainingSession
from faubourg.contracts.rules import Standing

PAGE = 50


def page_of_trainings(contract_id: int, number: str | None) -> "Page[TrainingSession]":
    rows = TrainingSession.objects.filter(contract=contract_id).select_related("contract")
    return Paginator(rows.order_by("-held_on", "-pk"), PAGE).get_page(number)


def training_totals(contract_id: int) -> Mapping[str, Any]:
    """How many sessions, how many came by category: people who came twice count twice."""
    return TrainingSession.objects.filter(contract=contract_id).aggregate(
        sessions=Count("pk"), residents=Sum("residents"), elected=Sum("elected"),
        professionals=Sum("professionals"),
    )  # fmt: skip


def training_for(standing: Standing, pk: int) -> TrainingSession:
    """One session of a contract on which this person sits, or 404."""
    rows = TrainingSession.objects.filter(contract__in=standing.contracts())
    return get_object_or_404(rows.select_related("contract"), pk=pk)
