"""The note-taker's screen: words saved as they are typed, recorded when one leaves the item (PRG-6)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.applications.states import State
from faubourg.appraisal.actions.opinions import WORDS, give_opinion, open_record, remark
from faubourg.appraisal.actions.words import keep_words
from faubourg.appraisal.models import (
    MentionedAmount,
    Opinion,
    Remark,
    SessionNotes,
    StandAside,
    TabledApplication,
)
from faubourg.appraisal.permissions import can_appraise
from faubourg.appraisal.queries import may_read_notes
from faubourg.appraisal.rules import read_mentioned
from faubourg.appraisal.states import Stance
from faubourg.contracts.queries import standing
from faubourg.governance.models import Attendance
from faubourg.governance.states import MeetingState
from faubourg.journal.actions import write
from faubourg.toolkit.changes import Changes
from faubourg.toolkit.days import format_moment
from faubourg.toolkit.fields import read_key
from faubourg.toolkit.money import format_euros
from faubourg.toolkit.refusal import Refusal
from faubourg.toolkit.verdict import demand

TYPED = (*WORDS, "remark_speaker", "remark_text")
LONGEST_AMOUNT = 20


class NotesSavedMeanwhile(Refusal):
    """Another note-taker saved this item first; `current` is what they wrote, and nothing was overwritten."""

    def __init__(self, current: SessionNotes) -> None:
        self.current = current
        super().__init__(
            f"{current.saved_by} a enregistré ces notes le {format_moment(current.saved_at)}, pendant que "
            "vous écriviez. Rien n'est écrasé : les deux textes sont montrés."
        )


@transaction.atomic
def save_notes(
    tabled: TabledApplication,
    *,
    actor: User,
    version: int,
    words: Mapping[str, str],
    amounts: Mapping[int, str],
    now: datetime,
) -> SessionNotes:
    """Keep what is typed, valid or not (adr/0003). `amounts`: {envelope: as typed}; journalled by record."""
    application = _demand_the_pen(tabled, actor, now)
    notes = SessionNotes.objects.select_related("saved_by").filter(tabled=tabled).first()
    if notes and notes.version != version:
        if _is_the_same(notes, actor, words, amounts):
            return notes
        raise NotesSavedMeanwhile(notes)
    notes = notes or SessionNotes(tabled=tabled)
    for name in TYPED:
        setattr(notes, name, words.get(name, getattr(notes, name)).strip())
    if notes.stance not in ("", *Stance.values):
        raise Refusal("Choisissez un avis de la liste.")
    notes.pending_amounts = _save_amounts(tabled, application, amounts)
    notes.version += 1
    notes.saved_by, notes.saved_at = actor, now
    notes.save()
    return notes


@transaction.atomic
def record_notes(tabled: TabledApplication, *, actor: User, now: datetime) -> list[str]:
    """Leave the item: the opinion is given, the remark begun is kept. Answers what is still missing."""
    application = _demand_the_pen(tabled, actor, now)
    notes = SessionNotes.objects.filter(tabled=tabled).first()
    if notes is None:
        return []
    _keep_remark(notes, actor, now)
    given = Opinion.objects.filter(tabled=tabled).first()
    if notes.stance and notes.summary and (given is None or _words(given) != _words(notes)):
        give_opinion(tabled, actor=actor, now=now, **_words(notes))
    if notes.version != notes.recorded_version:
        notes.recorded_version = notes.version
        said = tabled.mentions.select_related("envelope__funder")
        changes: Changes = {f"évoqué · {one.envelope}"[:80]: [None, format_euros(one.amount)] for one in said}
        _write(actor, "appraisal.record_notes", application, changes)
    notes.save()
    return missing_from(notes)


@transaction.atomic
def withdraw_remark(written: Remark, *, actor: User, now: datetime) -> None:
    """Take a remark back to correct it: its words return to the field they were typed in."""
    application = _demand_the_pen(written.tabled, actor, now)
    notes, _ = SessionNotes.objects.get_or_create(
        tabled=written.tabled, defaults={"saved_by": actor, "saved_at": now}
    )
    if notes.remark_text:
        raise Refusal("Ajoutez d'abord la remarque en cours de frappe, puis reprenez celle-ci.")
    notes.remark_text = written.text
    notes.version += 1
    notes.saved_by, notes.saved_at = actor, now
    notes.save()
    _write(actor, "appraisal.withdraw_remark", application, {"remarque": [str(written), None]})
    written.delete()
    keep_words(application)


@transaction.atomic
def note_aside(
    tabled: TabledApplication, attendance: Attendance, *, actor: User, reason: str = "", now: datetime
) -> StandAside:
    """Somebody says a tie and goes out for this dossier; the minutes keep it (B2.5)."""
    application = _demand_the_pen(tabled, actor, now)
    if attendance.meeting_id != tabled.item.meeting_id:
        raise Refusal({"attendance": ["Cette personne n'est pas sur la feuille de présence."]})
    aside, is_new = StandAside.objects.get_or_create(
        tabled=tabled, attendance=attendance, defaults={"reason": reason.strip()[:200]}
    )
    if is_new:
        _write(actor, "appraisal.note_aside", application, {"déport": [None, attendance.full_name]})
    return aside


@transaction.atomic
def come_back(aside: StandAside, *, actor: User, now: datetime) -> None:
    """A departure noted by mistake."""
    application = _demand_the_pen(aside.tabled, actor, now)
    _write(actor, "appraisal.come_back", application, {"déport": [aside.attendance.full_name, None]})
    aside.delete()


def missing_from(notes: SessionNotes) -> list[str]:
    """What keeps these notes from being whole, in sentences that name the field."""
    return [
        *(["Choisissez l'avis : F, R, D, V ou H."] if notes.summary and not notes.stance else []),
        *(["Écrivez la synthèse : les financeurs la liront."] if notes.stance and not notes.summary else []),
        *(["Dites qui a fait la remarque en cours."] if notes.remark_text else []),
        *(["Reprenez le montant évoqué : il n'est pas gardé tel quel."] if notes.pending_amounts else []),
    ]


# --------------------------------------------------------------------------------------------------


def _demand_the_pen(tabled: TabledApplication, actor: User, now: datetime) -> Application:
    """Lock the record; the GIP writes it, during the session, unless they stand aside from this dossier."""
    application = open_record(tabled)
    held = standing(actor, localdate(now))
    demand(can_appraise(held, application))
    demand(may_read_notes(held, application))
    if tabled.item.meeting.state != MeetingState.OPEN:
        raise Refusal("Les notes se prennent en séance : ouvrez d'abord la séance.")
    if application.state == State.WITHDRAWN:
        raise Refusal("Le porteur a retiré ce dossier : passez au suivant, le relevé le dira.")
    return application


def _is_the_same(
    notes: SessionNotes, actor: User, words: Mapping[str, str], amounts: Mapping[int, str]
) -> bool:
    """The same words of the same person, sent again because the line dropped before our answer."""
    kept = {str(one.envelope_id): one.amount for one in notes.tabled.mentions.all()}
    sent = {str(envelope): typed.strip() for envelope, typed in amounts.items() if typed.strip()}
    return (
        notes.saved_by_id == actor.pk
        and all(getattr(notes, name) == words.get(name, "").strip() for name in TYPED)
        and sent.keys() == kept.keys() | notes.pending_amounts.keys()
        and all(read_mentioned(sent[envelope], amount) == amount for envelope, amount in kept.items())
    )


def _save_amounts(
    tabled: TabledApplication, application: Application, amounts: Mapping[int, str]
) -> dict[str, str]:
    """Write the amounts that stand; give back the others, as typed."""
    asked = dict(
        FundingRequest.objects.filter(application=application).values_list("envelope", "requested_amount")
    )
    pending = {}
    for envelope, typed in amounts.items():
        if envelope not in asked:
            continue
        amount = read_mentioned(typed, asked[envelope])
        if isinstance(amount, str):
            pending[str(envelope)] = typed[:LONGEST_AMOUNT]
        if isinstance(amount, Decimal):
            MentionedAmount.objects.update_or_create(
                tabled=tabled, envelope_id=envelope, defaults={"amount": amount}
            )
        else:
            MentionedAmount.objects.filter(tabled=tabled, envelope=envelope).delete()
    return pending


def _keep_remark(notes: SessionNotes, actor: User, now: datetime) -> None:
    """The remark begun joins the others once one knows who spoke."""
    if not notes.remark_text or not notes.remark_speaker:
        return
    rows = Attendance.objects.filter(meeting=notes.tabled.item.meeting_id, is_present=True)
    speaker = rows.filter(pk=read_key(notes.remark_speaker) or 0).first()
    if speaker is None:
        return
    remark(
        notes.tabled,
        actor=actor,
        speaker=speaker.full_name,
        on_behalf_of=speaker.on_behalf_of,
        text=notes.remark_text,
        now=now,
    )
    notes.remark_text = notes.remark_speaker = ""
    notes.version += 1


def _words(thing: Opinion | SessionNotes) -> dict[str, str]:
    return {name: getattr(thing, name) for name in WORDS}


def _write(actor: User, verb: str, application: Application, changes: Changes) -> None:
    write(actor, verb, application, contract_id=application.call.contract_id, changes=changes)
