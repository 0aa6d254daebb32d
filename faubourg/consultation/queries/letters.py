"""What councils wrote, as pages read it: the register of a contract, one letter, what it still asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404

from faubourg.consultation.models import KEEPERS, CitizenCouncil, CouncilLetter, own_councils
from faubourg.consultation.rules import still_to_do
from faubourg.consultation.states import FollowUpKind, LetterKind, LetterState
from faubourg.contracts.models import Parameter
from faubourg.contracts.queries import parameter
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind

PAGE = 50
LATE = "late"
ANSWER_DAYS = "conseil.reponse_delai"
"""Code of the contract's parameter: the days in which a council is answered (CIT-3)."""


@dataclass(frozen=True)
class LetterFilters:
    """What the address asks for; what it cannot ask for counts for nothing."""

    council: int | None = None
    state: str = ""
    late_on: date | None = None


def councils_to_write_for(standing: Standing) -> QuerySet[CitizenCouncil]:
    """One's own; all of them for the team, which types what comes on paper."""
    mine = Q(organisation__in=own_councils(standing)) | Q(contract__in=standing.contracts(*KEEPERS))
    rows = CitizenCouncil.objects.filter(mine).select_related("organisation")
    return rows.order_by(F("neighbourhood").asc(nulls_last=True), "organisation__name")


def councils_in_register(standing: Standing) -> QuerySet[CitizenCouncil]:
    """To choose from."""
    rows = CitizenCouncil.objects.filter(contract__in=standing.contracts())
    return rows.select_related("organisation").order_by("organisation__name")


def page_of_letters(standing: Standing, filters: LetterFilters, number: str | None) -> "Page[CouncilLetter]":
    """What waits for an answer first, by deadline; then the others, latest first."""
    rows = CouncilLetter.objects.visible_to(standing)
    if filters.council:
        rows = rows.filter(council=filters.council)
    if filters.state in LetterState.values:
        rows = rows.filter(state=filters.state)
    if filters.late_on:
        rows = rows.filter(state=LetterState.RECEIVED, due_on__lt=filters.late_on)
    waits = Case(When(state=LetterState.RECEIVED, then=F("due_on")))
    rows = rows.select_related("council__organisation")
    return Paginator(rows.order_by(waits.asc(nulls_last=True), "-received_on", "-pk"), PAGE).get_page(number)


def letter_for(standing: Standing, pk: int) -> CouncilLetter:
    """One letter, or 404 when this person may not read it."""
    rows = CouncilLetter.objects.visible_to(standing).select_related(
        "council__organisation", "council__contract", "written_by", "answered_by"
    )
    return get_object_or_404(rows, pk=pk)


def answer_delay(letter: CouncilLetter) -> Parameter | None:
    """The figure its deadline comes from, to say its source and how sure it is."""
    return parameter(letter.council.contract_id, ANSWER_DAYS, letter.received_on)


def not_told_of(letter: CouncilLetter) -> QuerySet[Organisation]:
    """The signatories to whom a referral was not passed on; the State is the one who received it."""
    signatories = letter.council.contract.signatories.values("organisation")
    told = letter.copies.values("organisation")
    rows = Organisation.objects.filter(pk__in=signatories).exclude(pk__in=told)
    return rows.exclude(kind=OrganisationKind.STATE).order_by("name")


def left_to_do(letter: CouncilLetter, not_told: Sequence[Organisation] | QuerySet[Organisation]) -> list[str]:
    on_agenda = letter.steps.filter(kind=FollowUpKind.AGENDA).exists()
    return still_to_do([str(one) for one in not_told], is_on_agenda=on_agenda)


def letters_to_answer(standing: Standing, today: date) -> Any:
    """("late" or "received", how many) wait for this person: all for the team, referrals for the delegate."""
    mine = Q(council__contract__in=standing.contracts(*KEEPERS))
    mine |= Q(council__contract__in=standing.contracts(Role.PREFECT_DELEGATE), kind=LetterKind.REFERRAL)
    when = Case(When(due_on__lt=today, then=Value(LATE)), default=Value(LetterState.RECEIVED.value))
    rows = CouncilLetter.objects.filter(mine, state=LetterState.RECEIVED).order_by().annotate(when=when)
    return rows.values_list("when").annotate(counted=Count("pk"))
