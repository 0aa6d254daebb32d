"""A name and a telephone are kept so many months after the end, then really erased (B8)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from faubourg.fph.actions import erase_contact
from faubourg.fph.jobs import erase_contacts
from faubourg.fph.models import RequestContact, Settlement
from faubourg.journal.models import Entry
from faubourg.messaging.models import Message
from faubourg.portal.management.commands.serve import ROUNDS
from tests.conftest import NOW, TODAY
from tests.factories import FundFactory, ParameterFactory, RequestFactory, UserFactory

pytestmark = pytest.mark.django_db
ENDED = date(2026, 11, 25)


@pytest.fixture
def fund(cast, clock):
    clock(NOW)
    ParameterFactory(contract=cast.contract, code="fph.contact_months", value=12)
    return FundFactory(contract=cast.contract)


def ended(fund, state):
    if state == "withdrawn":
        return RequestFactory(fund=fund, state=state, filed_at=datetime(2026, 11, 25, 10, tzinfo=UTC))
    if state == "refused":
        return RequestFactory(fund=fund, state=state, decided_on=ENDED)
    decided = {"granted_amount": 300, "decided_on": ENDED - timedelta(days=60)}
    request = RequestFactory(fund=fund, state=state, **decided)
    if state == "settled":
        Settlement.objects.create(
            request=request, spent_amount=300, returned_amount=0, settled_on=ENDED, recorded_by=UserFactory()
        )
    return request


def at(day):
    return datetime.combine(day, time(12), UTC)


@pytest.mark.parametrize("state", ["settled", "refused", "withdrawn"])
def test_a_contact_is_erased_twelve_months_after_the_end_and_not_a_day_before(fund, state):
    request = ended(fund, state)

    assert erase_contacts(at(date(2027, 11, 24))) == 0
    assert erase_contacts(at(date(2027, 11, 25))) == 1
    assert erase_contacts(at(date(2027, 11, 26))) == 0

    assert not RequestContact.objects.exists()
    request.refresh_from_db()
    assert request.state == state
    entry = Entry.objects.get(verb="fph.erase_contact")
    assert (entry.subject_id, entry.actor_name) == (request.pk, "Faubourg")
    assert "Nadia" not in f"{entry.subject} {entry.changes}"


def test_what_is_not_over_is_kept(fund):
    for state in ("granted", "paid"):
        ended(fund, state)
    RequestFactory(fund=fund)

    assert erase_contacts(at(date(2036, 1, 1))) == 0


def test_a_delay_nobody_has_confirmed_erases_nothing(cast, clock):
    clock(NOW)
    ended(FundFactory(contract=cast.contract), "refused")

    assert erase_contacts(at(date(2036, 1, 1))) == 0


def test_the_clock_of_the_server_erases():
    assert erase_contacts in ROUNDS


def test_the_gip_erases_when_the_person_asks_with_the_letters_sent_to_her(client, fund, officer):
    request, other = RequestFactory(fund=fund), RequestFactory(fund=fund)
    for one in (request, other):
        Message.objects.create(
            key=f"fph.receipt:{one.pk}", kind="fph.receipt", recipient="nadia@exemple.fr", subject="Reçue",
            body="Votre numéro secret", created_at=NOW,
        )  # fmt: skip
    client.force_login(officer)

    client.post(reverse("fph:erase_contact", args=[request.pk]))

    assert RequestContact.objects.get().request == other
    assert Message.objects.get().key == f"fph.receipt:{other.pk}"
    assert Entry.objects.get(verb="fph.erase_contact").actor == officer
    assert "Nadia Référente" not in client.get(reverse("fph:request", args=[request.pk])).content.decode()


def test_only_the_gip_erases(fund, councillor):
    with pytest.raises(PermissionDenied, match="GIP"):
        erase_contact(RequestFactory(fund=fund), actor=councillor, now=NOW)


def test_whoever_asks_is_told_how_long_her_name_is_kept(client, cast, fund):
    told = client.get(reverse("fph:file_request", args=[fund.pk])).content.decode()
    assert "effacés 12 mois après sa fin" in told

    unsaid = FundFactory(opens_on=TODAY)
    told = client.get(reverse("fph:file_request", args=[unsaid.pk])).content.decode()
    assert "combien de temps, c'est à confirmer" in told
