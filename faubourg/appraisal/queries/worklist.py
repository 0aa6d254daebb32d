"""The worklist: every filed dossier of one's contracts, filtered, sorted, in the columns one chooses.

A page is read in two steps, the ids from a narrow index and then their rows, as the other lists of dossiers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum

from faubourg.accounts.models import User
from faubourg.applications import queries as dossiers
from faubourg.applications.models import (
    Application,
    ApplicationQuerySet,
    ApplicationTerritory,
    FundingRequest,
)
from faubourg.applications.states import State
from faubourg.appraisal.models import Appraisal, FundingProposal, NoteWords, SavedView, StandAside
from faubourg.appraisal.states import Stance
from faubourg.calls.models import Call
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import GIP_ROLES
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.word_index import WordBegins

PAGE = 50
EXPORTED = 20_000
"""Rows of one workbook: beyond, filter first."""
STAGES = {
    State.SUBMITTED: "Recevabilité à dire",
    State.INCOMPLETE: "Complément attendu du porteur",
    State.ADMISSIBLE: "À instruire",
    State.APPRAISED: "À inscrire en comité",
    State.TABLED: "Inscrits en comité",
    State.REVIEWED: "Avis rendu",
}
EVERY_STATE = "tous"
SORTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "anciens": ("Premiers déposés", ("submitted_at", "pk")),
    "recents": ("Derniers déposés", ("-submitted_at", "-pk")),
    "intitule": ("Intitulé", ("title", "pk")),
}
COLUMNS: Mapping[str, str] = {
    "porteur": "Porteur",
    "commune": "Commune du porteur",
    "appel": "Appel à projets",
    "objectifs": "Objectifs",
    "quartiers": "Quartiers",
    "financeurs": "Financeurs",
    "depot": "Déposé le",
    "demande": "Demandé",
    "propose": "Proposé",
    "recommandation": "Recommandation",
    "instructeur": "Instructeur",
    "etat": "État",
}
NOTES = ("propose", "recommandation")
"""Columns kept from whoever is tied to the applicant (PRG-7)."""
USUAL = ("porteur", "depot", "demande", "instructeur", "etat")


@dataclass(frozen=True)
class Filters:
    """What the address of the worklist asks for; nothing asked is everything not decided yet."""

    call: int | None = None
    state: str = ""
    mine: bool = False
    words: str = ""
    objective: int | None = None
    neighbourhood: int | None = None
    funder: int | None = None
    sort: str = "anciens"
    columns: tuple[str, ...] = USUAL

    @classmethod
    def asked(cls, typed: Any) -> "Filters":
        """Read an address; what it asks wrongly is left out."""
        columns = tuple(name for name in COLUMNS if name in typed.getlist("col"))
        return cls(
            call=read_key(typed.get("appel")),
            state=typed.get("etat", ""),
            mine=typed.get("moi") == "1",
            words=typed.get("q", "").strip()[:100],
            objective=read_key(typed.get("objectif")),
            neighbourhood=read_key(typed.get("quartier")),
            funder=read_key(typed.get("financeur")),
            sort=typed.get("tri") if typed.get("tri") in SORTS else "anciens",
            columns=columns or USUAL,
        )


@dataclass(frozen=True)
class Row:
    """A dossier and what its columns say, as values: an amount is a Decimal, a day a date."""

    application: Application
    cells: Sequence[tuple[str, Any]]
    is_aside: bool


def worklist(standing: Standing, filters: Filters, number: str | None) -> Page[Row]:
    """Fifty filed dossiers of one's contracts, in the columns asked."""
    ids: Any = _found(standing, filters).values_list("pk", flat=True)
    if filters.words:  # one reading of the index rather than one to count and one to turn the page
        ids = list(ids)
    page: Page[Any] = Paginator(ids, PAGE).get_page(number)
    page.object_list = rows_of(standing, list(page.object_list), filters.columns)
    return page


def exported(standing: Standing, filters: Filters) -> list[Row]:
    """All of it, for a workbook."""
    ids = list(_found(standing, filters).values_list("pk", flat=True)[:EXPORTED])
    return [
        row
        for start in range(0, len(ids), 2000)
        for row in rows_of(standing, ids[start : start + 2000], filters.columns)
    ]


def rows_of(standing: Standing, ids: Sequence[int], columns: Sequence[str] = ()) -> list[Row]:
    """These dossiers in this order; a fixed number of queries, only those the columns need."""
    found = {row.pk: row for row in _rows(ids)}
    lists = {name: _LISTED[name](ids) for name in columns if name in _LISTED}
    return [_row(standing, found[pk], columns, lists) for pk in ids if pk in found]


def _row(
    standing: Standing, one: Application, columns: Sequence[str], lists: Mapping[str, Mapping[int, str]]
) -> Row:
    is_aside = standing.is_tied_to(one.applicant_id)
    cells = [
        (
            name,
            "" if is_aside and name in NOTES else lists[name][one.pk] if name in lists else _SHOWN[name](one),
        )
        for name in columns
    ]
    return Row(one, cells, is_aside)


def visible_rows(standing: Standing, ids: Sequence[int]) -> list[Row]:
    """Those of these dossiers one may read, whole, to act on them."""
    seen = dossiers.applications_for(standing).filed().filter(pk__in=ids)
    found = {one.pk: one for one in seen}
    return [Row(found[pk], (), standing.is_tied_to(found[pk].applicant_id)) for pk in ids if pk in found]


