"""What can be done to a dossier: lock, demand, change, save, journal."""

from typing import Any

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.journal.actions import write


@transaction.atomic
def advance(
    application: Application, step: str, *, verb: str, actor: User | None, changes: dict[str, Any] | None = None
) -> None:
    """Move a dossier one step for an app further along the spine, which has demanded its own right first."""
    lock(application)
    before = application.state
    application.step(step)
    application.save(update_fields=["state"])
    write(
        actor,
        verb,
        application,
        contract_id=application.call.contract_id,
        changes={"state": [before, application.state], **(changes or {})},
    )
