"""What each funder puts in a call."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.calls.actions.sections import KEPT_SINCE_OPENING, Row, begin, finish, refuse_stale
from faubourg.calls.models import Call, Envelope
from faubourg.calls.permissions import can_set_envelope
from faubourg.calls.queries import envelopes_of, lock
from faubourg.contracts.queries import standing
from faubourg.toolkit.changes import Changes
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def edit_envelopes(
    call: Call, *, actor: User, now: datetime, envelopes: Sequence[Row], version: int | None = None
) -> bool:
    """The table of envelopes: rows of id, funder, line, amount (None: to be confirmed).

    Once the call is open, envelopes are only added and keep their funder and line: dossiers ask for them.
    """
    begin(call, actor, version, now)
    pairs = [(row["funder"], row["line"]) for row in envelopes]
    if len(set(pairs)) < len(pairs):
        raise Refusal(
            "Un financeur figure deux fois sur la même ligne de crédits : réunissez les deux montants."
        )
    existing = {envelope.pk: envelope for envelope in envelopes_of(call)}
    kept = {row.get("id"): row for row in envelopes}
    removed = [envelope for pk, envelope in existing.items() if pk not in kept]
    moved = [
        envelope
        for pk, envelope in existing.items()
        if pk in kept and (kept[pk]["funder"], kept[pk]["line"]) != (envelope.funder, envelope.line)
    ]
    if not call.is_draft:
        refuse_if({"": [KEPT_SINCE_OPENING.format(f"l'enveloppe « {one} »") for one in [*removed, *moved]]})
    before = {str(envelope): envelope.amount for envelope in existing.values()}
    for envelope in [*removed, *moved]:
        envelope.delete()  # a moved one comes back below: two that swap their lines would collide
    changes = _amounts(before, _save(call, existing, envelopes, gone={one.pk for one in [*removed, *moved]}))
    return finish(call, actor, changes, "calls.set_envelope")


@transaction.atomic
def set_envelope(
    envelope: Envelope, *, actor: User, amount: Decimal | None, now: datetime, version: int | None = None
) -> bool:
    """The amount of one envelope; None puts it back to be confirmed. Journalled from what to what."""
    call = envelope.call
    lock(call)
    demand(can_set_envelope(standing(actor, localdate(now)), envelope))
    refuse_stale(call, version)
    envelope.refresh_from_db()
    before, envelope.amount = envelope.amount, amount
    envelope.save(update_fields=["amount"])
    return finish(
        call, actor, _amounts({str(envelope): before}, {str(envelope): amount}), "calls.set_envelope"
    )


def _save(
    call: Call, existing: dict[int, Envelope], rows: Sequence[Row], gone: set[int]
) -> dict[str, Decimal | None]:
    after = {}
    for position, row in enumerate(rows):
        pk = row.get("id")
        envelope = existing[pk] if pk in existing and pk not in gone else Envelope(call=call)
        envelope.funder, envelope.line, envelope.amount = row["funder"], row["line"], row["amount"]
        envelope.position = position
        envelope.save()
        after[str(envelope)] = envelope.amount
    return after


def _amounts(before: dict[str, Decimal | None], after: dict[str, Decimal | None]) -> Changes:
    """From what to what, for each envelope that changed; "absente" is not "to be confirmed"."""
    return {
        name: [_in_words(before, name), _in_words(after, name)]
        for name in {**before, **after}
        if name not in before or name not in after or before[name] != after[name]
    }


def _in_words(amounts: dict[str, Decimal | None], name: str) -> str:
    return format_euros(amounts[name]) if name in amounts else "absente"