def choices(standing: Standing, call: int | None) -> tuple[dossiers.Choices, dict[str, int]]:
    """What one may filter by, and how many dossiers wait at each stage; objectives come with a call."""
    calls = Call.objects.filter(contract__in=standing.contracts()).only("title", "year")
    found = dossiers.choices_for(standing, call) if call else dossiers.Choices(list(calls), None)
    counts = _under_way(standing).order_by().values_list("state").annotate(number=Count("pk"))
    return found, dict(counts)


def views_for(standing: Standing) -> list[SavedView]:
    """One's own saved views, and those shown to a team one belongs to."""
    shown = Q(owner=standing.user_id) | Q(contract__in=standing.contracts(*GIP_ROLES))
    return list(SavedView.objects.filter(shown).select_related("owner"))


def view_of(user: User, pk: int) -> QuerySet[SavedView]:
    """One of this person's own views; nothing when it is somebody else's."""
    return SavedView.objects.filter(owner=user, pk=pk)


# --------------------------------------------------------------------------------------------------


def _found(standing: Standing, filters: Filters) -> ApplicationQuerySet:
    found = Application.objects.filed().filter(call__in=_calls(standing))
    if filters.state != EVERY_STATE and filters.state not in State.values:
        found = found.filter(state__in=STAGES)
    if filters.call:
        found = found.filter(call=filters.call)
    if filters.mine:
        mine = Appraisal.objects.filter(case_officer=standing.user_id)
        found = found.filter(pk__in=mine.values("application"))
    asked = dossiers.Filters(
        state=filters.state if filters.state in State.values else "",
        objective=filters.objective,
        neighbourhood=filters.neighbourhood,
        funder=filters.funder,
        words=filters.words,
    )
    return dossiers.narrowed(found, asked, _in_the_notes(standing)).order_by(*SORTS[filters.sort][1])


def _in_the_notes(standing: Standing) -> Callable[[str], QuerySet[Any, Any]]:
    """By the notes of a dossier, only whoever may read them finds it (PRG-7)."""
    kept_away = Q(application__applicant__in=standing.ties) | Q(
        application__in=StandAside.objects.filter(attendance__user=standing.user_id).values(
            "tabled__application"
        )
    )
    readable = NoteWords.objects.exclude(kept_away)
    return lambda word: readable.filter(WordBegins(word)).values("application")


def _calls(standing: Standing) -> QuerySet[Call, int]:
    """By their calls, dossiers are read from the indexes that begin with the call."""
    return Call.objects.filter(contract__in=standing.contracts()).order_by().values_list("pk", flat=True)


def _under_way(standing: Standing) -> QuerySet[Application]:
    return Application.objects.filed().filter(call__in=_calls(standing), state__in=STAGES)


def _rows(ids: Sequence[int]) -> QuerySet[Application]:
    """What the columns show of a dossier; its long texts stay in the database."""
    sheet = Appraisal.objects.filter(application=OuterRef("pk"))
    return (
        Application.objects.filter(pk__in=ids)
        .select_related("call", "applicant")
        .only(
            "number", "title", "state", "submitted_at", "call__title", "call__year", "call__contract",
            "applicant__name", "applicant__short_name", "applicant__town",
        )
        .annotate(
            officer=Subquery(sheet.values("case_officer__full_name")[:1]),
            recommendation=Subquery(sheet.values("recommendation")[:1]),
            requested_amount=_sum(FundingRequest, "requested_amount"),
            proposed_amount=_sum(FundingProposal, "proposed_amount"),
        )
    )  # fmt: skip


def _sum(model: type[FundingRequest] | type[FundingProposal], name: str) -> Subquery:
    amounts = model.objects.filter(application=OuterRef("pk")).order_by().values("application")
    total = amounts.annotate(total=Sum(name)).values("total")
    return Subquery(total, output_field=DecimalField(max_digits=14, decimal_places=2))


_SHOWN: Mapping[str, Callable[[Any], Any]] = {
    "porteur": lambda one: str(one.applicant),
    "commune": lambda one: one.applicant.town,
    "appel": lambda one: str(one.call),
    "depot": lambda one: one.submitted_at,
    "demande": lambda one: one.requested_amount,
    "propose": lambda one: one.proposed_amount,
    "recommandation": lambda one: Stance(one.recommendation).label if one.recommendation else "",
    "instructeur": lambda one: one.officer or "",
    "etat": lambda one: one.get_state_display(),
}


def _grouped(pairs: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    found: dict[int, list[str]] = defaultdict(list)
    for application, name in pairs:
        found[application].append(name)
    return defaultdict(str, {key: ", ".join(names) for key, names in found.items()})


def _objectives(ids: Sequence[int]) -> Mapping[int, str]:
    aims = Application.objectives.through.objects.filter(application__in=ids)
    return _grouped(aims.order_by("objective__position").values_list("application", "objective__code"))


def _neighbourhoods(ids: Sequence[int]) -> Mapping[int, str]:
    aims = ApplicationTerritory.objects.filter(application__in=ids).order_by("neighbourhood__kind", "id")
    return _grouped(aims.values_list("application", "neighbourhood__name"))


def _funders(ids: Sequence[int]) -> Mapping[int, str]:
    asked = FundingRequest.objects.filter(application__in=ids).order_by("envelope__position", "id")
    asked = asked.select_related("envelope__funder")
    return _grouped((one.application_id, str(one.envelope)) for one in asked)


_LISTED: Mapping[str, Callable[[Sequence[int]], Mapping[int, str]]] = {
    "objectifs": _objectives,
    "quartiers": _neighbourhoods,
    "financeurs": _funders,
}
