"""What the money of one dossier, or of a whole call, hangs on: objectives, themes, neighbourhoods (FIN-1)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from faubourg.applications.models import Application, ApplicationTerritory
from faubourg.awards.rules import Axes
from faubourg.calls.models import Call, Envelope
from faubourg.calls.states import FundingLine
from faubourg.contracts.states import Theme

Names = Mapping[int, Sequence[str]]
"""{dossier: what it touches}; a dossier that touches nothing is not in it."""


@dataclass(frozen=True)
class Attachments:
    """What some dossiers touch, read together."""

    objectives: Names
    themes: Names
    neighbourhoods: Names

    def axes(self, call: Call, application_id: int, *, line: str, funder: str, is_multi_year: bool) -> Axes:
        """The nine axes of what one of these dossiers asks of one funder, on one line of credits."""
        return Axes(
            year=call.year,
            contract=call.contract.name,
            neighbourhoods=self.neighbourhoods.get(application_id, ()),
            objectives=[label.split(" ", 1)[0] for label in self.objectives.get(application_id, ())],
            themes=self.themes.get(application_id, ()),
            scheme=str(FundingLine(line).label),
            funder=funder,
            is_multi_year=is_multi_year,
        )


def attachments_of(applications: QuerySet[Application]) -> Attachments:
    """Two queries, however many dossiers."""
    objectives, themes = _objectives_and_themes(applications)
    return Attachments(objectives, themes, _neighbourhoods(applications))


def axes_of(application: Application, envelope: Envelope) -> Axes:
    """The nine axes of what one dossier asks of one funder."""
    return attachments_of(Application.objects.filter(pk=application.pk)).axes(
        application.call,
        application.pk,
        line=envelope.line,
        funder=envelope.funder.name,
        is_multi_year=application.is_multi_year,
    )


def _objectives_and_themes(applications: QuerySet[Application]) -> tuple[Names, Names]:
    """({dossier: "1.1 Plus vert"}, {dossier: themes}); an objective without a theme takes its parent's."""
    rows = (
        applications.filter(objectives__isnull=False)
        .order_by("objectives__position")
        .values_list(
            "pk",
            "objectives__code",
            "objectives__label",
            "objectives__themes",
            "objectives__parent__themes",
            "objectives__parent__parent__themes",
        )
    )
    objectives: dict[int, list[str]] = defaultdict(list)
    themes: dict[int, list[str]] = defaultdict(list)
    for key, code, label, own, parents, grandparents in rows:
        objectives[key].append(f"{code} {label}")
        for theme in own or parents or grandparents or ():
            name = str(Theme(theme).label)
            if name not in themes[key]:
                themes[key].append(name)
    return objectives, themes


def _neighbourhoods(applications: QuerySet[Application]) -> Names:
    """{dossier: the neighbourhoods where it means to reach somebody}."""
    found: dict[int, list[str]] = defaultdict(list)
    aimed_at = ApplicationTerritory.objects.filter(application__in=applications, residents_count__gt=0)
    for application, name in aimed_at.order_by("neighbourhood__name", "pk").values_list(
        "application", "neighbourhood__name"
    ):
        found[application].append(name)
    return found
