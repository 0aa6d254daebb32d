"""What waits for a person in the decisions, the validation and the letters (home page)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import State
from faubourg.awards.models import AwardNotice
from faubourg.awards.states import FundingOutcome
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.messaging.models import Message
from faubourg.messaging.states import MessageState


@dataclass(frozen=True)
class Todo:
    """One line of "À faire": one click from the act."""

    label: str
    url: str
    count: int
    due_on: date | None = None


def todo(standing: Standing, today: date) -> list[Todo]:
    """Decisions my funder still owes, dossiers to validate, letters to prepare, to read, or that failed."""
    return [*_decisions(standing), *_validations(standing), *_letters(standing)]


def _decisions(standing: Standing) -> Iterator[Todo]:
    seats = [seat for seat in standing.seats if seat.role == Role.FUNDER_DECIDER]
    if not seats:
        return
    mine = Q()
    for seat in seats:
        mine |= Q(application__call__contract=seat.contract_id, envelope__funder=seat.organisation_id)
    waiting = FundingRequest.objects.filter(mine, application__state=State.REVIEWED).filter(
        Q(decision__isnull=True) | Q(decision__outcome=FundingOutcome.DEFERRED)
    )
    free = waiting.exclude(application__applicant__in=[*standing.memberships, *standing.interests])
    for call, title, count in _by_call(free.values_list("application__call", "application__call__title")):
        url = reverse("awards:programme", args=[call]) + "?a-decider=1"
        yield Todo(f"Décisions à rendre · {title}", url, count)


def _validations(standing: Standing) -> Iterator[Todo]:
    mine = Application.objects.filter(call__contract__in=_team_contracts(standing))
    for call, title, count in _by_call(mine.filter(state=State.DECIDED).values_list("call", "call__title")):
        yield Todo(f"Dossiers à valider en COPIL · {title}", reverse("awards:validate", args=[call]), count)
    written = AwardNotice.objects.exclude(message__state=MessageState.DISCARDED).values("application")
    bare = mine.filter(state=State.VALIDATED).exclude(pk__in=written)
    for call, title, count in _by_call(bare.values_list("call", "call__title")):
        yield Todo(f"Lettres à préparer · {title}", reverse("awards:notices", args=[call]), count)


def _letters(standing: Standing) -> Iterator[Todo]:
    letters = Message.objects.filter(contract_id__in=_team_contracts(standing))
    counts = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    for state, label in (
        (MessageState.TO_REVIEW, "Courriels à relire"),
        (MessageState.FAILED, "Envois en échec"),
    ):
        if counts.get(state):
            yield Todo(label, f"{reverse('awards:outbox')}?etat={state}", counts[state])


def _team_contracts(standing: Standing) -> frozenset[int]:
    return standing.contracts(Role.GIP_DIRECTOR, Role.GIP_OFFICER)


def _by_call(rows: Any) -> Iterable[tuple[int, str, int]]:
    """(call, its title, number of rows) from rows of (call, title)."""
    found: Iterable[tuple[int, str, int]] = rows.annotate(Count("pk")).order_by()
    return found
