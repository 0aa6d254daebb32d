"""Somebody tied to the applicant tried to open what they must stand aside from (PRG-7, C4 test 17)."""

from datetime import datetime

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.journal.actions import write


def keep_aside(application: Application, *, actor: User, page: str, now: datetime) -> None:
    """Write the attempt down; the caller then refuses the page. Not undone by that refusal."""
    write(
        actor,
        "appraisal.keep_aside",
        application,
        contract_id=application.call.contract_id,
        changes={"page refusée": page, "jour": now.date()},
    )
