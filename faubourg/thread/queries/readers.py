"""Who reads the thread: the same thread, with what each may see of it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from faubourg.applications.models import Application
from faubourg.applications.permissions import can_take_part
from faubourg.applications.queries import applications_for
from faubourg.applications.states import State
from faubourg.consultation.models import Contribution
from faubourg.contracts.rules import Standing

STOPPED = (State.DRAFT, State.INADMISSIBLE, State.WITHDRAWN)


@dataclass(frozen=True)
class Reader:
    """The words and the dossiers somebody may read, and of which dossiers the decisions."""

    words: QuerySet[Contribution]
    applications: QuerySet[Application]
    sees_decisions: Callable[[Application], bool]


def seated(standing: Standing) -> Reader:
    """Someone with a role: whoever is tied to an applicant learns the decision by the letter (B2.5)."""
    return Reader(
        words=Contribution.objects.visible_to(standing),
        applications=applications_for(standing).exclude(state__in=STOPPED),
        sees_decisions=lambda one: bool(can_take_part(standing, one)) or one.state == State.NOTIFIED,
    )


def everyone() -> Reader:
    """Anybody: published words, and the actions whose applicant has been told (B2.5)."""
    notified = Application.objects.filter(state=State.NOTIFIED)
    return Reader(
        words=Contribution.objects.published(),
        applications=notified.select_related("call__contract__gip", "applicant"),
        sees_decisions=lambda one: True,
    )
