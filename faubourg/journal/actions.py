"""The one way to write the journal; every action calls it, inside its own transaction."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from faubourg.accounts.models import User
from faubourg.journal.models import Entry
from faubourg.toolkit.changes import Changes


def write(
    actor: User | None,
    verb: str,
    subject: Model,
    *,
    contract_id: int | None = None,
    changes: Changes | dict[str, Any] | None = None,
) -> Entry:
    """Add one line. `verb` is "app.action"; `changes` maps a field to [old, new] or to a plain value."""
    return Entry.objects.create(
        actor=actor,
        actor_name=actor.full_name if actor else "Faubourg",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject=str(subject)[:250],
        contract_id=contract_id,
        changes=json.loads(json.dumps(changes or {}, cls=DjangoJSONEncoder)),
    )
