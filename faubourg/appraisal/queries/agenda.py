"""The agenda proposed to a committee: dossiers that are ready, its own first (PRG-6)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from faubourg.applications.models import Application
from faubourg.applications.states import State
from faubourg.appraisal.models import TabledApplication
from faubourg.appraisal.queries.meetings import awaiting_a_committee
from faubourg.appraisal.rules import Proposed, in_order
from faubourg.calls.models import CommitteeGauge
from faubourg.contracts.rules import Standing
from faubourg.governance.models import Meeting


@dataclass(frozen=True)
class Gauge:
    """How many dossiers of a call this committee may look at, and how many are on its agendas (PRG-1)."""

    call_id: int
    call: str
    most: int
    tabled: int

    def sentence(self, more: int) -> str:
        whole = self.tabled + more
        words = f"{self.call} : {self.tabled} sur {self.most} au plus ; {whole} avec les dossiers cochés."
        return f"{words} La jauge est dépassée." if whole > self.most else words


def proposed_for(standing: Standing, meeting: Meeting) -> list[Proposed[Application]]:
    """Every dossier this committee could look at, in the order of `rules.in_order`: three queries."""
    waiting = awaiting_a_committee(standing, meeting)
    themes = set(meeting.body.objectives.values_list("pk", "children__pk", "children__children__pk"))
    wanted = {pk for line in themes for pk in line if pk is not None}
    keys = [one.pk for one in waiting]
    aims = Application.objects.filter(pk__in=keys).order_by("objectives__position")
    objectives: dict[int, list[tuple[int, int]]] = {}
    for pk, objective, position in aims.values_list("pk", "objectives", "objectives__position"):
        if objective is not None:
            objectives.setdefault(pk, []).append((position, objective))
    return in_order(
        Proposed(
            thing=one,
            is_of_theme=any(pk in wanted for _, pk in objectives.get(one.pk, ())),
            is_of_place=one.is_of_place,  # type: ignore[attr-defined]
            came_back=one.came_back,  # type: ignore[attr-defined]
            rank=min(objectives.get(one.pk, ()), default=(10_000, 0)),
            applicant=str(one.applicant),
            number=one.number,
        )
        for one in waiting
    )


def not_ready_for(standing: Standing, meeting: Meeting) -> int:
    """Admissible dossiers of the committee's contracts that are still to be appraised."""
    contracts = [one.pk for one in meeting.body.contracts.all() if standing.sits_on(one.pk)]
    return Application.objects.filter(state=State.ADMISSIBLE, call__contract__in=contracts).count()


def gauges_of(meeting: Meeting, calls: Collection[int]) -> Sequence[Gauge]:
    """One query, whatever the number of calls."""
    on_agendas = TabledApplication.objects.filter(
        item__meeting__body=meeting.body_id, carried_over=False, application__call=OuterRef("call")
    )
    counted = on_agendas.order_by().values("application__call").annotate(number=Count("pk")).values("number")
    rows = CommitteeGauge.objects.filter(body=meeting.body_id, call__in=calls).select_related("call")
    rows = rows.annotate(tabled=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    return [Gauge(one.call_id, str(one.call), one.most_applications, one.tabled) for one in rows]
