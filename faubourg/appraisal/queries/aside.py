"""Who goes out of the room for a dossier (PRG-7, B2.5): ties known beforehand, and those said in session."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from faubourg.applications.models import Application
from faubourg.applications.permissions import can_take_part
from faubourg.appraisal.models import StandAside, TabledApplication
from faubourg.appraisal.queries.checks import tied_people, tied_users
from faubourg.contracts.models import TeamMember
from faubourg.contracts.rules import Standing
from faubourg.governance.models import Attendance
from faubourg.governance.queries import attendances_of
from faubourg.toolkit.verdict import Verdict, denied

KNOWN_TIE, SAID_TIE = "lien connu avec la structure", "déclaré en séance"
SAID_IN_SESSION = denied(
    "Votre déport est noté pour ce dossier : vous n'en lisez pas les notes et n'y écrivez rien."
)


def went_out(user_id: int) -> Exists:
    """Did this person go out of the room for a dossier, at any meeting? To annotate dossiers with."""
    return Exists(
        StandAside.objects.filter(tabled__application=OuterRef("pk"), attendance__user=user_id).order_by()
    )


def may_read_notes(
    standing: Standing, application: Application, *, has_gone_out: bool | None = None
) -> Verdict:
    """Read what is noted on a dossier, or write there: nobody tied, nobody who went out at any meeting.

    `has_gone_out`: what `went_out` has already answered; asked here when it is not known.
    """
    verdict = can_take_part(standing, application)
    if verdict and has_gone_out is None:
        has_gone_out = Application.objects.filter(went_out(standing.user_id), pk=application.pk).exists()
    return SAID_IN_SESSION if verdict and has_gone_out else verdict


def out_of_the_room(
    tabled: TabledApplication, attendances: Sequence[Attendance], today: date
) -> dict[int, str]:
    """{attendance: why}, for the people on the sheet who stand aside from this dossier."""
    tied = {person.pk for person in tied_people(tabled.application, today)}
    said = {aside.attendance_id: aside.reason for aside in tabled.asides.all()}
    known = {row.pk: KNOWN_TIE for row in attendances if row.user_id in tied}
    return known | {pk: reason or SAID_TIE for pk, reason in said.items()}


def room_of(tabled: TabledApplication, today: date) -> list[Any]:
    """The sheet, each with `why_out` (or nothing) and `aside_id` when they said it in session: one query."""
    said = StandAside.objects.filter(tabled=tabled, attendance=OuterRef("pk")).order_by()
    tied = tied_users(tabled.application, today).order_by()
    rows: list[Any] = list(
        attendances_of(tabled.item.meeting).annotate(
            aside_id=Subquery(said.values("pk")[:1]),
            aside_reason=Subquery(said.values("reason")[:1]),
            is_tied=Exists(tied.filter(pk=OuterRef("user"))),
        )
    )
    for row in rows:
        row.why_out = (row.aside_reason or SAID_TIE) if row.aside_id else KNOWN_TIE if row.is_tied else ""
    return rows


def spoken_for(user_id: int, contract_id: int, today: date) -> str:
    """In whose name a person speaks on a contract: their organisation, or their function."""
    current = (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (
        Q(to_on__isnull=True) | Q(to_on__gte=today)
    )
    seats = TeamMember.objects.filter(current, user=user_id, contract=contract_id).select_related(
        "organisation"
    )
    seat = seats.order_by("pk").first()
    return str(seat.organisation or seat.get_role_display()) if seat else ""
