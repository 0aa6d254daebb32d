"""Last year's final report, noted by hand until it is filed here (PRG-4)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.appraisal.models import FinalReportDue
from faubourg.appraisal.permissions import can_appraise
from faubourg.appraisal.queries import final_report_due
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("is_due", "received_on", "reprieve_until", "reprieve_reason")


@transaction.atomic
def note_final_report(
    application: Application,
    *,
    actor: User,
    is_due: bool,
    received_on: date | None = None,
    reprieve_until: date | None = None,
    reprieve_reason: str = "",
    now: datetime,
) -> FinalReportDue:
    """What the applicant of this dossier owes for the year before; the same for all its dossiers."""
    lock(application)
    today = localdate(now)
    demand(can_appraise(standing(actor, today), application))
    reprieve_reason = reprieve_reason.strip()
    in_future = received_on is not None and received_on > today
    refuse_if(
        {
            "received_on": ["Cette date n'est pas encore passée."]
            if in_future
            else ["Un bilan reçu était attendu : dites-le aussi."]
            if received_on and not is_due
            else [],
            "reprieve_reason": ["Dites pourquoi ce sursis est accordé : le motif est gardé."]
            if reprieve_until and not reprieve_reason
            else [],
            "reprieve_until": ["Dites jusqu'à quand court le sursis."]
            if reprieve_reason and not reprieve_until
            else [],
        }
    )
    noted = final_report_due(application) or FinalReportDue(
        contract_id=application.call.contract_id,
        organisation_id=application.applicant_id,
        year=application.call.year - 1,
    )
    before = snapshot(noted, FIELDS) if noted.pk else {}
    noted.is_due, noted.received_on = is_due, received_on
    noted.reprieve_until, noted.reprieve_reason = reprieve_until, reprieve_reason[:250]
    noted.recorded_by, noted.recorded_at = actor, now
    noted.save()
    if changes := differences(before, snapshot(noted, FIELDS)):
        write(
            actor,
            "appraisal.note_final_report",
            application,
            contract_id=application.call.contract_id,
            changes={f"{noted._meta.get_field(name).verbose_name}": value for name, value in changes.items()},  # type: ignore[union-attr]
        )
    return noted
