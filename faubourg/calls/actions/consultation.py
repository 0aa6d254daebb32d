"""The councils are asked before the call opens, and what they say is kept (l. 902, PRG-1, CIT-2)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.calls.actions.sections import Row, refuse_stale
from faubourg.calls.models import Call, CouncilConsultation
from faubourg.calls.permissions import can_answer_consultation, can_record_consultation
from faubourg.calls.queries import consultations_of, lock
from faubourg.consultation.models import CitizenCouncil
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.changes import Changes, differences, snapshot
from faubourg.toolkit.refusal import Refusal, refuse_if
from faubourg.toolkit.verdict import demand

FIELDS = ("consulted_on", "means", "answer")
SETTLED = "L'appel est ouvert : cette consultation a servi à l'ouvrir, elle ne se modifie plus."


@transaction.atomic
def record_consultation(
    call: Call,
    council: CitizenCouncil,
    *,
    actor: User,
    consulted_on: date,
    means: str,
    now: datetime,
    answer: str = "",
) -> CouncilConsultation:
    """Note when and how a council was consulted, and what it said when the GIP took it down."""
    lock(call)
    today = localdate(now)
    demand(can_record_consultation(standing(actor, today), call))
    if council.contract_id != call.contract_id:
        raise Refusal("Ce conseil citoyen relève d'un autre contrat.")
    refuse_if(
        {
            "consulted_on": ["Cette date est à venir : notez la consultation quand elle a eu lieu."]
            if consulted_on > today
            else [],
            "means": [] if means.strip() else ["Dites comment : réunion, envoi du projet d'appel…"],
        }
    )
    found = CouncilConsultation.objects.filter(call=call, council=council).first()
    consultation = found or CouncilConsultation(call=call, council=council, recorded_by=actor)
    before = snapshot(consultation, FIELDS) if found else {}
    consultation.consulted_on, consultation.means = consulted_on, means.strip()
    if answer.strip() != consultation.answer:
        if consultation.answered_by_id:
            raise Refusal({"answer": ["Le conseil a répondu lui-même : ses mots lui appartiennent."]})
        consultation.answer = answer.strip()
    changes = differences(before, snapshot(consultation, FIELDS))
    if not changes:
        return consultation
    if found and not call.is_draft:
        raise Refusal(SETTLED)
    consultation.save()
    _note(call, consultation, actor, "calls.record_consultation", changes)
    return consultation


@transaction.atomic
def record_consultations(
    call: Call, rows: Sequence[Row], *, actor: User, now: datetime, version: int | None = None
) -> None:
    """The table of councils: rows of council, consulted_on, means, answer; an emptied row is taken back."""
    lock(call)
    demand(can_record_consultation(standing(actor, localdate(now)), call))
    refuse_stale(call, version)
    recorded = {consultation.council_id: consultation for consultation in consultations_of(call)}
    for number, row in enumerate(rows):
        council = row["council"]
        try:
            if row["consulted_on"]:
                values = {name: row[name] for name in FIELDS}
                record_consultation(call, council, actor=actor, now=now, **values)
            elif council.pk in recorded:
                _take_back(call, recorded[council.pk], actor)
        except Refusal as refusal:
            raise Refusal({f"{number}.{field}": said for field, said in refusal.errors.items()}) from None


@transaction.atomic
def answer_consultation(
    consultation: CouncilConsultation, *, actor: User, answer: str, now: datetime, seen: str | None = None
) -> None:
    """What a council says of the call, in its own words; `seen` is the answer its writer started from."""
    lock(consultation.call)
    consultation.refresh_from_db()
    demand(can_answer_consultation(standing(actor, localdate(now)), consultation))
    if not answer.strip():
        raise Refusal({"answer": ["Écrivez ce que dit votre conseil."]})
    if seen is not None and _lines(seen) != _lines(consultation.answer):
        said = f"Quelqu'un a répondu entre-temps : « {consultation.answer} »."
        raise Refusal({"answer": [said, "Complétez, puis envoyez de nouveau."]})
    before, consultation.answer = consultation.answer, answer.strip()
    consultation.answered_by, consultation.answered_at = actor, now
    consultation.save()
    changes = {"answer": [before, consultation.answer]}
    _note(consultation.call, consultation, actor, "calls.answer_consultation", changes)


def _take_back(call: Call, consultation: CouncilConsultation, actor: User) -> None:
    if not call.is_draft:
        raise Refusal(SETTLED)
    if consultation.answered_by_id:
        raise Refusal("Le conseil a répondu : sa consultation reste.")
    changes = {name: [value, None] for name, value in snapshot(consultation, FIELDS).items()}
    _note(call, consultation, actor, "calls.record_consultation", changes)
    consultation.delete()


def _note(call: Call, consultation: CouncilConsultation, actor: User, verb: str, changes: Changes) -> None:
    """On the call, where it is looked for; the council's name is part of the line."""
    call.version += 1
    call.save(update_fields=["version"])
    named: dict[str, Any] = {"conseil": str(consultation.council), **changes}
    write(actor, verb, call, contract_id=call.contract_id, changes=named)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
