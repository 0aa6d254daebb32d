"""The register of the citizen councils: brought from the contract, then kept by the GIP (CIT-1)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.consultation.models import CitizenCouncil, CouncilRecognition, CouncilStatusChange
from faubourg.consultation.permissions import can_keep_councils
from faubourg.contracts.models import Contract
from faubourg.contracts.queries import standing
from faubourg.directory.models import Organisation
from faubourg.directory.states import OrganisationKind
from faubourg.documents.actions import store
from faubourg.journal.actions import write
from faubourg.territories.models import Neighbourhood
from faubourg.toolkit.changes import differences, snapshot
from faubourg.toolkit.refusal import refuse_if
from faubourg.toolkit.rows import Line, Outcome, bring, bring_one
from faubourg.toolkit.verdict import demand

MEANS = ("carrier", "meeting_place", "means", "resident_seats", "actor_seats")


@transaction.atomic
def bring_councils(contract: Contract, rows: Sequence[Mapping[str, Any]], lines: list[Line]) -> None:
    """Each council is an organisation of the directory and a place it speaks for (CIT-1, l. 900).

    A status or a recognition noted on its page is newer than the contract: the file leaves it alone.
    """
    names = [row["name"] for row in rows]
    kind = OrganisationKind.CITIZEN_COUNCIL
    known = {one.name: one for one in Organisation.objects.filter(kind=kind, name__in=names)}
    codes = [row["neighbourhood"] for row in rows if row["neighbourhood"]]
    places = {place.code: place for place in Neighbourhood.objects.filter(code__in=codes)}
    kept = {one.organisation_id: _noted_since(one) for one in contract.councils.prefetch_related(
        "status_changes", "recognitions"
    )}  # fmt: skip
    wanted = []
    for row in rows:
        values = {"name": row["name"], "kind": kind, "town": row["place"]}
        organisation = bring_one(known.get(row["name"]), values, Organisation, lines)
        council = {name: value for name, value in row.items() if name != "name"}
        council |= {"contract": contract, "organisation": organisation, **kept.get(organisation.pk, {})}
        wanted.append(council | {"neighbourhood": places.get(row["neighbourhood"])})
    into = contract.councils.select_related("organisation", "neighbourhood")
    brought = bring(wanted, into=into, key=("organisation",))
    lines += brought.lines
    lines += [Line(Outcome.ABSENT, council) for council in brought.absent]


@transaction.atomic
def change_council_status(
    council: CitizenCouncil, *, actor: User, status: str, since_on: date, reason: str, now: datetime
) -> None:
    """Since when, and why: what the council was before stays in its history."""
    known = _kept(council, actor, now)
    latest = known.status_changes.first()
    refuse_if(
        {
            "status": ["Le conseil a déjà ce statut."] if status == known.status else [],
            "since_on": ["Cette date est à venir."]
            if since_on > localdate(now)
            else ["Cette date est avant le dernier changement noté."]
            if latest and since_on < latest.since_on
            else [],
            "reason": [] if reason.strip() else ["Dites pourquoi le statut change."],
        }
    )
    CouncilStatusChange.objects.create(
        council=known, before=known.status, status=status, since_on=since_on, reason=reason.strip(),
        recorded_by=actor, recorded_at=now,
    )  # fmt: skip
    changes = {"status": [known.status, status], "reason": ["", reason.strip()]}
    known.status = status
    known.save(update_fields=["status"])
    write(actor, "consultation.change_council_status", known, contract_id=known.contract_id, changes=changes)


@transaction.atomic
def recognise_council(
    council: CitizenCouncil,
    *,
    actor: User,
    signed_on: date,
    number: str,
    opinion_of: str,
    opinion_on: date,
    now: datetime,
    opinion: str = "",
    document: "UploadedFile[Any] | None" = None,
) -> CouncilRecognition:
    """The prefect's order, after the opinion of the mayor or of the EPCI (B4.1)."""
    known = _kept(council, actor, now)
    refuse_if(
        {
            "signed_on": ["Cette date est à venir."] if signed_on > localdate(now) else [],
            "number": ["Cet arrêté est déjà noté."]
            if known.recognitions.filter(number=number.strip()).exists()
            else [],
            "opinion_on": ["L'avis du maire ou de l'EPCI vient avant la signature du préfet."]
            if opinion_on > signed_on
            else [],
        }
    )
    recognition = CouncilRecognition.objects.create(
        council=known, signed_on=signed_on, number=number.strip(), opinion_of=opinion_of.strip(),
        opinion_on=opinion_on, opinion=opinion.strip(), recorded_by=actor, recorded_at=now,
        document=store(document, actor=actor, now=now, field="document") if document else None,
    )  # fmt: skip
    before = known.recognised_on
    known.recognised_on = max(one.signed_on for one in known.recognitions.all())
    known.save(update_fields=["recognised_on"])
    changes = {"recognised_on": [before, known.recognised_on], "number": ["", recognition.number]}
    write(actor, "consultation.recognise_council", known, contract_id=known.contract_id, changes=changes)
    return recognition


@transaction.atomic
def equip_council(council: CitizenCouncil, *, actor: User, now: datetime, **said: Any) -> None:
    """Who carries it, where it meets, with what, how many seats (MEANS)."""
    known = _kept(council, actor, now)
    before = snapshot(known, MEANS)
    for name in MEANS:
        value = said[name]
        setattr(known, name, value.strip() if isinstance(value, str) else value)
    known.save(update_fields=MEANS)
    changes = differences(before, snapshot(known, MEANS))
    write(actor, "consultation.equip_council", known, contract_id=known.contract_id, changes=changes)


def lock_council(council: CitizenCouncil) -> CitizenCouncil:
    """Read again under a row lock, inside the caller's transaction."""
    return CitizenCouncil.objects.select_for_update(of=("self",)).get(pk=council.pk)


def _kept(council: CitizenCouncil, actor: User, now: datetime) -> CitizenCouncil:
    known = lock_council(council)
    demand(can_keep_councils(standing(actor, localdate(now)), known.contract_id))
    return known


def _noted_since(council: CitizenCouncil) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if council.status_changes.all():
        kept["status"] = council.status
    if council.recognitions.all():
        kept["recognised_on"] = council.recognised_on
    return kept
