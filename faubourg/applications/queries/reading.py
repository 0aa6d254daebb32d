"""One dossier, for someone who may read it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from faubourg.applications import rules
from faubourg.applications.models import (
    Application,
    ApplicationPaper,
    ApplicationQuerySet,
    BudgetFile,
    ProjectWords,
)
from faubourg.applications.states import State
from faubourg.calls.models import Call, Envelope
from faubourg.calls.states import CallState
from faubourg.contracts.models import Contract, Objective, Signatory, TeamMember
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.directory.models import Organisation
from faubourg.toolkit.folding import among
from faubourg.toolkit.word_index import WordBegins

SIREN = 9
"""Digits from which a number names a structure: fewer are found in the SIRET of nearly every one."""

Elsewhere = Callable[[str], QuerySet[Any, Any]]
"""word → the keys of the dossiers of which something else has a word that begins so."""


def applications_for(standing: Standing) -> ApplicationQuerySet:
    """The dossiers this person may read, with their call and applicant."""
    return Application.objects.visible_to(standing).select_related("call__contract__gip", "applicant")


def matching(found: QuerySet[Application], typed: str, *elsewhere: Elsewhere) -> QuerySet[Application]:
    """The dossiers where each typed word is in the number, the title, the applicant's names or the project.

    What looks like the code of an objective ("1.2") asks for the dossiers that aim at it or under it. A
    number is not looked for in the texts, full of years. `elsewhere`: where else this reader may find a word.
    """
    codes, typed = rules.codes_of(typed)
    for code in codes:
        objectives = Objective.objects.filter(Q(code=code) | Q(code__startswith=f"{code}.")).values("pk")
        aims = Application.objectives.through.objects.filter(objective__in=objectives)
        found = found.filter(pk__in=aims.values("application"))
    for word in rules.words_of(typed):
        here = Q(search_text__contains=word)
        if not word.isdigit() or len(word) >= SIREN:
            here |= Q(applicant__in=among(Organisation.objects.all(), "search_text", word).values("pk"))
        if not word.isdigit():
            for place in (_in_the_project, *elsewhere):
                here |= Q(pk__in=place(word))
        found = found.filter(here)
    return found


def _in_the_project(word: str) -> QuerySet[Any, Any]:
    return ProjectWords.objects.filter(WordBegins(word)).values("application")


def application_for(standing: Standing, pk: int) -> Application:
    """One dossier, or 404 when this person may not read it."""
    return get_object_or_404(applications_for(standing), pk=pk)


def paper_for(standing: Standing, pk: int, paper_pk: int) -> ApplicationPaper:
    """One paper of a dossier this person may read, or 404."""
    papers = ApplicationPaper.objects.select_related(
        "document", "required_paper", "application__call", "application__applicant"
    )
    return get_object_or_404(
        papers.filter(application__in=applications_for(standing)), pk=paper_pk, application=pk
    )


def budget_file_for(standing: Standing, pk: int, file_pk: int) -> BudgetFile:
    """One workbook sent for a dossier of one's own organisation, or 404."""
    own = Application.objects.filter(applicant__in=standing.memberships)
    files = BudgetFile.objects.select_related("document", "application__call", "application__applicant")
    return get_object_or_404(files.filter(application__in=own), pk=file_pk, application=pk)


def call_to_extend(standing: Standing, call_pk: int) -> Call:
    """A call of the GIP's contracts, or 404."""
    calls = Call.objects.filter(contract__in=standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER))
    return get_object_or_404(calls.select_related("contract"), pk=call_pk)


def drafts_page(standing: Standing, call: Call, number: str | int | None) -> Page[Application]:
    """The drafts of a call, for the GIP: who began, when it was last saved. What they hold is not shown."""
    drafts = (
        Application.objects.filter(call=call, state=State.DRAFT)
        .filter(call__contract__in=standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER))
        .select_related("applicant")
        .only("title", "state", "saved_at", "created_at", "late_until", "late_reason", "is_assisted",
              "applicant__name",
              "applicant__short_name", "call")
        .order_by("-id")
    )  # fmt: skip
    return Paginator(drafts, 50).get_page(number)


def draft_for(standing: Standing, pk: int) -> Application:
    """A draft the GIP may let in late, or 404 (PRG-3)."""
    drafts = Application.objects.filter(
        call__contract__in=standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER), state=State.DRAFT
    )
    return get_object_or_404(drafts.select_related("call__contract", "applicant"), pk=pk)


def calls_to_start(today: date) -> list[Call]:
    """The calls one may answer today."""
    calls = Call.objects.filter(state=CallState.OPEN, opens_on__lte=today, closes_on__gte=today)
    return list(calls.select_related("contract").order_by("closes_on", "title"))


def call_to_start(pk: int) -> Call:
    """A call published, open or not: 404 while it is only being prepared. `can_start` says the rest."""
    return get_object_or_404(Call.objects.exclude(state=CallState.DRAFT).select_related("contract"), pk=pk)


def previous_applications(standing: Standing, call_pk: int | None, limit: int = 10) -> list[Application]:
    """The latest filed dossiers of one's organisations, for another call than this one."""
    filed = Application.objects.filed().filter(applicant__in=standing.memberships).exclude(call=call_pk)
    rows = filed.select_related("call", "applicant").only(
        "number", "title", "call__title", "call__year", "applicant__name", "applicant__short_name"
    )
    return list(rows.order_by("-submitted_at", "-id")[:limit])


def contracts_of(organisation_id: int) -> frozenset[int]:
    """The contracts where an organisation has begun a dossier, pays, signs or sits: one query."""
    links: list[QuerySet[Any, int]] = [
        Application.objects.filter(applicant=organisation_id).values_list("call__contract", flat=True),
        Envelope.objects.filter(funder=organisation_id).values_list("call__contract", flat=True),
        Signatory.objects.filter(organisation=organisation_id).values_list("contract", flat=True),
        TeamMember.objects.filter(organisation=organisation_id).values_list("contract", flat=True),
        Contract.objects.filter(Q(gip=organisation_id) | Q(epci=organisation_id)).values_list(
            "pk", flat=True
        ),
    ]
    first, *others = [link.order_by() for link in links]
    return frozenset(first.union(*others))


def organisations_to_start(standing: Standing) -> list[Organisation]:
    """The organisations in whose name this person may start a dossier."""
    return list(Organisation.objects.filter(pk__in=standing.memberships).order_by("name"))


def lock(application: Application) -> None:
    """Re-read the dossier under a row lock, inside the caller's transaction."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
