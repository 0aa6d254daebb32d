"""The stops of the walking surveys, as pages read them."""

from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import Consultation, Gathering, SurveyPoint
from faubourg.consultation.states import PointState
from faubourg.contracts.rules import Standing

PAGE = 50


def points_for(standing: Standing) -> QuerySet[SurveyPoint]:
    """The stops of the walks this person reads."""
    seen = Consultation.objects.visible_to(standing).order_by()
    rows = SurveyPoint.objects.filter(gathering__consultation__in=seen)
    return rows.select_related("gathering__consultation__contract", "responsible", "photo")


def point_for(standing: Standing, pk: int) -> SurveyPoint:
    """One stop, or 404."""
    return get_object_or_404(points_for(standing), pk=pk)


def points_of(gathering: Gathering) -> QuerySet[SurveyPoint]:
    return gathering.points.select_related("responsible", "photo").order_by("position")


def page_of_points(
    standing: Standing, contract_id: int, *, state: str, late_on: date | None, number: str | None
) -> "Page[SurveyPoint]":
    """Every stop of a contract, what waits first, then by deadline."""
    rows = points_for(standing).filter(gathering__consultation__contract=contract_id)
    if state in PointState.values:
        rows = rows.filter(state=state)
    if late_on:
        rows = rows.filter(state=PointState.NOTED, due_on__lt=late_on)
    waits = Case(When(state=PointState.NOTED, then=Value(0)), default=Value(1))
    return Paginator(
        rows.order_by(waits, F("due_on").asc(nulls_last=True), "-gathering__held_on", "position"), PAGE
    ).get_page(number)
