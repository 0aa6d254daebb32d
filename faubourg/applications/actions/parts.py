"""Saving one part of the form. What stands goes to its column, the rest is kept exactly as typed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import rules
from faubourg.applications.actions.words import keep_words
from faubourg.applications.models import (
    Application,
    ApplicationTerritory,
    BudgetLine,
    FundingRequest,
    ProjectIndicator,
)
from faubourg.applications.permissions import can_edit
from faubourg.applications.queries import lock
from faubourg.applications.states import Part, State
from faubourg.calls.models import Envelope
from faubourg.contracts.models import Objective
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand

COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.PROJECT: ("title", "recurrence", "need", "description", "expected_results", "partners"),
    Part.AUDIENCE: ("audience", "participants_count", "place", "mainstream_sought", "relay_plan"),
    Part.SCHEDULE: ("starts_on", "ends_on", "is_multi_year", "schedule", "staff"),
    Part.BUDGET: (),
    Part.SIGNATURE: ("republican_pledge", "republican_pledge_signed_on", "is_up_to_date", "is_accurate"),
}
CLEARED_WHEN_WRONG = ("participants_count", "starts_on", "ends_on", "republican_pledge_signed_on")

Typed = Mapping[str, Mapping[str, list[str]]]
"""{field: {"typed": […], "why": […]}}: what does not stand, exactly as typed, and why."""


@dataclass(frozen=True)
class Seen:
    """What the writer had before their eyes: the version of the part, and the page it was shown on."""

    version: int
    page: str


class SavedMeanwhile(Exception):
    """Somebody saved this part after it was shown: nothing is overwritten."""

    def __init__(self, by: str, at: str, version: int) -> None:
        self.by, self.at, self.version = by, at, version
        super().__init__(f"{by} a modifié cette étape entre-temps.")


@transaction.atomic
def save_part(
    application: Application,
    part: str,
    values: Mapping[str, Any],
    *,
    actor: User,
    now: datetime,
    wrong: Typed | None = None,
    seen: Seen | None = None,
    is_autosave: bool = False,
) -> int:
    """Save what was written in one part; returns its new version.

    `values`: columns of the part, and "objectives" (ids), "indicators" [(label, target)], "residents"
    {neighbourhood id: count}, "lines" [(account, label, amount)], "asked" {envelope id: amount}. What is not
    named is left as it is.
    """
    lock(application)
    held = standing(actor, localdate(now))
    for verdict in (can_edit(held, application, part, rules.question_of(name)) for name in (*values, "")):
        demand(verdict)
    known = application.step_versions.get(part, {})
    version = int(known.get("version", 0))
    if seen is not None and seen.version != version and seen.page != known.get("page"):
        raise SavedMeanwhile(known.get("by", ""), known.get("at", ""), version)
    changes = _write_columns(application, Part(part), values, wrong or {})
    for name, save in RELATIONS.items():
        if name in values and (change := save(application, values[name])):
            changes[name] = change
    application.pending_input = {**application.pending_input, part: dict(wrong or {})}
    if not wrong:
        application.pending_input.pop(part)
    if not is_autosave:  # somebody has this part before their eyes, and says it is right
        application.to_confirm = {key: names for key, names in application.to_confirm.items() if key != part}
    application.step_versions = {
        **application.step_versions,
        part: {
            "version": version + 1,
            "by": actor.full_name,
            "by_id": actor.pk,
            "at": now.isoformat(),
            "page": seen.page if seen else "",
        },
    }
    application.saved_at, application.saved_by = now, actor
    application.save()
    if changes:
        keep_words(application)
    _note(application, Part(part), changes, actor, is_autosave)
    return version + 1


def _write_columns(
    application: Application, part: Part, values: Mapping[str, Any], wrong: Typed
) -> dict[str, Any]:
    changes = {}
    for name in COLUMNS[part]:
        before = getattr(application, name)
        if name in values:
            setattr(application, name, values[name])
        elif name in wrong and name in CLEARED_WHEN_WRONG:
            setattr(application, name, None)
        if getattr(application, name) != before:
            changes[name] = [before, getattr(application, name)]
    if application.starts_on and application.ends_on and application.ends_on < application.starts_on:
        raise Refusal({"ends_on": ["L'action finit avant d'avoir commencé : corrigez une date."]})
    application.search_text = rules.search_text(application.number, application.title)
    return changes


def _note(
    application: Application, part: Part, changes: dict[str, Any], actor: User, is_autosave: bool
) -> None:
    """Of a draft, the journal says who saved which part. Once filed, it says what changed."""
    if application.state == State.DRAFT:
        if is_autosave:
            return
        changes = {"part": str(part.label)}
    elif not changes:
        return
    else:
        changes = {name: _in_words(name, *values) for name, values in changes.items()}
    write(
        actor,
        "applications.save_part",
        application,
        contract_id=application.call.contract_id,
        changes=changes,
    )


def _in_words(name: str, before: Any, after: Any) -> list[Any]:
    """The journal is read by people: names where the form has keys, euros where it has numbers."""
    if name in _NAMED:
        names = {row.pk: str(row) for row in _NAMED[name].filter(pk__in=[*before, *after])}
        return [_say(before, names), _say(after, names)]
    if name == "lines":
        return [[f"{account} {label} : {format_euros(amount)}" for account, label, amount in lines]
                for lines in (before, after)]  # fmt: skip
    if name == "indicators":
        return [[f"{label} : {target}" for label, target in rows] for rows in (before, after)]
    return [before, after]


def _say(kept: Any, names: Mapping[int, str]) -> Any:
    if not isinstance(kept, Mapping):
        return [names[key] for key in kept]
    return {
        names[key]: format_euros(value) if isinstance(value, Decimal) else value
        for key, value in kept.items()
    }


_NAMED: dict[str, QuerySet[Any]] = {
    "objectives": Objective.objects.all(),
    "residents": Neighbourhood.objects.all(),
    "asked": Envelope.objects.select_related("funder"),
}
"""What the keys of an answer point to."""


# What hangs on the dossier -------------------------------------------------------------------------


def _save_objectives(application: Application, ids: Iterable[int]) -> list[Any] | None:
    before = sorted(application.objectives.values_list("pk", flat=True))
    after = sorted(set(ids))
    if before == after:
        return None
    application.objectives.set(after)
    return [before, after]


def _save_indicators(application: Application, rows: Iterable[tuple[str, str]]) -> list[Any] | None:
    before = list(application.indicators.values_list("label", "target"))
    after = [(label, target) for label, target in rows]
    if before == after:
        return None
    application.indicators.all().delete()
    ProjectIndicator.objects.bulk_create(
        ProjectIndicator(application=application, label=label, target=target, position=position)
        for position, (label, target) in enumerate(after)
    )
    return [before, after]


def _save_residents(application: Application, counts: Mapping[int, int | None]) -> list[Any] | None:
    """A neighbourhood without a number is not aimed at."""
    rows = application.territories.values_list("neighbourhood", "residents_count")
    before = dict(rows)
    after = {**before, **counts}
    after = {key: count for key, count in after.items() if count is not None}
    if before == after:
        return None
    application.territories.exclude(neighbourhood__in=after).delete()
    for key, count in after.items():
        if before.get(key) != count:
            ApplicationTerritory.objects.update_or_create(
                application=application, neighbourhood_id=key, defaults={"residents_count": count}
            )
    return [before, after]


def _save_lines(application: Application, rows: Iterable[tuple[str, str, Decimal]]) -> list[Any] | None:
    before = list(application.budget_lines.values_list("account", "label", "amount"))
    after = [(account, label, amount) for account, label, amount in rows]
    for account, _, amount in after:
        if rules.account_named(account) is None:
            raise Refusal({"lines": [f"Le compte {account} n'est pas au plan du Cerfa 12156."]})
        if amount < 0:
            raise Refusal({"lines": ["Un montant ne peut pas être négatif."]})
    if sorted(before) == sorted(after):
        return None
    application.budget_lines.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(
            application=application,
            side=_side_of(account),
            account=account,
            label=label,
            amount=amount,
            position=position,
        )
        for position, (account, label, amount) in enumerate(after)
    )
    return [before, after]


def _side_of(account: str) -> str:
    found = rules.account_named(account)
    return found.side if found else ""


def _save_asked(application: Application, amounts: Mapping[int, Decimal | None]) -> list[Any] | None:
    """One amount per funder of the call; no amount, or nothing, asks for nothing."""
    before = dict(application.funding_requests.values_list("envelope", "requested_amount"))
    after = {key: amount for key, amount in ({**before, **amounts}).items() if amount}
    if before == after:
        return None
    if strange := set(after) - set(application.call.envelopes.values_list("pk", flat=True)):
        raise Refusal({"asked": [f"Ce financeur n'est pas dans l'appel (enveloppe {min(strange)})."]})
    if any(amount < 0 for amount in after.values()):
        raise Refusal({"asked": ["Un montant demandé ne peut pas être négatif."]})
    application.funding_requests.exclude(envelope__in=after).delete()
    for key, amount in after.items():
        if before.get(key) != amount:
            FundingRequest.objects.update_or_create(
                application=application, envelope_id=key, defaults={"requested_amount": amount}
            )
    return [before, after]


RELATIONS: dict[str, Callable[[Application, Any], list[Any] | None]] = {
    "objectives": _save_objectives,
    "indicators": _save_indicators,
    "residents": _save_residents,
    "lines": _save_lines,
    "asked": _save_asked,
}
