"""The worklist: what awaits admissibility, appraisal, tabling; and the same as a few lines for home."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, DecimalField, OuterRef, QuerySet, Subquery, Sum

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.queries import matching
from faubourg.applications.states import State
from faubourg.appraisal.models import Appraisal
from faubourg.calls.models import Call
from faubourg.contracts.rules import Standing

PAGE = 50
STAGES = {
    State.SUBMITTED: "Recevabilité à dire",
    State.INCOMPLETE: "Complément attendu du porteur",
    State.ADMISSIBLE: "À instruire",
    State.APPRAISED: "À inscrire en comité",
    State.TABLED: "Inscrits en comité",
    State.REVIEWED: "Avis rendu",
}
AWAITING = (State.SUBMITTED, State.ADMISSIBLE, State.APPRAISED)


@dataclass(frozen=True)
class Filters:
    """What the address of the worklist asks for; nothing asked is everything not decided yet."""

    call: int | None = None
    state: str = ""
    mine: bool = False
    words: str = ""


def worklist(standing: Standing, filters: Filters, number: str | None) -> Page[Application]:
    """Filed dossiers of one's contracts with `officer` and `requested_amount`, fifty to a page."""
    found = _under_way(standing)
    if filters.call:
        found = found.filter(call=filters.call)
    if filters.state in STAGES:
        found = found.filter(state=filters.state)
    if filters.mine:
        mine = Appraisal.objects.filter(case_officer=standing.user_id)
        found = found.filter(pk__in=mine.values("application"))
    found = matching(found, filters.words)
    officer = Appraisal.objects.filter(application=OuterRef("pk")).values("case_officer__full_name")
    asked = FundingRequest.objects.filter(application=OuterRef("pk")).order_by().values("application")
    total = asked.annotate(total=Sum("requested_amount")).values("total")
    rows: QuerySet[Application] = (
        found.select_related("call", "applicant")
        .only(
            "number", "title", "state", "submitted_at",
            "call__title", "call__year", "call__contract", "applicant__name", "applicant__short_name",
        )
        .annotate(
            officer=Subquery(officer[:1]),
            requested_amount=Subquery(total, output_field=DecimalField(max_digits=14, decimal_places=2)),
        )
        .order_by("submitted_at", "pk")
    )  # fmt: skip
    return Paginator(rows, PAGE).get_page(number)


def choices(standing: Standing) -> tuple[list[Call], dict[str, int]]:
    """The calls one may filter by, and how many dossiers wait at each stage."""
    calls = Call.objects.filter(contract__in=standing.contracts()).only("title", "year")
    counts = _under_way(standing).order_by().values_list("state").annotate(number=Count("pk"))
    return list(calls), dict(counts)


def _under_way(standing: Standing) -> QuerySet[Application]:
    return Application.objects.filed().filter(call__contract__in=standing.contracts(), state__in=STAGES)
