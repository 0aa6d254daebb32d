"""Dossiers before a committee: tabled, carried over, and the closing that looks at them first (PRG-6)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions import advance
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.applications.states import APPLICATION_FLOW, State
from faubourg.appraisal.actions.letters import funders_asked, tell_funders
from faubourg.appraisal.actions.notes import record_notes
from faubourg.appraisal.models import Opinion, Remark, TabledApplication
from faubourg.appraisal.permissions import can_appraise
from faubourg.appraisal.queries import checks_for, may_read_notes, points_of, unsettled, without_opinion
from faubourg.appraisal.rules import blocking
from faubourg.contracts.queries import standing
from faubourg.governance.actions import agenda, meetings
from faubourg.governance.models import Meeting
from faubourg.governance.permissions import covered
from faubourg.governance.queries import examines_applications
from faubourg.governance.states import MEETING_FLOW, MeetingState
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def table(
    application: Application, meeting: Meeting, *, actor: User, minutes: int = 8, now: datetime
) -> TabledApplication:
    """Put an appraised dossier on the agenda of a committee; a blocking check forbids it (GEO-6)."""
    meetings.hold(meeting, actor=actor, now=now)
    lock(application)
    demand(can_appraise(standing(actor, localdate(now)), application))
    if not examines_applications(meeting) or application.call.contract_id not in covered(meeting.body):
        raise Refusal("Un dossier passe devant un comité technique de programmation (CTP) de son contrat.")
    APPLICATION_FLOW.after("table", State(application.state))
    reasons = blocking(checks_for(application, localdate(now)))
    if reasons:
        raise Refusal({"": [f"{application} ne peut pas être inscrit.", *reasons]})
    item = agenda.place_item(meeting, actor=actor, title=str(application), minutes=minutes, now=now)
    tabled = TabledApplication.objects.create(item=item, application=application)
    advance(
        application, "table", verb="appraisal.table", actor=actor, changes={"meeting": [None, str(meeting)]}
    )
    return tabled


@transaction.atomic
def table_all(
    applications: Iterable[Application],
    *,
    meeting: Meeting,
    actor: User,
    minutes: Mapping[int, int] | None = None,
    now: datetime,
) -> None:
    """Table several dossiers in this order, or none when one is refused. `minutes`: {dossier: minutes}."""
    for application in applications:
        asked = (minutes or {}).get(application.pk, 8)
        table(application, meeting, actor=actor, minutes=asked, now=now)


@transaction.atomic
def untable(tabled: TabledApplication, *, actor: User, now: datetime) -> None:
    """Take a dossier off the agenda, while nothing has been said of it."""
    application, meeting = _settle(tabled, actor, now)
    if Remark.objects.filter(tabled=tabled).exists() or tabled.carried_over:
        raise Refusal("Des échanges sont enregistrés sur ce dossier : ajournez-le au lieu de le retirer.")
    if application.state == State.TABLED:
        advance(
            application,
            "defer",
            verb="appraisal.untable",
            actor=actor,
            changes={"meeting": [str(meeting), None]},
        )
    item = tabled.item
    tabled.delete()
    agenda.remove_item(item, actor=actor, now=now)


@transaction.atomic
def carry_over(
    tabled: TabledApplication, *, actor: User, reason: str, to: Meeting | None = None, now: datetime
) -> TabledApplication | None:
    """Put the dossier off: to another meeting when it is known, otherwise back among those to table."""
    application, meeting = _settle(tabled, actor, now)
    reason = reason.strip()
    refuse_if(
        {
            "reason": [] if reason else ["Dites pourquoi le dossier est ajourné : le relevé le dira."],
            "to": ["Choisissez une autre séance que celle-ci."] if to and to.pk == meeting.pk else [],
        }
    )
    advance(
        application,
        "defer",
        verb="appraisal.carry_over",
        actor=actor,
        changes={"reason": ["", reason], "meeting": [str(meeting), str(to) if to else None]},
    )
    tabled.carried_over, tabled.carry_reason = True, reason[:250]
    tabled.save(update_fields=["carried_over", "carry_reason"])
    if to is None:
        return None
    return table(application, to, actor=actor, minutes=tabled.item.minutes, now=now)


@transaction.atomic
def close_meeting(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Close once every dossier has its opinion or was put off; the funders' officers are told (PRG-8)."""
    meetings.hold(meeting, actor=actor, now=now)
    MEETING_FLOW.after("close", MeetingState(meeting.state))
    _record_what_was_typed(meeting, actor, now)
    waiting = without_opinion(meeting)
    if waiting:
        names = ", ".join(f"« {tabled.application} »" for tabled in waiting)
        raise Refusal(
            f"Il reste à rendre un avis ou à ajourner : {names}. Ouvrez chacun, puis closez la séance."
        )
    spoken = list(Opinion.objects.filter(tabled__item__meeting=meeting).values_list("application", flat=True))
    today = localdate(now)
    record = meetings.close(
        meeting, actor=actor, now=now, points=points_of(meeting, today), funders=funders_asked(spoken, today)
    )
    tell_funders(record, spoken, now=now)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, actor: User, now: datetime) -> None:
    """Cancel a planned committee; its dossiers await another one."""
    meetings.hold(meeting, actor=actor, now=now)
    MEETING_FLOW.after("cancel", MeetingState(meeting.state))
    for tabled in unsettled(meeting):
        if tabled.application.state == State.TABLED:
            advance(tabled.application, "defer", verb="appraisal.cancel_meeting", actor=actor)
        tabled.carried_over, tabled.carry_reason = True, "Séance annulée"
        tabled.save(update_fields=["carried_over", "carry_reason"])
    meetings.cancel(meeting, actor=actor, now=now)


def _record_what_was_typed(meeting: Meeting, actor: User, now: datetime) -> None:
    """The last words of the note-taker's screen count, whichever point it was left on."""
    held, unfinished = standing(actor, localdate(now)), []
    for tabled in unsettled(meeting):
        if tabled.application.state == State.WITHDRAWN or not may_read_notes(held, tabled.application):
            continue
        missing = record_notes(tabled, actor=actor, now=now)
        unfinished += [f"« {tabled.application} » : {sentence}" for sentence in missing]
    if unfinished:
        raise Refusal({"": ["Des notes de séance restent à finir avant de clore.", *unfinished]})


def _settle(tabled: TabledApplication, actor: User, now: datetime) -> tuple[Application, Meeting]:
    """Lock the meeting then the dossier; refuse when the committee has already spoken of it."""
    meeting, application = tabled.item.meeting, tabled.application
    meetings.hold(meeting, actor=actor, now=now)
    lock(application)
    demand(can_appraise(standing(actor, localdate(now)), application))
    if Opinion.objects.filter(tabled=tabled).exists():
        raise Refusal("Le comité a rendu son avis sur ce dossier : corrigez l'avis plutôt que de le retirer.")
    return application, meeting
