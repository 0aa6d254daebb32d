"""Begin a dossier from another one: last year's objectives, texts, public and budget as a base."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications import rules
from faubourg.applications.actions.life import draft
from faubourg.applications.actions.parts import COLUMNS, RELATIONS
from faubourg.applications.actions.words import keep_words
from faubourg.applications.models import Application
from faubourg.applications.permissions import can_duplicate, can_start
from faubourg.applications.queries import lock
from faubourg.applications.states import Part, Recurrence, State
from faubourg.calls.models import Call
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@transaction.atomic
def duplicate(
    source: Application, call: Call, *, actor: User, title: str, parts: Collection[str], now: datetime
) -> Application:
    """A draft on this call with the answers of `source` in these parts; asked twice, the same draft."""
    lock(source)
    held = standing(actor, localdate(now))
    demand(can_duplicate(held, source))
    kept = Application.objects.filter(copied_from=source, call=call).exclude(state=State.WITHDRAWN).first()
    if kept is not None:
        return kept
    demand(can_start(held, call, source.applicant, localdate(now)))
    if call.pk == source.call_id:
        raise Refusal({"call": ["Ce dossier répond déjà à cet appel : choisissez-en un autre."]})
    values = {name: value for name, value in _answers(source, call).items() if name in rules.copied(parts)}
    columns = {name: values.pop(name) for part in Part for name in COLUMNS.get(part, ()) if name in values}
    columns.pop("title", None)
    given = [name for name, value in {**columns, **values}.items() if value]
    copy = draft(
        call,
        source.applicant,
        actor=actor,
        title=title,
        now=now,
        **{**columns, "recurrence": _recurrence(source)},
        copied_from=source,
        to_confirm=rules.to_confirm(given),
    )
    for name, value in values.items():
        RELATIONS[name](copy, value)
    keep_words(copy)
    write(
        actor,
        "applications.duplicate",
        copy,
        contract_id=call.contract_id,
        changes={"copied_from": ["", str(source)], "call": str(call)},
    )
    return copy


def _answers(source: Application, call: Call) -> dict[str, Any]:
    """Everything the old dossier says that still makes sense in this call, by the name of its question."""
    places = call.neighbourhoods.values("pk")
    return {
        **{name: getattr(source, name) for part in COLUMNS for name in COLUMNS[part]},
        "objectives": [one.pk for one in source.objectives.filter(pk__in=call.objectives.values("pk"))],
        "indicators": list(source.indicators.values_list("label", "target")),
        "residents": {
            one.neighbourhood_id: one.residents_count
            for one in source.territories.filter(neighbourhood__in=places)
        },
        "lines": [
            (account, label, amount)
            for account, label, amount in source.budget_lines.values_list("account", "label", "amount")
            if rules.account_named(account)
        ],
        "asked": _asked(source, call),
    }


def _asked(source: Application, call: Call) -> dict[int, Decimal]:
    """What was asked, on this call's envelopes of the same funder and line; the rest is not taken over."""
    requests = source.funding_requests.select_related("envelope")
    then = {one.envelope_id: (one.envelope.funder_id, one.envelope.line) for one in requests}
    now = {one.pk: (one.funder_id, one.line) for one in call.envelopes.all()}
    same = rules.same_envelopes(then, now)
    return {same[one.envelope_id]: one.requested_amount for one in requests if one.envelope_id in same}


def _recurrence(source: Application) -> str:
    """What was filed once and is asked again is a renewal."""
    return Recurrence.RENEWAL if source.submitted_at else source.recurrence
