"""What a committee and a citizen council think: consultative, always: no decision changes here (PRG-6)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.actions import advance
from faubourg.applications.models import Application
from faubourg.applications.queries import lock
from faubourg.applications.states import State
from faubourg.appraisal.actions.words import keep_words
from faubourg.appraisal.models import Opinion, Remark, SessionNotes, TabledApplication
from faubourg.appraisal.permissions import (
    can_appraise,
    can_give_council_opinion,
    can_remark,
)
from faubourg.appraisal.queries import councils_of, may_read_notes, spoken_for, tied_people
from faubourg.appraisal.states import Stance
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.queries import standing
from faubourg.contracts.rules import Standing
from faubourg.contracts.states import Role
from faubourg.governance.actions.meetings import refuse_if_frozen
from faubourg.governance.queries import lock as lock_meeting
from faubourg.governance.states import MeetingState
from faubourg.journal.actions import write
from faubourg.toolkit.changes import Changes, differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

WORDS = ("stance", "summary", "conditions", "other_funding")


@transaction.atomic
def remark(
    tabled: TabledApplication,
    *,
    actor: User,
    speaker: str,
    text: str,
    on_behalf_of: str = "",
    now: datetime,
) -> Remark:
    """Write what a participant says; the GIP writes for anyone at the table, the others for themselves."""
    application = open_record(tabled)
    held = standing(actor, localdate(now))
    demand(can_remark(held, application))
    demand(may_read_notes(held, application))
    if not can_appraise(held, application):
        speaker = actor.full_name
        on_behalf_of = spoken_for(actor.pk, application.call.contract_id, localdate(now))
    speaker, text = speaker.strip()[:150], text.strip()
    refuse_if(
        {
            "speaker": _wrong_speaker(tabled, speaker, now),
            "text": [] if text else ["Écrivez la remarque."],
        }
    )
    written = Remark.objects.create(
        tabled=tabled,
        author=actor,
        speaker=speaker,
        on_behalf_of=on_behalf_of.strip()[:150],
        text=text,
        is_prepared=tabled.item.meeting.state == MeetingState.PLANNED,
        written_at=now,
    )
    keep_words(application)
    _write(actor, "appraisal.remark", application, {"remarque": [None, f"{speaker} : {text}"]})
    return written


@transaction.atomic
def give_opinion(
    tabled: TabledApplication,
    *,
    actor: User,
    stance: str,
    summary: str,
    conditions: str = "",
    other_funding: str = "",
    now: datetime,
) -> Opinion:
    """Write the committee's synthesis while it sits; writing again corrects it until the closing."""
    application = open_record(tabled)
    held = standing(actor, localdate(now))
    demand(can_appraise(held, application))
    demand(may_read_notes(held, application))
    if tabled.item.meeting.state != MeetingState.OPEN:
        raise Refusal("Un avis se rend en séance : ouvrez d'abord la séance.")
    _check(stance, summary)
    opinion = Opinion.objects.filter(tabled=tabled).first()
    if opinion is not None and application.state != State.REVIEWED:
        raise Refusal("Les financeurs ont décidé, ou le dossier s'est arrêté : l'avis ne peut plus changer.")
    is_first = opinion is None
    opinion = opinion or Opinion(application=application, tabled=tabled)
    changes = _save(opinion, actor, stance, summary, conditions, other_funding, now)
    _bring_notes_along(opinion)
    if is_first:
        advance(application, "review", verb="appraisal.give_opinion", actor=actor, changes=changes)
    elif changes:
        _write(actor, "appraisal.give_opinion", application, changes)
    return opinion


@transaction.atomic
def give_council_opinion(
    application: Application,
    council: CitizenCouncil,
    *,
    actor: User,
    stance: str,
    summary: str,
    now: datetime,
) -> Opinion:
    """A council of a neighbourhood aimed at says what it thinks, until the funders have decided (CIT-2)."""
    lock(application)
    held = standing(actor, localdate(now))
    demand(can_give_council_opinion(held, application, council))
    if not councils_of(application).filter(pk=council.pk).exists():
        raise Refusal("Ce dossier ne vise pas le quartier de ce conseil citoyen.")
    _check(stance, summary)
    opinion = Opinion.objects.filter(application=application, council=council).first()
    opinion = opinion or Opinion(application=application, council=council)
    changes = _save(opinion, actor, stance, summary, "", "", now)
    if on_behalf := _on_behalf(held, application, council):
        changes["au nom de"] = [None, on_behalf]
    if changes:
        _write(actor, "appraisal.give_council_opinion", application, changes)
    return opinion


# --------------------------------------------------------------------------------------------------


def open_record(tabled: TabledApplication) -> Application:
    """Lock the meeting then the dossier; a closed record refuses everything."""
    lock_meeting(tabled.item.meeting)
    lock(tabled.application)
    refuse_if_frozen(tabled.item.meeting)
    if tabled.carried_over:
        raise Refusal("Ce dossier a été ajourné : il se discute à la séance où il est inscrit maintenant.")
    return tabled.application


def _wrong_speaker(tabled: TabledApplication, speaker: str, now: datetime) -> list[str]:
    if not speaker:
        return ["Dites qui parle : un nom, ou un organisme."]
    tied = {person.full_name.casefold() for person in tied_people(tabled.application, localdate(now))}
    tied |= {aside.attendance.full_name.casefold() for aside in tabled.asides.select_related("attendance")}
    if speaker.casefold() in tied:
        return [f"{speaker} est lié au porteur (déport) : sa parole ne figure pas au relevé de ce dossier."]
    return []


def _check(stance: str, summary: str) -> None:
    refuse_if(
        {
            "stance": [] if stance in Stance.values else ["Choisissez un avis."],
            "summary": [] if summary.strip() else ["Écrivez la synthèse : les financeurs la liront."],
        }
    )


def _on_behalf(held: Standing, application: Application, council: CitizenCouncil) -> str:
    """The council's name when somebody of the GIP writes for it: the journal keeps the trace."""
    own = held.organisations(application.call.contract_id, Role.COUNCILLOR)
    return "" if council.organisation_id in own else str(council)


def _save(
    opinion: Opinion,
    actor: User,
    stance: str,
    summary: str,
    conditions: str,
    other_funding: str,
    now: datetime,
) -> Changes:
    before = snapshot(opinion, WORDS) if opinion.pk else {}
    opinion.stance, opinion.summary = stance, summary.strip()
    opinion.conditions, opinion.other_funding = conditions.strip(), other_funding.strip()
    opinion.given_by, opinion.given_at = actor, now
    opinion.save()
    keep_words(opinion.application)
    return differences(before, snapshot(opinion, WORDS))


def _bring_notes_along(opinion: Opinion) -> None:
    """The note-taker's screen shows the opinion as it stands; a tab left open elsewhere is then stale."""
    notes = SessionNotes.objects.filter(tabled=opinion.tabled_id).first()
    if notes is None or snapshot(notes, WORDS) == snapshot(opinion, WORDS):
        return
    for name in WORDS:
        setattr(notes, name, getattr(opinion, name))
    notes.version += 1
    notes.saved_by, notes.saved_at = opinion.given_by, opinion.given_at
    notes.save()


def _write(actor: User, verb: str, application: Application, changes: dict[str, list[object]]) -> None:
    write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
