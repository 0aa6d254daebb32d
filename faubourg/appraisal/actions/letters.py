"""The letters that leave by themselves during the instruction; each once, after commit."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from faubourg.accounts.models import User
from faubourg.applications.models import Application, FundingRequest
from faubourg.contracts.models import TeamMember
from faubourg.contracts.states import Role
from faubourg.directory.models import Membership, Organisation
from faubourg.directory.states import MembershipRole
from faubourg.governance.actions.records import send_record
from faubourg.governance.models import MeetingRecord
from faubourg.governance.rules import NO_OFFICER
from faubourg.messaging.actions import send


def tell_applicant(application: Application, *, key: str, subject: str, body: str, now: datetime) -> None:
    """To the signatories and administrators of the applicant; to its address when it has none."""
    applicant = application.applicant
    people = User.objects.filter(
        pk__in=Membership.objects.filter(
            _current(localdate(now)),
            organisation=applicant,
            role__in=(MembershipRole.SIGNATORY, MembershipRole.ADMINISTRATOR),
        ).values("user"),
        is_active=True,
    )
    recipients = [(person.email, person.full_name) for person in people]
    if not recipients and applicant.email:
        recipients = [(applicant.email, applicant.name)]
    for address, name in recipients:
        send(
            key=f"application-{application.pk}-{key}-{address}"[:120],
            kind="appraisal.to_applicant",
            recipient=address,
            recipient_name=name,
            subject=subject,
            body=f"Bonjour,\n\n{body}\n\nLe dossier : {_address('portal:application', application.pk)}\n",
            now=now,
            contract_id=application.call.contract_id,
        )


def funders_asked(applications: Iterable[int], today: date) -> list[dict[str, str]]:
    """Every funder asked and its officers, for the record; one without officer is told so (PRG-8)."""
    requests = FundingRequest.objects.filter(application__in=list(applications))
    officers: dict[int | None, set[str]] = {}
    for seat in _officers(requests, today):
        officers.setdefault(seat.organisation_id, set()).add(seat.user.full_name)
    funders = Organisation.objects.filter(pk__in=requests.values("envelope__funder")).order_by("name", "pk")
    return [
        {"nom": str(one), "referent": ", ".join(sorted(officers.get(one.pk, ()))) or NO_OFFICER}
        for one in funders
    ]


def tell_funders(record: MeetingRecord, applications: Iterable[int], *, now: datetime) -> None:
    """The record of a committee reaches each funder asked, through its officers, with a receipt (PRG-8).

    The letter holds no opinion: it leads to the record, which checks who reads it.
    """
    requests = FundingRequest.objects.filter(application__in=list(applications))
    sent_to = {
        (seat.organisation_id, seat.user_id): seat.user
        for seat in _officers(requests, localdate(now))
        if seat.organisation_id is not None
    }
    send_record(record, sent_to, now=now)
    for person in {person.pk: person for person in sent_to.values()}.values():
        send(
            key=f"meeting-{record.meeting_id}-record-{person.pk}",
            kind="appraisal.record",
            recipient=person.email,
            recipient_name=person.full_name,
            subject=f"{record} de la séance « {record.meeting.title} »",
            body=(
                "Bonjour,\n\nLe comité a rendu ses avis, consultatifs, sur des dossiers où votre "
                "organisme est sollicité. Lisez le relevé des échanges, puis accusez-en réception : "
                f"{_address('governance:record', record.meeting_id)}\n"
            ),
            now=now,
        )


def _officers(requests: QuerySet[FundingRequest], today: date) -> QuerySet[TeamMember]:
    """Those who receive for the funders asked, on the contracts of these dossiers."""
    return TeamMember.objects.filter(
        _current(today),
        role=Role.FUNDER_OFFICER,
        organisation__in=requests.values("envelope__funder"),
        contract__in=requests.values("application__call__contract"),
        user__is_active=True,
    ).select_related("user")


def _address(name: str, pk: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=[pk])}"


def _current(today: date) -> Q:
    return (Q(from_on__isnull=True) | Q(from_on__lte=today)) & (Q(to_on__isnull=True) | Q(to_on__gte=today))
