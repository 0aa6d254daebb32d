"""The members of a citizen council, their mandates, how to reach them, the sessions they came to (CIT-1)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.actions.councils import lock_council
from faubourg.consultation.models import CitizenCouncil, CouncilContact, CouncilMember, CouncilSession
from faubourg.consultation.permissions import can_keep_councils
from faubourg.consultation.rules import mandate_errors
from faubourg.contracts.queries import standing
from faubourg.journal.actions import write
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.verdict import demand


@transaction.atomic
def seat_member(
    council: CitizenCouncil,
    *,
    actor: User,
    full_name: str,
    college: str,
    gender: str,
    from_on: date,
    now: datetime,
    on_behalf_of: str = "",
    is_drawn: bool = False,
    to_on: date | None = None,
) -> CouncilMember:
    """Somebody takes a seat. The same person from the same day is a second click."""
    known = lock_council(council)
    demand(can_keep_councils(standing(actor, localdate(now)), known.contract_id))
    twin = known.members.filter(full_name=full_name.strip(), from_on=from_on).first()
    if twin is not None:
        return twin
    refuse_if(
        {
            "from_on": ["Notez ce mandat quand il aura commencé."] if from_on > localdate(now) else [],
            "to_on": mandate_errors(from_on, to_on),
        }
    )
    member = CouncilMember.objects.create(
        council=known, full_name=full_name.strip(), college=college, on_behalf_of=on_behalf_of.strip(),
        gender=gender, is_drawn=is_drawn, from_on=from_on, to_on=to_on,
    )  # fmt: skip
    write(actor, "consultation.seat_member", known, contract_id=known.contract_id,
          changes={"college": ["", member.get_college_display()]})  # fmt: skip
    return member


@transaction.atomic
def end_mandate(
    member: CouncilMember, *, actor: User, left_on: date, left_reason: str, now: datetime
) -> None:
    """Somebody leaves before the end, or at the end: the seat is vacant from that day."""
    known = _lock(member, actor, now)
    refuse_if(
        {
            "left_on": ["Ce mandat est déjà terminé."]
            if known.left_on
            else ["Cette date est à venir."]
            if left_on > localdate(now)
            else ["Cette date est avant le début du mandat."]
            if left_on < known.from_on
            else [],
            "left_reason": [] if left_reason.strip() else ["Dites pourquoi le mandat prend fin."],
        }
    )
    known.left_on, known.left_reason = left_on, left_reason.strip()
    known.save(update_fields=["left_on", "left_reason"])
    write(actor, "consultation.end_mandate", known.council, contract_id=known.council.contract_id,
          changes={"left_on": [None, left_on]})  # fmt: skip


@transaction.atomic
def set_contact(
    member: CouncilMember, *, actor: User, phone: str, email: str, address: str, now: datetime
) -> None:
    """How the GIP reaches somebody; the journal says that it changed, never what it is. All empty: erased."""
    known = _lock(member, actor, now)
    said = {"phone": phone.strip(), "email": email.strip(), "address": address.strip()}
    if any(said.values()):
        CouncilContact.objects.update_or_create(member=known, defaults=said)
    else:
        CouncilContact.objects.filter(member=known).delete()
    write(actor, "consultation.set_contact", known.council, contract_id=known.council.contract_id)


@transaction.atomic
def note_session(
    council: CitizenCouncil,
    *,
    actor: User,
    held_on: date,
    subject: str,
    present: Collection[CouncilMember],
    now: datetime,
) -> CouncilSession:
    """A session of the council and who came; the same subject on the same day is a second click."""
    known = lock_council(council)
    demand(can_keep_councils(standing(actor, localdate(now)), known.contract_id))
    absent = [str(one) for one in present if not one.sits(held_on)]
    refuse_if(
        {
            "held_on": ["Cette date est à venir."] if held_on > localdate(now) else [],
            "present": [f"Hors mandat ce jour-là : {', '.join(absent)}."] if absent else [],
        }
    )
    session, is_new = CouncilSession.objects.get_or_create(
        council=known, held_on=held_on, subject=subject.strip()
    )
    if is_new:
        session.present.set(present)
        write(actor, "consultation.note_session", known, contract_id=known.contract_id,
              changes={"held_on": [None, held_on]})  # fmt: skip
    return session


def _lock(member: CouncilMember, actor: User, now: datetime) -> CouncilMember:
    rows = CouncilMember.objects.select_for_update(of=("self",)).select_related("council")
    known = rows.get(pk=member.pk)
    demand(can_keep_councils(standing(actor, localdate(now)), known.council.contract_id))
    return known
