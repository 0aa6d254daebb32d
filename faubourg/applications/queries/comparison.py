"""A dossier beside the one it was begun from: texts, numbers, budget, what each funder is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from faubourg.applications import rules
from faubourg.applications.models import Application, ApplicationTerritory, FundingRequest
from faubourg.applications.queries.answers import asked_from, budget
from faubourg.applications.states import Side
from faubourg.calls.models import Call
from faubourg.toolkit.days import format_day
from faubourg.toolkit.money import format_euros

TEXTS = (
    "title", "recurrence", "need", "description", "expected_results", "partners", "audience", "place",
    "mainstream_sought", "relay_plan", "schedule", "staff",
)  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """What changed since `source`. `asked` is by the name of the funder and its line of credits."""

    source: Application
    texts: Sequence[rules.Change]
    figures: Sequence[rules.Change]
    expenses: Sequence[rules.AmountChange]
    incomes: Sequence[rules.AmountChange]
    asked: Sequence[rules.AmountChange]
    left_out: Sequence[str]


def comparison(source: Application, application: Application) -> Comparison:
    """The two dossiers side by side, read together: a constant number of queries."""
    asked = Prefetch("funding_requests", FundingRequest.objects.select_related("envelope__funder"))
    aimed_at = Prefetch("territories", ApplicationTerritory.objects.select_related("neighbourhood"))
    prefetch_related_objects(
        [source, application], "objectives", "indicators", "budget_lines", aimed_at, asked
    )
    then, now = _budget(source), _budget(application)
    return Comparison(
        source=source,
        texts=rules.changes(_texts(source), _texts(application)),
        figures=rules.changes(_figures(source), _figures(application)),
        expenses=rules.amounts(rules.accounts(then, Side.EXPENSE), rules.accounts(now, Side.EXPENSE)),
        incomes=rules.amounts(rules.accounts(then, Side.INCOME), rules.accounts(now, Side.INCOME)),
        asked=rules.amounts(_asked(then), _asked(now)),
        left_out=left_out(source, application.call),
    )


def left_out(source: Application, call: Call) -> list[str]:
    """What this call no longer offers, and so is not taken over from the old dossier."""
    objectives = set(call.objectives.values_list("pk", flat=True))
    places = set(call.neighbourhoods.values_list("pk", flat=True))
    offered = set(call.envelopes.values_list("funder", "line"))
    return [
        *(
            f"L'objectif « {one} » n'est pas ouvert dans cet appel."
            for one in source.objectives.all()
            if one.pk not in objectives
        ),
        *(
            f"« {one.neighbourhood.name} » n'est pas ouvert dans cet appel : ses habitants ne comptent pas."
            for one in source.territories.all()
            if one.neighbourhood_id not in places
        ),
        *(
            f"{one.envelope} n'est pas financeur de cet appel : les {format_euros(one.requested_amount)} "
            "qui lui étaient demandés ne sont pas repris, trouvez-les ailleurs."
            for one in source.funding_requests.all()
            if (one.envelope.funder_id, one.envelope.line) not in offered
        ),
    ]


def _budget(application: Application) -> rules.Budget:
    asked = [asked_from(one.envelope, one.requested_amount) for one in application.funding_requests.all()]
    return budget(application, asked)


def _texts(application: Application) -> dict[str, object]:
    found = {_label(name): getattr(application, name) for name in TEXTS}
    found[_label("recurrence")] = application.get_recurrence_display()
    objectives: list[Any] = list(application.objectives.all())
    found["objectifs du contrat"] = "\n".join(sorted(str(one) for one in objectives))
    indicators = application.indicators.all()
    found["indicateurs"] = "\n".join(f"{one.label} : {one.target}" for one in indicators)
    return found


def _label(name: str) -> str:
    return str(getattr(Application._meta.get_field(name), "verbose_name", name))


def _figures(application: Application) -> dict[str, object]:
    starts_on, ends_on = application.starts_on, application.ends_on
    return {
        "participants": application.participants_count,
        **{
            f"habitants : {one.neighbourhood.name}": one.residents_count
            for one in application.territories.all()
        },
        "premier jour": starts_on and format_day(starts_on),
        "dernier jour": ends_on and format_day(ends_on),
    }


def _asked(found: rules.Budget) -> Mapping[str, Decimal]:
    return {one.funder: one.amount for one in found.asked}
