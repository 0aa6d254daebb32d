"""Is the dossier admissible? The computed checks come first; a person decides (PRG-4)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions import advance
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.applications.states import APPLICATION_FLOW, State
from faubourg.appraisal.actions.letters import tell_applicant
from faubourg.appraisal.permissions import can_appraise
from faubourg.appraisal.queries import checks_for
from faubourg.appraisal.rules import blocking
from faubourg.contracts.queries import standing
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand


@transaction.atomic
def declare_admissible(application: Application, *, actor: User, now: datetime) -> None:
    """The dossier may be appraised; refused while a check blocks it."""
    lock(application)
    today = localdate(now)
    demand(can_appraise(standing(actor, today), application))
    APPLICATION_FLOW.after("declare_admissible", State(application.state))
    reasons = blocking(checks_for(application, today))
    if reasons:
        raise Refusal({"": ["Ce dossier ne peut pas être déclaré recevable en l'état.", *reasons]})
    advance(application, "declare_admissible", verb="appraisal.declare_admissible", actor=actor)


@transaction.atomic
def declare_inadmissible(application: Application, *, actor: User, reason: str, now: datetime) -> None:
    """The dossier stops here, for a reason its applicant reads."""
    lock(application)
    demand(can_appraise(standing(actor, localdate(now)), application))
    reason = reason.strip()
    if not reason:
        raise Refusal({"reason": ["Dites pourquoi le dossier est irrecevable : le porteur lira ce motif."]})
    advance(
        application,
        "declare_inadmissible",
        verb="appraisal.declare_inadmissible",
        actor=actor,
        changes={"reason": ["", reason]},
    )
    application.closing_reason = reason
    application.save(update_fields=["closing_reason"])
    tell_applicant(
        application,
        key="inadmissible",
        subject=f"Dossier {application.number} : irrecevable",
        body=f"Votre dossier « {application.title} » est déclaré irrecevable, pour ce motif.\n\n{reason}",
        now=now,
    )
