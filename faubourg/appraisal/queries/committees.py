"""How full the programming committees of a call are (PRG-1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from faubourg.appraisal.models import TabledApplication
from faubourg.calls.models import Call


@dataclass(frozen=True)
class CommitteeLoad:
    """A committee, the dossiers of the call on its agendas, and the most it may look at (None: not set)."""

    name: str
    tabled: int
    most: int | None

    @property
    def is_over(self) -> bool:
        return self.most is not None and self.tabled > self.most


def committee_loads(call: Call) -> Sequence[CommitteeLoad]:
    """The committees with a gauge or with dossiers of this call: two queries."""
    counts = dict(
        TabledApplication.objects.filter(application__call=call, carried_over=False)
        .values("item__meeting__body__name")
        .annotate(number=Count("pk"))
        .values_list("item__meeting__body__name", "number")
    )
    gauges = {gauge.body.name: gauge.most_applications for gauge in call.gauges.select_related("body")}
    return [
        CommitteeLoad(name, counts.get(name, 0), gauges.get(name))
        for name in [*gauges, *sorted(set(counts) - set(gauges))]
    ]
